/** Marks a part of a report with its language, and what people wrote in it as being in a language that is not known. */
import { createContext, type ReactNode, useContext } from 'react'
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import type { Reading } from '#app/report/pdf/account.ts'

const LanguageOfReport = createContext<Language>(DEFAULT_LANGUAGE)

export function InLanguage({ language, children }: { language: Language; children: ReactNode }) {
  return (
    <LanguageOfReport.Provider value={language}>
      <div lang={language}>{children}</div>
    </LanguageOfReport.Provider>
  )
}

export const InReportLanguage = ({
  reading: { words },
  children,
}: {
  reading: Pick<Reading, 'words'>
  children: ReactNode
}) => <InLanguage language={words.language}>{children}</InLanguage>

/**
 * Somebody’s words, in whichever direction their script is read. A form and its answers keep the language in which
 * they were recorded; a report in another one says of them that theirs is not known, so that no voice reads them as its own.
 */
export function Said({ children }: { children: string }) {
  const isOther = useContext(LanguageOfReport) !== DEFAULT_LANGUAGE
  return (
    <bdi className="break-words" lang={isOther ? '' : undefined}>
      {children}
    </bdi>
  )
}

/** A sentence or a label of the report’s own, which may hold names of any script. */
export const Worded = ({ children }: { children: string }) => <bdi className="break-words">{children}</bdi>
