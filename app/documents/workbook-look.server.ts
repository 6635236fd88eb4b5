/** How our workbooks look, and the few operations that keep everything written into them data. */
import exceljs from 'exceljs'
import { encodeCellText } from './workbook-xml.ts'

export type Workbook = exceljs.Workbook
export type Worksheet = exceljs.Worksheet
export type Cell = exceljs.Cell

/** The light half of the interface's tokens (app/styles/tokens.css): a sheet of paper has no dark mode. */
const COLOURS = {
  paper: 'FFF8F5EE',
  raised: 'FFFEFCF8',
  sunken: 'FFF0ECE1',
  ink: 'FF1A2224',
  inkSoft: 'FF465054',
  hairline: 'FFDCD6C7',
  control: 'FF82867F',
  accent: 'FF0B5B53',
  accentWash: 'FFDEEBE4',
  onAccent: 'FFFDFBF5',
} as const

const fill = (argb: string): exceljs.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })
const border = (argb: string): Partial<exceljs.Borders> => {
  const side: exceljs.Border = { style: 'thin', color: { argb } }
  return { top: side, left: side, bottom: side, right: side }
}
// A face that every office has: our own would be replaced by whatever is there.
const font = (more: Partial<exceljs.Font> = {}): Partial<exceljs.Font> => ({
  name: 'Arial',
  size: 10,
  color: { argb: COLOURS.ink },
  ...more,
})
const wrapped: Partial<exceljs.Alignment> = { wrapText: true, vertical: 'top' }

// '@' keeps a text that begins with "=" a text when somebody edits the cell.
const STYLES = {
  title: { font: font({ size: 16, bold: true, color: { argb: COLOURS.accent } }), numFmt: '@' },
  heading: {
    font: font({ bold: true, color: { argb: COLOURS.onAccent } }),
    fill: fill(COLOURS.accent),
    alignment: wrapped,
    numFmt: '@',
  },
  text: { font: font(), alignment: wrapped, border: border(COLOURS.hairline), numFmt: '@' },
  strong: { font: font({ bold: true }), alignment: wrapped, border: border(COLOURS.hairline), numFmt: '@' },
  soft: {
    font: font({ size: 9, color: { argb: COLOURS.inkSoft } }),
    alignment: wrapped,
    border: border(COLOURS.hairline),
    numFmt: '@',
  },
  part: {
    font: font(),
    alignment: { ...wrapped, indent: 2 },
    border: border(COLOURS.hairline),
    numFmt: '@',
  },
  none: { font: font(), fill: fill(COLOURS.sunken), border: border(COLOURS.hairline), numFmt: '@' },
  plain: { font: font(), alignment: wrapped, numFmt: '@' },
  answer: {
    font: font(),
    fill: fill(COLOURS.accentWash),
    alignment: wrapped,
    border: border(COLOURS.control),
    protection: { locked: false },
  },
  link: { font: font({ underline: true, color: { argb: COLOURS.accent } }), alignment: wrapped, numFmt: '@' },
} satisfies Record<string, Partial<exceljs.Style>>
export type Look = keyof typeof STYLES

/** What is formatted as text stays text; numbers and dates show as such. */
export type AnswerFormat = 'text' | 'number' | 'whole' | 'date' | { decimals: number }

/** @param at shown in the file's properties */
export function createWorkbook(at: Date, title: string): Workbook {
  const workbook = new exceljs.Workbook()
  workbook.creator = 'Attested'
  workbook.lastModifiedBy = 'Attested'
  workbook.created = at
  workbook.modified = at
  workbook.title = encodeCellText(title)
  return workbook
}

export function setText(cell: Cell, text: string, look: Look): void {
  Object.assign(cell, structuredClone(STYLES[look]))
  // A string is written as a shared string, which no program takes for a formula.
  if (text !== '') cell.value = encodeCellText(text)
}

/** A cell to be filled in, with what it holds already. A date is given as its day number. */
export function setAnswer(cell: Cell, value: string | number | null, format: AnswerFormat): void {
  Object.assign(cell, structuredClone(STYLES.answer))
  cell.numFmt = formatCode(format)
  if (typeof value === 'string' && value !== '') cell.value = encodeCellText(value)
  if (typeof value === 'number') cell.value = value
}

function formatCode(format: AnswerFormat): string {
  if (typeof format === 'object')
    return format.decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(format.decimals)}`
  return { text: '@', number: 'General', whole: '#,##0', date: 'yyyy-mm-dd' }[format]
}

export interface SheetSetup {
  name: string
  /** Rows that stay in sight, and columns. */
  frozen: { rows: number; columns: number }
  /** The row that is repeated on each printed page. */
  headingRow: number
  widths: readonly number[]
}

/** A sheet for people: framed, printable, and locked but for its answer cells (without a password). */
export function addSheet(workbook: Workbook, setup: SheetSetup): Worksheet {
  const { frozen, headingRow } = setup
  const sheet = workbook.addWorksheet(setup.name, {
    properties: { tabColor: { argb: COLOURS.accent } },
    views: [{ state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows, showGridLines: false }],
    pageSetup: {
      orientation: 'landscape',
      paperSize: 9,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      printTitlesRow: `${headingRow}:${headingRow}`,
    },
    headerFooter: { oddFooter: '&L&A&RPage &P of &N' },
  })
  setup.widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width
  })
  return sheet
}

export async function lockSheet(sheet: Worksheet): Promise<void> {
  await sheet.protect('', {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
    autoFilter: true,
  })
}

/**
 * Makes the row as high as its longest text needs: no program does that for a file that it opens.
 * @param texts with the width of the column they stand in
 */
export function fitRow(
  sheet: Worksheet,
  row: number,
  texts: [text: string, width: number][],
  minimumLines = 1,
) {
  const lines = Math.max(minimumLines, ...texts.map(([text, width]) => countLines(text, width)))
  // Excel draws no row higher than 409 points.
  sheet.getRow(row).height = Math.min(400, 4 + 13 * lines)
}

function countLines(text: string, width: number): number {
  const lengths = text.split('\n').map((line) => {
    const wide =
      line.match(/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0
    return line.length + wide
  })
  // Words do not fill their lines to the end.
  return lengths.reduce((lines, length) => lines + Math.max(1, Math.ceil((length * 1.1) / width)), 0)
}

/** @returns the name as the workbook has it: without what Excel refuses, at most 31 characters, and unique */
export function sheetNameFor(workbook: Workbook, wanted: string): string {
  const clean = wanted.replace(/[\p{C}\p{Z}[\]:*?/\\']+/gu, ' ').trim()
  const taken = new Set(workbook.worksheets.map(({ name }) => name.toLowerCase()))
  for (let count = 1; ; count++) {
    const suffix = count === 1 ? '' : ` (${count})`
    const name = `${cut(clean, 31 - suffix.length)}${suffix}` || 'Sheet'
    if (!taken.has(name.toLowerCase()) && name.toLowerCase() !== 'history') return name
  }
}

/** At most `length` UTF-16 units, without half a character at the end. */
function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
}
