/** Values on their way into a form, with the ways to write each; all ways of one value mean the same. */
import { currencyExponent, formatAmount } from '#questionnaires/currency.ts'
import { shiftPoint } from './decimal-shift.ts'
import { printable } from './workbook-cell.ts'

export type PartValue =
  | { kind: 'text'; text: string }
  /** `unit` is what the number counts where a cell shows it in its own way; `texts` from the best to the shortest. */
  | { kind: 'number'; number: number; texts: string[]; unit?: 'percent' }
  | { kind: 'date'; date: string }
  | { kind: 'choices'; choices: { token: string; label: string }[]; text: string }
  | { kind: 'tick'; isTicked: boolean; token: string; label: string }

export function textValue(text: string | null | undefined): PartValue | null {
  const clean = printable(text ?? '')
    .normalize('NFC')
    .trim()
  return clean === '' ? null : { kind: 'text', text: clean }
}

export function valueOfNumber(number: number): Extract<PartValue, { kind: 'number' }> {
  const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 }).format(number)
  return { kind: 'number', number, texts: distinct([grouped, plainNumber(number)]) }
}

export function valueOfAmount(amountMinor: number, currency: string): PartValue {
  const major = shiftPoint(String(amountMinor), -currencyExponent(currency))
  const formatted = formatAmount(amountMinor, currency)
  const withoutCents = major.includes('.') ? [] : [formatted.replace(/\.0+(?=\D*$)/, '')]
  return { kind: 'number', number: Number(major), texts: distinct([formatted, ...withoutCents, major]) }
}

/** Never in powers of ten. */
function plainNumber(number: number): string {
  return shiftPoint(String(number), 0)
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)]
}

interface Wish {
  /** `mm/dd/yyyy`, where the form says how it wants dates. */
  dateFormat?: string
  wantsNumber?: boolean
}

/** The ways to write a value as text, the best first; empty where the field wants what the value is not. */
export function textsOf(value: PartValue, { dateFormat, wantsNumber }: Wish = {}): string[] {
  switch (value.kind) {
    case 'text':
      return wantsNumber ? [] : [value.text]
    case 'choices':
      return wantsNumber ? [] : [value.text]
    case 'tick':
      return value.isTicked ? ['X'] : []
    case 'number': {
      const unit = value.unit === 'percent' ? ' %' : ''
      const plain = value.texts.at(-1) ?? String(value.number)
      return wantsNumber ? [plain] : value.texts.map((text) => text + unit)
    }
    case 'date': {
      if (wantsNumber) return []
      if (dateFormat) return [formatDate(value.date, dateFormat)]
      return [longDate(value.date), value.date]
    }
  }
}

/** 2026-03-02 as `mm/dd/yyyy`: 03/02/2026. */
function formatDate(date: string, format: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return format.replace(/y+|m+|d+/gi, (found) => {
    const letter = found[0]?.toLowerCase()
    if (letter === 'y') return found.length > 2 ? year : year.slice(-2)
    const digits = letter === 'm' ? month : day
    if (letter === 'm' && found.length > 2) return monthName(date, found.length > 3 ? 'long' : 'short')
    return found.length > 1 ? digits : digits.replace(/^0/, '')
  })
}

const monthName = (date: string, month: 'long' | 'short') =>
  new Intl.DateTimeFormat('en-US', { month, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))

/** Reads the same everywhere, where 3/2/2026 does not. */
function longDate(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}
