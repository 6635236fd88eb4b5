/** The words of waivers and of the matrix of responsibilities, in the language of the client's reports. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { type Say, sayFrom, type Translation } from '#app/language/messages.ts'
import { type Formats, formatsOf } from '#app/language/patterns.ts'
import { PAPERS_DE } from './de.ts'
import { PAPERS_EN } from './en.ts'

export interface PaperWords extends Formats {
  language: Language
  say: Say<typeof PAPERS_EN>
}

const MESSAGES = { en: PAPERS_EN, de: PAPERS_DE } as const satisfies Record<
  Language,
  Translation<typeof PAPERS_EN>
>

const make = (language: Language): PaperWords => ({
  language,
  ...formatsOf(language),
  say: sayFrom<typeof PAPERS_EN>(language, MESSAGES[language]),
})
const WORDS = { en: make('en'), de: make('de') } as const satisfies Record<Language, PaperWords>

/** @param language absent in waivers that were offered before they named one */
export const paperWords = (language: Language = DEFAULT_LANGUAGE): PaperWords => WORDS[language]
