/**
 * Numbers, days and plural forms of each language, fixed here. `Intl` takes them from the ICU data of the machine,
 * which changes between releases (spaces, month names, plural forms), and a report must have the same bytes everywhere.
 */
import type { Language } from './languages.ts'

interface Pattern {
  thousands: string
  decimal: string
  months: readonly string[]
  /** The parts of a day in order, with what stands between. */
  day(day: number, month: string, year: string): string
  /** The plural form of a whole number, by the names of CLDR. */
  plural(number: number): 'one' | 'few' | 'many' | 'other'
}

const PATTERNS = {
  en: {
    thousands: ',',
    decimal: '.',
    months: 'January February March April May June July August September October November December'.split(
      ' ',
    ),
    day: (day, month, year) => `${day} ${month} ${year}`,
    plural: (number) => (number === 1 ? 'one' : 'other'),
  },
  de: {
    thousands: '.',
    decimal: ',',
    months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
    day: (day, month, year) => `${day}. ${month} ${year}`,
    plural: (number) => (number === 1 ? 'one' : 'other'),
  },
} as const satisfies Record<Language, Pattern>

export interface Formats {
  /** Digits in groups, the fraction as it is. */
  number(number: number): string
  /** With so many digits behind the decimal sign, for instance one of a size in megabytes. */
  fixed(number: number, digits: number): string
  /** The day of an ISO date or time: `24 November 2026`. */
  date(iso: string): string
  /** Day and minute of an ISO time in UTC, and says so. */
  time(iso: string): string
  plural(number: number): string
}

/** The same for the same input on every machine. */
export function formatsOf(language: Language): Formats {
  const { thousands, decimal, months, day: order, plural }: Pattern = PATTERNS[language]
  const group = (text: string) => {
    const [whole = '', fraction] = text.split('.')
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands)
    return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`
  }
  const date = (iso: string) => {
    const [year = '', month, day] = iso.slice(0, 10).split('-')
    return order(Number(day), months[Number(month) - 1] ?? '', year)
  }
  return {
    number: (number) => group(String(number)),
    fixed: (number, digits) => group(number.toFixed(digits)),
    date,
    time: (iso) => `${date(iso)}, ${iso.slice(11, 16)} UTC`,
    plural,
  }
}
