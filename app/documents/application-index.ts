/** Finds the rows of an application in a workbook that came back, by their hidden names and wherever they stand now. */

import { isIdentitySheet } from './application-identity.ts'
import { type Area, cellName, printable, type Sheet, type SheetCell } from './workbook-cell.ts'
import {
  ANSWERS_MARK,
  COLUMN_MARK,
  DECORATION_KEY,
  LISTS_SHEET,
  ROLES,
  type Role,
  TABLE_MARK,
} from './workbook-rows.ts'

export interface Place {
  sheet: string
  cell: string
}

export interface FoundRow {
  epoch: Sheet['epoch']
  /** Undefined for a cell that holds nothing, spaces included. */
  cell(role: Role): SheetCell | undefined
  place(role: Role): Place
}

export interface FoundTable {
  epoch: Sheet['epoch']
  rows: { number: number; cells: ReadonlyMap<number, SheetCell> }[]
  /** Rows with content that somebody added below or between ours. */
  added: number[]
  /** By column id. */
  columns: ReadonlyMap<string, number>
  place(column: number, row: number): Place
}

export interface ApplicationIndex {
  /** By key; more than one where a row or a sheet was copied. */
  rows: ReadonlyMap<string, FoundRow[]>
  /** By question id. */
  tables: ReadonlyMap<string, FoundTable[]>
  notices: string[]
}

export function indexApplication(sheets: readonly Sheet[]): ApplicationIndex {
  const rows = new Map<string, FoundRow[]>()
  const tables = new Map<string, FoundTable[]>()
  const notices: string[] = []
  for (const sheet of sheets) {
    const mark = findMark(sheet)
    if (!mark) {
      if (!isOurs(sheet))
        notices.push(`The sheet “${nameOf(sheet)}” is not part of the form and was not read.`)
      continue
    }
    if (mark.text === ANSWERS_MARK) {
      for (const [key, found] of indexAnswers(sheet, mark, notices)) {
        rows.set(key, [...(rows.get(key) ?? []), found])
      }
    } else {
      const id = mark.text.slice(TABLE_MARK.length)
      tables.set(id, [...(tables.get(id) ?? []), indexTable(sheet, mark)])
    }
  }
  return { rows, tables, notices }
}

interface Mark {
  text: string
  column: number
  /** The hidden row that names the columns. */
  names: ReadonlyMap<number, SheetCell>
  row: number
}

function findMark(sheet: Sheet): Mark | null {
  for (const { number, cells } of sheet.rows) {
    for (const [column, cell] of cells) {
      if (cell.kind !== 'text') continue
      if (cell.text !== ANSWERS_MARK && !cell.text.startsWith(TABLE_MARK)) continue
      return { text: cell.text, column, names: cells, row: number }
    }
  }
  return null
}

function isOurs(sheet: Sheet): boolean {
  if (sheet.rows.length === 0 || isIdentitySheet(sheet) || sheet.name === LISTS_SHEET) return true
  return sheet.rows.some(({ cells }) => keyOf(cells, 1) === DECORATION_KEY)
}

function keyOf(cells: ReadonlyMap<number, SheetCell>, column: number): string | null {
  const cell = cells.get(column)
  return cell?.kind === 'text' ? cell.text.trim() : null
}

function indexAnswers(sheet: Sheet, mark: Mark, notices: string[]): [string, FoundRow][] {
  const columns = new Map<Role, number>()
  for (const [column, cell] of mark.names) {
    const role = ROLES.find((known) => cell.kind === 'text' && cell.text === known)
    if (role && !columns.has(role)) columns.set(role, column)
  }
  const ours = new Set(columns.values())
  const found: [string, FoundRow][] = []
  const added: number[] = []
  let hasStrayCells = false
  for (const { number, cells } of sheet.rows) {
    const key = keyOf(cells, mark.column)
    if (number === mark.row || key === DECORATION_KEY) continue
    if (!key) {
      if ([...cells.values()].some((cell) => !isBlank(cell))) added.push(number)
      continue
    }
    hasStrayCells ||= [...cells].some(
      ([column, cell]) => column !== mark.column && !ours.has(column) && !isBlank(cell),
    )
    found.push([key, foundRow(sheet, columns, number, cells)])
  }
  const where = `On the sheet “${nameOf(sheet)}”`
  if (added.length > 0) notices.push(`${where}, ${rowsInWords(added)} not part of the form and not read.`)
  if (hasStrayCells) notices.push(`${where}, cells beside the form were not read.`)
  const answerRows = new Set(found.map(([, row]) => row))
  if (sheet.merged.some((area) => coversAnswers(area, columns, answerRows.size > 0 ? sheet : null, mark))) {
    notices.push(`${where}, cells were merged. Only the first of them holds an answer; check the others.`)
  }
  return found
}

function foundRow(
  sheet: Sheet,
  columns: ReadonlyMap<Role, number>,
  number: number,
  cells: ReadonlyMap<number, SheetCell>,
): FoundRow {
  return {
    epoch: sheet.epoch,
    cell(role) {
      const cell = cells.get(columns.get(role) ?? 0)
      return cell && !isBlank(cell) ? cell : undefined
    },
    place: (role) => ({ sheet: nameOf(sheet), cell: cellName(columns.get(role) ?? 1, number) }),
  }
}

/** Our own merged cells stand in rows without answers. */
function coversAnswers(
  { from, to }: Area,
  columns: ReadonlyMap<Role, number>,
  sheet: Sheet | null,
  mark: Mark,
): boolean {
  const touches = (['answer', 'explanation', 'owner', 'due', 'notes'] as const).some((role) => {
    const column = columns.get(role) ?? 0
    return column >= from.column && column <= to.column
  })
  if (!touches || !sheet) return false
  return sheet.rows.some(({ number, cells }) => {
    const key = keyOf(cells, mark.column)
    return (
      number >= from.row && number <= to.row && key !== null && key !== DECORATION_KEY && number !== mark.row
    )
  })
}

function indexTable(sheet: Sheet, mark: Mark): FoundTable {
  const columns = new Map<string, number>()
  for (const [column, cell] of mark.names) {
    if (cell.kind !== 'text' || !cell.text.startsWith(COLUMN_MARK)) continue
    columns.set(cell.text.slice(COLUMN_MARK.length), column)
  }
  const rows: FoundTable['rows'] = []
  const added: number[] = []
  const used = new Set(columns.values())
  for (const { number, cells } of sheet.rows) {
    const key = keyOf(cells, mark.column)
    if (number === mark.row || key === DECORATION_KEY) continue
    const filled = new Map([...cells].filter(([column, cell]) => used.has(column) && !isBlank(cell)))
    if (filled.size === 0) continue
    if (key?.startsWith(`${mark.text.slice(TABLE_MARK.length)}/row/`)) rows.push({ number, cells: filled })
    else added.push(number)
  }
  const place = (column: number, row: number) => ({ sheet: nameOf(sheet), cell: cellName(column, row) })
  return { epoch: sheet.epoch, rows, added, columns, place }
}

function isBlank(cell: SheetCell): boolean {
  return cell.kind === 'text' && cell.text.trim() === ''
}

function nameOf(sheet: Sheet): string {
  return printable(sheet.name)
}

function rowsInWords(rows: readonly number[]): string {
  const [only] = rows
  if (rows.length === 1) return `row ${only} is`
  const shown = rows.slice(0, 5).join(', ')
  return `rows ${shown}${rows.length > 5 ? ` and ${rows.length - 5} more` : ''} are`
}
