/** Sentences in ICU message syntax, filled in: the only file that knows the library for them. */
import { type Formatters, IntlMessageFormat } from 'intl-messageformat'
import type { Language } from './languages.ts'
import { formatsOf } from './patterns.ts'

type Clipped<Text extends string> = Text extends `${infer Name},${string}` ? Name : Text
type Named<Text extends string> = Text extends '' | `${string} ${string}` | `#${string}` ? never : Text
type First<Text extends string> = Text extends `${infer Start}}${string}` ? Named<Clipped<Start>> : never

/**
 * The names of a message's arguments. A branch of a plural or a select holds several words or a `#`, so that it cannot
 * be taken for a name; `tests/language/messages.test.ts` holds the catalogues to that.
 */
export type ArgumentsOf<Message extends string> = Message extends `${string}{${infer Rest}`
  ? First<Rest> | ArgumentsOf<Rest>
  : never

/** Fills in the message of a key; which values it needs follows from the catalogue of the first language. */
export type Say<Catalogue extends Record<string, string>> = <Key extends keyof Catalogue & string>(
  key: Key,
  ...values: [ArgumentsOf<Catalogue[Key]>] extends [never]
    ? []
    : [values: Record<ArgumentsOf<Catalogue[Key]>, string | number>]
) => string

/** The same keys in another language. */
export type Translation<Catalogue extends Record<string, string>> = Record<keyof Catalogue, string>

/**
 * Messages are read once each, when they are first said.
 * @param messages the catalogue in this language; numbers are written by our own patterns, never by the machine's `Intl`
 */
export function sayFrom<Catalogue extends Record<string, string>>(
  language: Language,
  messages: Translation<Catalogue>,
): Say<Catalogue> {
  const formats = formatsOf(language)
  const formatters = {
    getNumberFormat: () => ({ format: (number: number) => formats.number(number) }),
    getPluralRules: () => ({ select: (number: number) => formats.plural(number) }),
    getDateTimeFormat: () => {
      throw new Error('Dates are handed over as words: use the date of the same language.')
    },
  } as unknown as Formatters
  const read = new Map<string, IntlMessageFormat>()
  return (key, ...[values]) => {
    let message = read.get(key)
    if (!message) {
      message = new IntlMessageFormat(messages[key], language, undefined, { formatters, ignoreTag: true })
      read.set(key, message)
    }
    return String(message.format(values))
  }
}
