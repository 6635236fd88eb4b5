/** A planned value as the one a cell can hold: numbers and dates as such, and text that is never a formula. */
import type { PartValue } from './part-value.ts'
import type { Put } from './plan-filling.ts'
import type { NewValue } from './sheet-patch.ts'
import { dateOfSerial, printable, serialOfDate } from './workbook-cell.ts'
import type { NumberFormat } from './workbook-styles.ts'
import type { CellField } from './xlsx-fields.ts'
import { longestText, wantedKind } from './xlsx-rules.ts'

export interface CellFill {
  value: NewValue
  /** For people. */
  text: string
  /** The cell has to be shown as a date. */
  isDate: boolean
}

// Excel's own limit for one cell.
const LONGEST_CELL = 32_767
// Enough to recognise it by.
const LONGEST_SHOWN = 500

/** @returns null where the cell's own rules refuse the value */
export function cellFill(
  field: CellField,
  put: Put,
  format: NumberFormat,
  epoch: 1900 | 1904,
): CellFill | null {
  const wanted = wantedKind(field.rule)
  if (put.kind === 'tick') return null
  if (put.kind === 'options') {
    const [option] = put.options
    if (option !== undefined && put.options.length === 1) return optionFill(option)
    // A list that only warns takes other words as well.
    return put.orText !== null && !field.rule?.isStrict ? textFill(field, put.orText) : null
  }
  const { value, texts } = put
  if (value.kind === 'number' && wanted !== 'date') return numberFill(value, format)
  if (value.kind === 'date' && wanted !== 'number') {
    const serial = serialOfDate(value.date)
    if (serial !== null) {
      const number = epoch === 1904 ? serial - 1462 : serial
      return { value: { kind: 'number', number }, text: value.date, isDate: true }
    }
  }
  if (wanted !== null) return null
  for (const text of texts) {
    const fill = textFill(field, text)
    if (fill) return fill
  }
  return null
}

/** What the insurer's file holds in a cell, as people see it; '' for an empty one. */
export function prefilledCell({ sheet, cell }: CellField, epoch: 1900 | 1904): string {
  const held = sheet.cells.get(cell)
  switch (held?.kind) {
    case 'text':
    case 'error':
      return printable(held.text).trim().slice(0, LONGEST_SHOWN)
    case 'number':
      if (held.format === 'percent') return `${Number((held.number * 100).toPrecision(12))} %`
      return (held.format === 'date' && dateOfSerial(held.number, epoch)) || String(held.number)
    case 'boolean':
      return held.is ? 'TRUE' : 'FALSE'
    default:
      return ''
  }
}

/** A list of numbers offers numbers. */
function optionFill(option: string): CellFill {
  const number = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(option) ? Number(option) : null
  const isSame = number !== null && String(number) === option
  return {
    value: isSame ? { kind: 'number', number } : { kind: 'text', text: option },
    text: option,
    isDate: false,
  }
}

function numberFill(value: Extract<PartValue, { kind: 'number' }>, format: NumberFormat): CellFill | null {
  // A day number would be shown as a date.
  if (format === 'date') return null
  const isShare = value.unit === 'percent'
  const number = isShare && format === 'percent' ? Number((value.number / 100).toPrecision(12)) : value.number
  const text = `${value.texts[0] ?? value.number}${isShare ? ' %' : ''}`
  return { value: { kind: 'number', number }, text, isDate: false }
}

function textFill({ rule }: CellField, text: string): CellFill | null {
  const limit = Math.min(longestText(rule) ?? LONGEST_CELL, LONGEST_CELL)
  return text.length > limit ? null : { value: { kind: 'text', text }, text, isDate: false }
}
