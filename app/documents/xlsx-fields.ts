/** Which cells of a workbook are there to be filled in. Careful on purpose: a cell too few can be typed by hand. */
import { MOST_OPTIONS } from './carrier-document.ts'
import { type Area, cellName, parseCellName, type SheetCell } from './workbook-cell.ts'
import { fold } from './workbook-values.ts'
import type { CellRule } from './xlsx-layout.ts'
import { optionsOfRule, type RuleBook, ruleFor } from './xlsx-rules.ts'
import type { FormSheet, FormWorkbook } from './xlsx-structure.server.ts'

export interface CellField {
  name: string
  sheet: FormSheet
  cell: string
  column: number
  row: number
  label: string
  options: string[]
  rule: CellRule | null
  readOnly: boolean
}

/** In reading order of the sheets. */
export function findCellFields(workbook: FormWorkbook): CellField[] {
  return workbook.sheets.flatMap((sheet) => {
    const view = viewOf(sheet)
    const places = new Set([
      ...namedCells(workbook, sheet),
      ...ruledCells(sheet, view),
      ...unlockedCells(workbook, sheet, view),
      ...(sheet.isProtected ? [] : askedCells(sheet, view)),
    ])
    return [...places]
      .filter((cell) => view.isOpen(cell))
      .map((cell) => describe(workbook, sheet, view, cell))
      .sort((a, b) => a.row - b.row || a.column - b.column)
  })
}

interface View {
  textAt(column: number, row: number): string | null
  /** Neither computed nor the covered part of a merged area. */
  isOpen(cell: string): boolean
  isEmpty(column: number, row: number): boolean
  /** The area a cell is merged into, or the cell alone. */
  extent(column: number, row: number): Area
}

function viewOf(sheet: FormSheet): View {
  const merged = new Map(
    sheet.merged.flatMap((area) => namesIn(area).map((name): [string, Area] => [name, area])),
  )
  const extent = (column: number, row: number): Area =>
    merged.get(cellName(column, row)) ?? { from: { column, row }, to: { column, row } }
  const cellAt = (column: number, row: number): SheetCell | undefined => {
    const { from } = extent(column, row)
    return sheet.cells.get(cellName(from.column, from.row))
  }
  return {
    extent,
    textAt(column, row) {
      const cell = cellAt(column, row)
      return cell?.kind === 'text' ? cell.text.replace(/\s+/g, ' ').trim() : null
    },
    isEmpty: (column, row) => cellAt(column, row) === undefined,
    isOpen(cell) {
      const place = parseCellName(cell)
      if (!place || sheet.cells.get(cell)?.kind === 'formula') return false
      const { from } = extent(place.column, place.row)
      return from.column === place.column && from.row === place.row
    },
  }
}

// Beyond it, an area is a decoration.
const LARGEST_MERGED = 5000

function namesIn({ from, to }: Area): string[] {
  const names: string[] = []
  for (let row = from.row; row <= to.row; row++) {
    for (let column = from.column; column <= to.column; column++) {
      if (names.length >= LARGEST_MERGED) return names
      names.push(cellName(column, row))
    }
  }
  return names
}

function namedCells({ names }: FormWorkbook, sheet: FormSheet): string[] {
  return names
    .filter((named) => fold(named.sheet) === fold(sheet.name))
    .filter(({ area: { from, to } }) => from.column === to.column && from.row === to.row)
    .map(({ area: { from } }) => cellName(from.column, from.row))
}

// A rule over a whole column means the rows that ask something.
const MOST_OF_ONE_AREA = 200

function ruledCells(sheet: FormSheet, view: View): string[] {
  return sheet.rules
    .filter(({ type }) => type !== 'none')
    .flatMap(({ areas }) => areas)
    .flatMap((area) => cellsIn(area, sheet, view))
}

