/** The words of a claim pack's cover, in the language of the report inside. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import { type Say, sayFrom, type Translation } from '#app/language/messages.ts'
import { type Formats, formatsOf } from '#app/language/patterns.ts'
import { COVER_DE } from './de.ts'
import { COVER_EN } from './en.ts'

export interface CoverWords extends Formats {
  language: Language
  say: Say<typeof COVER_EN>
}

const MESSAGES = { en: COVER_EN, de: COVER_DE } as const satisfies Record<
  Language,
  Translation<typeof COVER_EN>
>

const make = (language: Language): CoverWords => ({
  language,
  ...formatsOf(language),
  say: sayFrom<typeof COVER_EN>(language, MESSAGES[language]),
})
const WORDS = { en: make('en'), de: make('de') } as const satisfies Record<Language, CoverWords>

export const coverWords = (language: Language = DEFAULT_LANGUAGE): CoverWords => WORDS[language]
