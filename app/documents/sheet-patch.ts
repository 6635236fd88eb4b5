/** Puts values into cells of a worksheet part and leaves every other byte of it as it was. */
import { cellName, parseCellName } from './workbook-cell.ts'
import { WorkbookError } from './workbook-error.ts'
import { encodeCellText } from './workbook-xml.ts'
import { escapeXml, tagAt, tagsOf, withAttribute, withoutAttribute } from './xml-patch.ts'

export type NewValue =
  | { kind: 'number'; number: number }
  | { kind: 'text'; text: string }
  /** Takes out what the cell holds. */
  | { kind: 'empty' }

export interface CellEdit {
  column: number
  row: number
  value: NewValue
  /** Another look than the cell has, where the value needs one. */
  style?: number
}

/** @throws WorkbookError damaged where the part has no cells to begin with */
export function patchSheet(xml: string, edits: readonly CellEdit[]): string {
  const waiting = [...edits].sort((a, b) => a.row - b.row || a.column - b.column)
  const pieces: string[] = []
  let copied = 0
  let row = 0
  let column = 0
  let prefix = ''
  let rowStyle: string | null = null
  let isInside = false
  let isDone = false

  const copyTo = (end: number) => {
    pieces.push(xml.slice(copied, end))
    copied = end
  }
  const put = (edit: CellEdit, style: string | null) => pieces.push(cellXml(prefix, edit, style))
  const putBefore = (at: number, nextColumn: number) => {
    while (waiting[0]?.row === row && waiting[0].column < nextColumn) {
      copyTo(at)
      put(waiting.shift() as CellEdit, rowStyle)
    }
  }
  const putRowsBefore = (at: number, nextRow: number) => {
    while (waiting[0] && waiting[0].row < nextRow) {
      copyTo(at)
      const number = waiting[0].row
      pieces.push(`<${prefix}row r="${number}">`)
      while (waiting[0]?.row === number) put(waiting.shift() as CellEdit, null)
      pieces.push(`</${prefix}row>`)
    }
  }

  for (const tag of tagsOf(xml)) {
    const name = tag.name.replace(/^.*:/, '')
    if (name === 'sheetData') {
      if (tag.kind === 'close') putRowsBefore(tag.start, Number.POSITIVE_INFINITY)
      else prefix = tag.name.slice(0, -'sheetData'.length)
      isInside = tag.kind === 'open'
      isDone ||= tag.kind !== 'open'
      if (tag.kind === 'empty') {
        copyTo(tag.start)
        pieces.push(`<${tag.name}>`)
        putRowsBefore(copied, Number.POSITIVE_INFINITY)
        pieces.push(`</${tag.name}>`)
        copied = tag.end
      }
      continue
    }
    if (!isInside) continue
    if (name === 'row' && tag.kind === 'close') putBefore(tag.start, Number.POSITIVE_INFINITY)
    if (name === 'row' && tag.kind !== 'close') {
      row = Number(tag.attribute('r')) || row + 1
      column = 0
      rowStyle = /^(1|true)$/.test(tag.attribute('customFormat') ?? '') ? (tag.attribute('s') ?? null) : null
      putRowsBefore(tag.start, row)
      if (waiting[0]?.row !== row) continue
      // The hint of the row's first and last column no longer holds.
      copyTo(tag.start)
      pieces.push(withoutAttribute(xml.slice(tag.start, tag.end), 'spans').replace(/\/>$/, '>'))
      copied = tag.end
      if (tag.kind === 'empty') {
        putBefore(copied, Number.POSITIVE_INFINITY)
        pieces.push(`</${tag.name}>`)
      }
    }
    if (name === 'c' && tag.kind !== 'close') {
      const place = parseCellName(tag.attribute('r') ?? '')
      column = place?.column ?? column + 1
      putBefore(tag.start, column)
      if (waiting[0]?.row !== row || waiting[0].column !== column) continue
      copyTo(tag.start)
      put(waiting.shift() as CellEdit, tag.attribute('s') ?? null)
      copied = tag.kind === 'empty' ? tag.end : tagAt(xml, tag.end, tag.name).end
    }
  }
  if (!isDone || waiting.length > 0) {
    throw new WorkbookError('damaged', 'A sheet of the workbook is damaged. Save it again in Excel.')
  }
  copyTo(xml.length)
  return pieces.join('')
}

/** Text stands in the cell as text, so that `=1+1` is never computed by whoever opens it. */
function cellXml(prefix: string, { column, row, value, style }: CellEdit, before: string | null): string {
  const look = style === undefined ? before : String(style)
  const head = `<${prefix}c r="${cellName(column, row)}"`
  const start = look === null ? head : withAttribute(head, 's', look)
  if (value.kind === 'empty') return `${start}/>`
  if (value.kind === 'number') return `${start}><${prefix}v>${value.number}</${prefix}v></${prefix}c>`
  const text = escapeXml(encodeCellText(value.text))
  return `${start} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${text}</${prefix}t></${prefix}is></${prefix}c>`
}