function cellsIn({ from, to }: Area, { last }: FormSheet, view: View): string[] {
  const isLarge = (to.column - from.column + 1) * (to.row - from.row + 1) > MOST_OF_ONE_AREA
  const cells: string[] = []
  for (let row = from.row; row <= Math.min(to.row, isLarge ? last.row : to.row); row++) {
    for (let column = from.column; column <= Math.min(to.column, from.column + MOST_OF_ONE_AREA); column++) {
      const asks = leftText(view, column, row) !== null && view.isEmpty(column, row)
      if (!isLarge || asks) cells.push(cellName(column, row))
    }
  }
  return cells
}

/** On a protected sheet, the cells that its author left open. */
function unlockedCells(workbook: FormWorkbook, sheet: FormSheet, view: View): string[] {
  if (!sheet.isProtected) return []
  const open = [...sheet.styles].filter(([, style]) => !workbook.isLocked(style)).map(([cell]) => cell)
  if (open.length <= MOST_OF_ONE_AREA) return open
  return open.filter((cell) => {
    const place = parseCellName(cell)
    return place !== null && leftText(view, place.column, place.row) !== null
  })
}

const ANSWER_HEADING = /^(your |the )?(answers?|responses?|repl(y|ies))( \(.{1,40}\))?\s*:?$/i
const LONGEST_LABEL = 300

/** Empty cells beside a text that asks, and below a heading that says "Answer" in rows that ask. */
function askedCells(sheet: FormSheet, view: View): string[] {
  const found: string[] = []
  for (const [name, cell] of sheet.cells) {
    const place = parseCellName(name)
    const text = cell.kind === 'text' ? cell.text.trim() : ''
    if (!place || text === '' || text.length > LONGEST_LABEL) continue
    if (ANSWER_HEADING.test(text)) found.push(...belowHeading(sheet, view, place))
    else if (/[:?]$/.test(text)) found.push(...besideLabel(view, place))
  }
  return found
}

function belowHeading(
  { last }: FormSheet,
  view: View,
  { column, row }: { column: number; row: number },
): string[] {
  const cells: string[] = []
  for (let at = row + 1; at <= last.row; at++) {
    const asks = (leftText(view, column, at) ?? '').split(' ').length > 1
    if (asks && view.isEmpty(column, at)) cells.push(cellName(column, at))
  }
  return cells
}

function besideLabel(view: View, { column, row }: { column: number; row: number }): string[] {
  const { from, to } = view.extent(column, row)
  if (view.isEmpty(to.column + 1, from.row)) {
    // Two labels in one row: the room between them belongs to the first.
    return [cellName(to.column + 1, from.row)]
  }
  const isBelowFree =
    view.isEmpty(from.column, to.row + 1) && leftText(view, from.column, to.row + 1) === null
  return isBelowFree ? [cellName(from.column, to.row + 1)] : []
}

const FAR_LEFT = 12

/** The nearest text with a word in it to the left; numbers of items are passed over. */
function leftText(view: View, column: number, row: number): string | null {
  for (let at = column - 1; at >= Math.max(1, column - FAR_LEFT); at--) {
    const text = view.textAt(at, row)
    if (text !== null && /\p{L}{2}/u.test(text)) return text
  }
  return null
}

function aboveText(view: View, column: number, row: number): string | null {
  for (let at = row - 1; at >= Math.max(1, row - 3); at--) {
    const text = view.textAt(column, at)
    if (text !== null && /\p{L}{2}/u.test(text)) return text
  }
  return null
}

function describe(workbook: FormWorkbook, sheet: FormSheet, view: View, cell: string): CellField {
  const { column, row } = parseCellName(cell) ?? { column: 1, row: 1 }
  const rule = ruleFor(sheet, column, row)
  const book: RuleBook = workbook
  const label = leftText(view, column, row) ?? aboveText(view, column, row) ?? ''
  return {
    name: `${sheet.name}!${cell}`,
    sheet,
    cell,
    column,
    row,
    label: label.slice(0, 400),
    options: rule ? optionsOfRule(book, sheet, rule).slice(0, MOST_OPTIONS) : [],
    rule,
    readOnly: sheet.isProtected && workbook.isLocked(sheet.styles.get(cell) ?? 0),
  }
}
