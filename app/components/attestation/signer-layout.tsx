import type { ReactNode } from 'react'
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { SkipLink } from '../app-shell.tsx'
import { InLanguage } from '../report/report-language.tsx'
import { SiteHeader } from '../site-header.tsx'

interface SignerLayoutProps {
  /** Above the title: whose report this is. */
  kicker: ReactNode
  title: ReactNode
  lead?: ReactNode
  children: ReactNode
  /** That of the report. */
  language?: Language
}

/** One narrow column that is read on a phone as well as on a desk; nothing leads elsewhere. */
export function SignerLayout({
  kicker,
  title,
  lead,
  children,
  language = DEFAULT_LANGUAGE,
}: SignerLayoutProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[44rem] grow px-4 pt-4 pb-20 sm:px-8 sm:pt-10"
      >
        <InLanguage language={language}>
          <p className="text-caption text-ink-soft">{kicker}</p>
          <h1 className="mt-1 break-words font-semibold text-title tracking-[-0.018em]">{title}</h1>
          {lead ? <div className="mt-2 max-w-measure text-ink-soft">{lead}</div> : null}
          <div className="mt-7">{children}</div>
        </InLanguage>
      </main>
    </div>
  )
}
