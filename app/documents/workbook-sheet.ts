/** The cells of one worksheet part. */
import { type Area, parseArea, parseCellName, type Sheet, type SheetCell } from './workbook-cell.ts'
import { WorkbookError } from './workbook-error.ts'
import type { NumberFormat } from './workbook-styles.ts'
import { decodeCellText, readXml } from './workbook-xml.ts'

interface Surroundings {
  strings: readonly string[]
  formats: readonly NumberFormat[]
  maximumCells: number
}

interface RawCell {
  column: number
  row: number
  type: string
  style: number
  value: string | null
  inline: string | null
  hasFormula: boolean
}

/** @throws WorkbookError damaged, too-large */
export function readSheet(
  bytes: Uint8Array,
  around: Surroundings,
): Pick<Sheet, 'rows' | 'merged'> & { cells: number } {
  const rows = new Map<number, Map<number, SheetCell>>()
  // The results of an array formula stand in cells that name no formula themselves.
  const computed: Area[] = []
  const merged: Area[] = []
  let cells = 0
  let row = 0
  let column = 0
  let phonetic = 0
  let raw: RawCell | null = null

  const keep = (cell: RawCell) => {
    const made = makeCell(cell, around)
    if (!made) return
    cells += 1
    if (cells > around.maximumCells) {
      throw new WorkbookError(
        'too-large',
        'The workbook holds more cells than a form can. Remove your own sheets.',
      )
    }
    const columns = rows.get(cell.row) ?? new Map<number, SheetCell>()
    rows.set(cell.row, columns)
    columns.set(cell.column, made)
  }

  readXml(bytes, {
    open(name, attributes) {
      if (name === 'row') {
        row = Number(attributes.r) || row + 1
        column = 0
      }
      if (name === 'c') {
        const place = attributes.r === undefined ? null : parseCellName(attributes.r)
        column = place?.column ?? column + 1
        raw = {
          column,
          row: place?.row ?? row,
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? 0),
          value: null,
          inline: null,
          hasFormula: false,
        }
      }
      if (name === 'rPh') phonetic += 1
      if (name === 'f' && raw) {
        raw.hasFormula = true
        const area = attributes.ref === undefined ? null : parseArea(attributes.ref)
        if (area && (attributes.t === 'array' || attributes.t === 'dataTable')) computed.push(area)
      }
      const mergedArea = name === 'mergeCell' ? parseArea(attributes.ref ?? '') : null
      if (mergedArea) merged.push(mergedArea)
    },
    close(name, text) {
      if (name === 'rPh') phonetic -= 1
      if (name === 'v' && raw) raw.value = text
      if (name === 't' && raw && phonetic === 0) raw.inline = (raw.inline ?? '') + text
      if (name === 'c' && raw) {
        keep(raw)
        raw = null
      }
    },
  })
  for (const area of computed) markComputed(rows, area)
  const sorted = [...rows].sort(([a], [b]) => a - b)
  return { rows: sorted.map(([number, columns]) => ({ number, cells: columns })), merged, cells }
}

function makeCell(raw: RawCell, { strings, formats }: Surroundings): SheetCell | null {
  if (raw.hasFormula) return { kind: 'formula' }
  if (raw.type === 'inlineStr') return textCell(raw.inline === null ? null : decodeCellText(raw.inline))
  if (raw.value === null) return null
  switch (raw.type) {
    case 's':
      return textCell(strings[Number(raw.value)] ?? null)
    case 'str':
      return textCell(decodeCellText(raw.value))
    case 'b':
      return { kind: 'boolean', is: raw.value.trim() === '1' || raw.value.trim() === 'true' }
    case 'e':
      return { kind: 'error', text: raw.value.trim() }
    case 'd':
      return textCell(raw.value.trim().slice(0, 10))
    default: {
      const number = raw.value.trim() === '' ? Number.NaN : Number(raw.value)
      if (!Number.isFinite(number)) return textCell(raw.value.trim())
      return { kind: 'number', number, format: formats[raw.style] ?? 'plain' }
    }
  }
}

function textCell(text: string | null): SheetCell | null {
  return text === null || text === '' ? null : { kind: 'text', text }
}

function markComputed(rows: Map<number, Map<number, SheetCell>>, { from, to }: Area): void {
  for (const [row, columns] of rows) {
    if (row < from.row || row > to.row) continue
    for (const column of columns.keys()) {
      if (column >= from.column && column <= to.column) columns.set(column, { kind: 'formula' })
    }
  }
}
