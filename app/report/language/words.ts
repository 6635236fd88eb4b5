/** The words of a report in its language: messages, numbers and days in one hand. */
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '#app/language/languages.ts'
import { type Say, sayFrom, type Translation } from '#app/language/messages.ts'
import { type Formats, formatsOf } from '#app/language/patterns.ts'
import { DE } from './de/catalogue.ts'
import { FACTS_DE } from './de/facts.ts'
import { KINDS_DE } from './de/kinds.ts'
import { type Catalogue, EN } from './en/catalogue.ts'

export interface Words extends Formats {
  language: Language
  say: Say<Catalogue>
  /** Labels of facts by key, and of kinds of evidence by id, where this language has its own. */
  factLabels: Readonly<Record<string, string>>
  kindLabels: Readonly<Record<string, string>>
}

const MESSAGES = { en: EN, de: DE } as const satisfies Record<Language, Translation<Catalogue>>
const LABELS = {
  // English labels of facts are the dictionary's own; kinds are said by their ids, as they always were.
  en: { factLabels: {}, kindLabels: {} },
  de: { factLabels: FACTS_DE, kindLabels: KINDS_DE },
} as const satisfies Record<Language, Pick<Words, 'factLabels' | 'kindLabels'>>

const made = new Map<Language, Words>(
  LANGUAGES.map((language) => [
    language,
    {
      language,
      ...formatsOf(language),
      ...LABELS[language],
      say: sayFrom<Catalogue>(language, MESSAGES[language]),
    },
  ]),
)

/** @param language absent in statements made before they named one */
export function wordsIn(language: Language = DEFAULT_LANGUAGE): Words {
  const words = made.get(language)
  if (!words) throw new Error(`No catalogue for the language ${language}`)
  return words
}
