/** A foreign workbook as a form: its cells with what is locked, chosen from a list, named or merged. */
import { type OpenWorkbook, type WorkbookExtras, withWorkbook } from './open-workbook.server.ts'
import { type Area, cellName, parseArea, type SheetCell } from './workbook-cell.ts'
import { WorkbookError } from './workbook-error.ts'
import { readSheet } from './workbook-sheet.ts'
import {
  findMainPart,
  MAXIMUM_CELLS,
  readPart,
  readSharedStrings,
  readSheetList,
} from './workbook-sheets.server.ts'
import { type NumberFormat, readNumberFormats } from './workbook-styles.ts'
import { decodeCellText } from './workbook-xml.ts'
import { type CellRule, readSheetLayout } from './xlsx-layout.ts'
import { readLockedStyles, readNames } from './xlsx-names.ts'

export interface FormSheet {
  name: string
  partName: string
  /** By name, `B4`; only cells that hold something. */
  cells: ReadonlyMap<string, SheetCell>
  /** By name, also of empty cells that were given a look. */
  styles: ReadonlyMap<string, number>
  merged: readonly Area[]
  rules: readonly CellRule[]
  isProtected: boolean
  /** Rows and columns that the sheet uses. */
  last: { row: number; column: number }
}

export interface FormWorkbook {
  sheets: FormSheet[]
  hiddenSheets: FormSheet[]
  /** Single cells and areas with a name, hidden and built-in names aside. */
  names: { name: string; sheet: string; area: Area }[]
  /** By index of a cell's style. */
  isLocked(style: number): boolean
  formatOf(style: number): NumberFormat
  epoch: 1900 | 1904
  extras: WorkbookExtras
  parts: { main: string; styles: string | null }
  isSigned: boolean
}

/** @throws WorkbookError not-a-workbook, encrypted, damaged, too-large, macros */
export async function readFormWorkbook(path: string): Promise<FormWorkbook> {
  return withWorkbook(path, readStructure)
}

export async function readStructure(workbook: OpenWorkbook): Promise<FormWorkbook> {
  if (workbook.extras.macros) {
    throw new WorkbookError(
      'macros',
      'The workbook carries macros, which would travel on with every filled copy. Save it without them as .xlsx, or ask the insurer for a plain one.',
    )
  }
  const main = await findMainPart(workbook)
  const listed = await readSheetList(workbook, main)
  const strings = await readSharedStrings(workbook, listed.stringsPart)
  const styles = await readPart(workbook, listed.stylesPart)
  const formats = styles ? readNumberFormats(styles) : []
  const locked = styles ? readLockedStyles(styles) : []
  const mainBytes = await readPart(workbook, main)
  const all: { sheet: FormSheet; hidden: boolean }[] = []
  let left = MAXIMUM_CELLS
  for (const { name, hidden, partName } of listed.sheets) {
    const bytes = (await readPart(workbook, partName)) ?? new Uint8Array()
    const { rows, merged, cells } = readSheet(bytes, { strings, formats, maximumCells: left })
    left -= cells
    const layout = readSheetLayout(bytes, MAXIMUM_CELLS)
    const held = rows.flatMap((row) =>
      [...row.cells].map(([column, cell]): [string, SheetCell] => [cellName(column, row.number), cell]),
    )
    all.push({ hidden, sheet: { name, partName, cells: new Map(held), merged, ...layout } })
  }
  const named = mainBytes ? readNames(mainBytes) : []
  return {
    sheets: all.filter(({ hidden }) => !hidden).map(({ sheet }) => sheet),
    hiddenSheets: all.filter(({ hidden }) => hidden).map(({ sheet }) => sheet),
    names: named.flatMap(({ name, reference }) => {
      const target = parseReference(reference)
      return target?.sheet ? [{ name, sheet: target.sheet, area: target.area }] : []
    }),
    isLocked: (style) => locked[style] ?? true,
    formatOf: (style) => formats[style] ?? 'plain',
    epoch: listed.epoch,
    extras: workbook.extras,
    parts: { main, styles: listed.stylesPart },
    isSigned: workbook.partNames.some((part) => part.toLowerCase().startsWith('_xmlsignatures/')),
  }
}

/** `'My sheet'!$B$4:$B$9`, with or without its sheet; null for anything that has to be computed. */
export function parseReference(reference: string): { sheet: string | null; area: Area } | null {
  const match =
    /^(?:(?:'((?:[^']|'')+)'|([^'!()]+))!)?(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)$/i.exec(
      reference.trim(),
    )
  const area = match?.[3] === undefined ? null : parseArea(match[3])
  if (!match || !area) return null
  const sheet = match[1]?.replaceAll("''", "'") ?? match[2] ?? null
  return { sheet: sheet === null ? null : decodeCellText(sheet), area }
}
