/** One value of an edition as the text or number of a cell, and back. */
import type { Condition } from '#questionnaires/definition.ts'
import { conditionToText, parseConditionText } from './condition-text.ts'
import type { Field } from './definition-fields.ts'
import { type SheetCell, serialOfDate } from './workbook-cell.ts'
import { type Coerced, fold, toChoice, toDate, toNumber, toText } from './workbook-values.ts'

export function toCellValue(
  field: Field,
  value: unknown,
  currencyOf: (questionId: string) => string | null,
): string | number | null {
  if (value === undefined || value === null) return null
  switch (field.type) {
    case 'word':
      return String(value)
    case 'text':
      return markText(String(value))
    case 'words': {
      const words = value as readonly string[]
      // Nothing asks for an explanation unless it is named; elsewhere an empty list differs from none.
      if (words.length === 0) return field.heading === 'Explain' ? null : NO_WORDS
      return words.join(', ')
    }
    case 'number':
      return Number(value)
    case 'date':
      return serialOfDate(String(value)) ?? String(value)
    case 'yes-no':
      return value ? 'yes' : 'no'
    case 'condition':
      return conditionToText(value as Condition, currencyOf)
  }
}

const NO_WORDS = '-'

/** @returns undefined for a cell that says nothing */
export function readFieldCell(
  field: Field,
  cell: SheetCell | undefined,
  epoch: 1900 | 1904,
): Coerced<unknown> {
  if (!cell || isEmpty(cell)) return { ok: true, value: undefined }
  switch (field.type) {
    case 'number':
      return toNumber(cell)
    case 'date':
      return toDate(cell, epoch)
    case 'yes-no':
      return toYesNo(cell)
  }
  const read = toText(cell, epoch)
  if (!read.ok) return read
  switch (field.type) {
    case 'text':
      return { ok: true, value: unmarkText(read.value) }
    case 'word':
      return { ok: true, value: matchWord(field, read.value) }
    case 'words':
      return { ok: true, value: splitWords(read.value) }
    case 'condition': {
      const parsed = parseConditionText(read.value)
      if (parsed.ok) return { ok: true, value: parsed.condition }
      const { at, message } = parsed.problem
      return { ok: false, message: `At character ${at + 1}: ${message}` }
    }
  }
}

export function isEmpty(cell: SheetCell): boolean {
  return cell.kind === 'text' && cell.text.trim() === ''
}

function toYesNo(cell: SheetCell): Coerced<boolean> {
  const choice = toChoice(cell, [
    { id: 'yes', label: 'yes' },
    { id: 'no', label: 'no' },
    { id: 'yes', label: 'x' },
    { id: 'yes', label: 'true' },
    { id: 'no', label: 'false' },
  ])
  return choice.ok ? { ok: true, value: choice.value === 'yes' } : { ok: false, message: 'Write yes or no.' }
}

/** Letter case and spaces may differ where only a few words can stand: `Single choice` is `single-choice`. */
function matchWord(field: Field, text: string): string {
  const word = text.trim()
  return field.oneOf?.find((known) => fold(known) === fold(word).replace(/[ /]/g, '-')) ?? word
}

function splitWords(text: string): string[] {
  if (text.trim() === NO_WORDS) return []
  return text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** Text of nothing but spaces and quotation marks would look like an empty cell, so it stands in quotation marks. */
function markText(text: string): string {
  return /^["\s]*$/.test(text) ? `"${text}"` : text
}

function unmarkText(text: string): string {
  return /^"["\s]*"$/.test(text) ? text.slice(1, -1) : text
}
