/** The rows of one sheet of a form, each value with the cell it came from. */
import { isEmpty, readFieldCell } from './definition-cells.ts'
import type { Field } from './definition-fields.ts'
import { cellName, printable, quoteCell, type Sheet, type SheetCell } from './workbook-cell.ts'
import { fold, toText } from './workbook-values.ts'

export interface DefinitionProblem {
  sheet: string
  cell: string
  /** A sentence that says what to do next. */
  message: string
}

export interface FieldPlace {
  sheet: string
  cell: string
  heading: string
}

export interface DefinitionRow {
  /** By heading. */
  owners: Record<string, string>
  ownerPlaces: Record<string, FieldPlace>
  /** What the cells hold; `undefined` where they are empty. */
  fields: { field: Field; value: unknown; place: FieldPlace }[]
}

// Columns for remarks of the authors are welcome.
const REMARKS = /^(notes?|remarks?|comments?)\b/

/** @param problems what cannot be read is added here, and its value left out */
export function readTable(
  sheet: Sheet,
  owners: readonly string[],
  fields: readonly Field[],
  problems: DefinitionProblem[],
): DefinitionRow[] {
  const name = printable(sheet.name)
  const known = [...owners, ...fields.map(({ heading }) => heading)]
  const heading = findHeading(sheet, known)
  if (!heading) {
    if (sheet.rows.length > 0) {
      problems.push({
        sheet: name,
        cell: 'A1',
        message: `The headings are missing. Write ${known.slice(0, 3).join(', ')} … into one row.`,
      })
    }
    return []
  }
  const columns = new Map<string, number>()
  for (const [column, cell] of heading.cells) {
    const words = cell.kind === 'text' ? fold(cell.text) : ''
    const match = known.find((candidate) => fold(candidate) === words)
    if (match && !columns.has(match)) columns.set(match, column)
    else if (words !== '' && !REMARKS.test(words) && isUsed(sheet, heading.number, column)) {
      const message = match
        ? `There are two columns “${match}”. Remove one.`
        : `“${quoteCell(words)}” is no column of this sheet. Correct the heading, or begin it with “Note”.`
      problems.push({ sheet: name, cell: cellName(column, heading.number), message })
    }
  }
  const placeOf = (title: string, row: number): FieldPlace => ({
    sheet: name,
    cell: cellName(columns.get(title) ?? 1, row),
    heading: title,
  })
  return sheet.rows.flatMap(({ number, cells }): DefinitionRow[] => {
    const at = (title: string): SheetCell | undefined => cells.get(columns.get(title) ?? 0)
    const isBlank = known.every((title) => {
      const cell = at(title)
      return !cell || isEmpty(cell)
    })
    if (number <= heading.number || isBlank) return []
    const read = <T>(title: string, result: { ok: true; value: T } | { ok: false; message: string }) => {
      if (result.ok) return result.value
      const { cell } = placeOf(title, number)
      problems.push({ sheet: name, cell, message: result.message })
      return undefined
    }
    const ownerOf = (title: string) => {
      const cell = at(title)
      return (cell && read(title, toText(cell, sheet.epoch))?.trim()) ?? ''
    }
    return [
      {
        owners: Object.fromEntries(owners.map((title) => [title, ownerOf(title)])),
        ownerPlaces: Object.fromEntries(owners.map((title) => [title, placeOf(title, number)])),
        fields: fields.map((field) => ({
          field,
          value: read(field.heading, readFieldCell(field, at(field.heading), sheet.epoch)),
          place: placeOf(field.heading, number),
        })),
      },
    ]
  })
}

/** The sheet Form, whose fields stand below each other, as one row. */
export function readForm(
  sheet: Sheet,
  fields: readonly Field[],
  problems: DefinitionProblem[],
): DefinitionRow {
  const name = printable(sheet.name)
  const lines = new Map<string, { number: number; cell: SheetCell | undefined }>()
  for (const { number, cells } of sheet.rows) {
    const label = cells.get(1)
    if (label?.kind !== 'text') continue
    const key = fold(label.text)
    if (!lines.has(key)) lines.set(key, { number, cell: cells.get(2) })
  }
  const read = fields.map((field) => {
    const line = lines.get(fold(field.heading))
    const place = { sheet: name, cell: cellName(line ? 2 : 1, line?.number ?? 1), heading: field.heading }
    const result = readFieldCell(field, line?.cell, sheet.epoch)
    if (!result.ok) problems.push({ sheet: name, cell: place.cell, message: result.message })
    return { field, value: result.ok ? result.value : undefined, place }
  })
  return { owners: {}, ownerPlaces: {}, fields: read }
}

function findHeading(sheet: Sheet, known: readonly string[]): Sheet['rows'][number] | null {
  const folded = new Set(known.map(fold))
  const needed = Math.min(2, known.length)
  const fits = ({ cells }: Sheet['rows'][number]) =>
    [...cells.values()].filter((cell) => cell.kind === 'text' && folded.has(fold(cell.text))).length >= needed
  return sheet.rows.slice(0, 20).find(fits) ?? null
}

function isUsed(sheet: Sheet, headingRow: number, column: number): boolean {
  return sheet.rows.some(({ number, cells }) => {
    const cell = cells.get(column)
    return number > headingRow && cell !== undefined && !isEmpty(cell)
  })
}
