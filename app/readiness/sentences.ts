/** Turns the catalogue's sentences and the facts' values into words; the same input gives the same words everywhere. */
import type { FactReading } from './fact-reading.ts'
import { type ReasonWords, reasonWords } from './language/reason-words.ts'
import type { FactSource } from './status.ts'

// Made once: making one takes longer than the rest of a sentence, and a client has hundreds of them.
const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const DAYS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/**
 * Fills `{placeholders}` in one pass, so that braces inside a value stay what they are.
 * `[one|several]` is decided by the value before anything is filled in.
 */
export function fillSentence(
  template: string,
  words: Readonly<Record<string, string>>,
  notStated = 'not stated',
): string {
  const numbered = template.replace(/\[([^[\]|]*)\|([^[\]|]*)\]/g, (_, one: string, several: string) =>
    words.value === '1' ? one : several,
  )
  const filled = numbered.replace(/\{([a-z]+)\}/g, (_, word: string) => words[word] ?? notStated)
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}

/** The words that a rule's sentence may use about a fact. */
export function wordsAbout(
  fact: FactSource,
  reading: FactReading,
  words: ReasonWords = reasonWords(),
): Record<string, string> {
  const { say, number, day } = words
  const { numerator, denominator } = fact
  return {
    value: describeReading(reading, words),
    counts:
      numerator !== undefined && denominator !== undefined
        ? ` ${say('counts', { numerator: number(numerator), denominator: number(denominator) })}`
        : '',
    numerator: numerator === undefined ? say('unknown-number') : number(numerator),
    denominator: denominator === undefined ? say('unknown-number') : number(denominator),
    observed: say('seen-on', { day: day(new Date(fact.observedAt)) }),
    subject: shorten(fact.scope.subject) || say('unnamed-place'),
    note: shorten(fact.note ?? '') || say('no-note'),
  }
}

function describeReading({ kind, value }: FactReading, words: ReasonWords): string {
  const { say, number, day } = words
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no')
  if (typeof value === 'string') {
    if (kind !== 'date') return shorten(value)
    // The one word that stands for a day that there was none (fact-reading.ts).
    if (value.trim().toLowerCase() === 'never') return say('never')
    return isDay(value) ? day(new Date(value)) : shorten(value)
  }
  switch (kind) {
    case 'percent':
      return describePercent(value, words)
    case 'age-days':
      return say('days', { count: Math.floor(value) })
    case 'age-hours':
      return say('hours', { count: Math.floor(value) })
    case 'money':
      return number(value / 100)
    default:
      return number(value)
  }
}

/** Rounded to a tenth, but never up to "all" or down to "none". */
function describePercent(value: number, { say, number }: ReasonWords): string {
  if (value > 99.9 && value < 100) return say('over-share', { share: `${number(99.9)} %` })
  if (value > 0 && value < 0.1) return say('under-share', { share: `${number(0.1)} %` })
  return `${number(Number(value.toFixed(1)))} %`
}

export function countOf(count: number, unit: string): string {
  return `${formatNumber(count)} ${unit}${count === 1 ? '' : 's'}`
}

function formatNumber(number: number): string {
  return NUMBERS.format(number)
}

/** `24 November 2026`, in UTC. */
export function formatDay(day: Date): string {
  if (Number.isNaN(day.getTime())) return 'an unreadable date'
  return DAYS.format(day)
}

export function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
}

/** Names and subjects come from files: one line, and short enough to leave the sentence readable. */
export function shorten(text: string, length = 120): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length > length
    ? `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
    : line
}

/** `a`, `a or b`, `a, b or c`. */
export function listInWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
