/** From what somebody typed into a cell to the value a question asks for, or a sentence that says what to type instead. */
import { currencyExponent } from '#questionnaires/currency.ts'
import { dateOfSerial, quoteCell, type SheetCell } from './workbook-cell.ts'
import { parseDateText } from './workbook-dates.ts'
import { parseNumberText } from './workbook-numbers.ts'

export type Coerced<T> = { ok: true; value: T } | { ok: false; message: string }

const good = <T>(value: T): Coerced<T> => ({ ok: true, value })
const bad = (message: string): { ok: false; message: string } => ({ ok: false, message })

/** What no cell of a form may hold, whatever it asks. */
function refuse(cell: SheetCell): { ok: false; message: string } | null {
  if (cell.kind === 'formula') {
    return bad('This cell holds a formula, which is not computed here. Type its result instead.')
  }
  if (cell.kind === 'error')
    return bad(`This cell shows the error ${quoteCell(cell.text)}. Type the answer instead.`)
  return null
}

export function toText(cell: SheetCell, epoch: 1900 | 1904): Coerced<string> {
  const refusal = refuse(cell)
  if (refusal) return refusal
  switch (cell.kind) {
    case 'text':
      return good(cell.text)
    case 'boolean':
      return good(cell.is ? 'Yes' : 'No')
    case 'number':
      if (cell.format === 'date') return good(dateOfSerial(cell.number, epoch) ?? String(cell.number))
      return good(cell.format === 'percent' ? `${tidyNumber(cell.number * 100)}%` : String(cell.number))
    default:
      return bad('Type the answer as text.')
  }
}

/** @param unit the question's own; with `%` a cell that Excel shows as 95 % is read as 95 */
export function toNumber(cell: SheetCell, unit?: string): Coerced<number> {
  const refusal = refuse(cell)
  if (refusal) return refusal
  const countsPercent = unit !== undefined && /^(%|percent|per cent)$/i.test(unit.trim())
  if (cell.kind === 'number' && cell.format !== 'date') {
    if (cell.format !== 'percent') return good(cell.number)
    return countsPercent ? good(tidyNumber(cell.number * 100)) : bad(NOT_PERCENT)
  }
  if (cell.kind !== 'text') return bad('Type a number.')
  return fromText(cell.text, countsPercent ? [unit, '%', 'percent'] : [unit ?? ''])
}

/** @returns minor units */
export function toAmount(cell: SheetCell, currency: string): Coerced<number> {
  const refusal = refuse(cell)
  if (refusal) return refusal
  if (cell.kind === 'number' && cell.format === 'percent') return bad(`Type an amount in ${currency}.`)
  const major: Coerced<number> =
    cell.kind === 'number' && cell.format === 'plain'
      ? good(cell.number)
      : cell.kind === 'text'
        ? fromText(cell.text, [currency, symbolOf(currency)])
        : bad(`Type an amount in ${currency}.`)
  if (!major.ok) return major
  const digits = currencyExponent(currency)
  const minor = Math.round(major.value * 10 ** digits)
  // Excel keeps fifteen digits; more than that is no other amount.
  if (Math.abs(minor / 10 ** digits - major.value) > Math.abs(major.value) * 1e-12) {
    return bad(
      digits === 0 ? `${currency} has no decimals. Type a whole amount.` : `Use at most ${digits} decimals.`,
    )
  }
  return good(minor === 0 ? 0 : minor)
}

/** @returns an ISO date */
export function toDate(cell: SheetCell, epoch: 1900 | 1904): Coerced<string> {
  const refusal = refuse(cell)
  if (refusal) return refusal
  if (cell.kind === 'number' && cell.format === 'date') {
    const date = dateOfSerial(cell.number, epoch)
    return date === null ? bad(DATE_WANTED) : good(date)
  }
  if (cell.kind !== 'text') return bad(DATE_WANTED)
  const parsed = parseDateText(cell.text)
  if (parsed === 'two-ways') {
    return bad(
      `“${quoteCell(cell.text)}” can be read as two dates. Type it as year-month-day, such as 2026-11-24.`,
    )
  }
  return parsed === null ? bad(DATE_WANTED) : good(parsed)
}

export interface Choice {
  id: string
  label: string
}

/** The one choice that the cell names by its label or its id; spaces, letter case and letter forms do not matter. */
export function toChoice(cell: SheetCell, choices: readonly Choice[]): Coerced<string> {
  const refusal = refuse(cell)
  if (refusal) return refusal
  const text = cell.kind === 'text' ? cell.text : null
  const candidates = text !== null ? [text] : shownAs(cell)
  const exact = choices.filter(({ label }) => label === text)
  if (exact.length === 1 && exact[0]) return good(exact[0].id)
  for (const candidate of candidates) {
    const byLabel = choices.filter(({ label }) => fold(label) === fold(candidate))
    if (byLabel.length === 1 && byLabel[0]) return good(byLabel[0].id)
    if (byLabel.length > 1) return bad('Several answers read like this. Choose one from the list.')
    const byId = choices.find(({ id }) => id === candidate.trim())
    if (byId) return good(byId.id)
  }
  return bad(`“${quoteCell(candidates[0] ?? '')}” is none of the answers. Choose one from the list.`)
}

function shownAs(cell: SheetCell): string[] {
  if (cell.kind === 'boolean') return cell.is ? ['true', 'yes'] : ['false', 'no']
  if (cell.kind !== 'number') return ['']
  return cell.format === 'percent' ? [`${tidyNumber(cell.number * 100)}%`] : [String(cell.number)]
}

/** A tick: yes or x, also as Excel's TRUE; empty, no or - for none. */
export function toTick(cell: SheetCell | undefined): Coerced<boolean> {
  if (!cell) return good(false)
  const refusal = refuse(cell)
  if (refusal) return refusal
  if (cell.kind === 'boolean') return good(cell.is)
  const text = cell.kind === 'number' ? String(cell.number) : cell.kind === 'text' ? fold(cell.text) : ''
  if (['yes', 'y', 'x', 'true', '1', '✓', '✔', '✔️', '☑', '☒'].includes(text)) return good(true)
  if (['', 'no', 'n', 'false', '0', '-', '–', '☐'].includes(text)) return good(false)
  return bad('Choose “Yes” to tick this, or leave it empty.')
}

/** Somebody who writes this into the answer's own cell means the answer "I don't know". */
export function saysDontKnow(cell: SheetCell | undefined): boolean {
  if (cell?.kind !== 'text') return false
  return /^((i )?(don['’]?t|do not) know|unknown|\?+)\.?$/.test(fold(cell.text))
}

export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

const DATE_WANTED = 'Type a date as year-month-day, such as 2026-11-24.'
const NOT_PERCENT = 'This asks for a number, not for a percentage. Type the number.'

function fromText(text: string, affixes: readonly string[]): Coerced<number> {
  const parsed = parseNumberText(text, affixes)
  if (parsed === 'two-ways') {
    return bad(`“${quoteCell(text)}” can be read as two numbers. Type it without separators for thousands.`)
  }
  return parsed === null ? bad(`“${quoteCell(text)}” is not a number. Type digits only.`) : good(parsed)
}

/** Without the dust of binary fractions: 0.07 × 100 is 7. */
function tidyNumber(number: number): number {
  return Number(number.toPrecision(15))
}

function symbolOf(currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return currency
  const parts = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0)
  return parts.find(({ type }) => type === 'currency')?.value ?? currency
}
