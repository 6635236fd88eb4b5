/** The languages in which a report can be written; a third one is a folder of catalogues and a line here and in `patterns.ts`. */

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** Also the language of every statement made before statements named theirs. */
export const DEFAULT_LANGUAGE: Language = 'en'

/** Each in its own language, for whoever chooses. */
export const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const satisfies Record<Language, string>
