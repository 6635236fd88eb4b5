/** Cells as a stranger's workbook holds them, before anything is made of them. */

/** `formula`: its result is whatever somebody's program wrote down, so it is neither computed nor believed. */
export type SheetCell =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number; format: 'plain' | 'percent' | 'date' }
  | { kind: 'boolean'; is: boolean }
  | { kind: 'error'; text: string }
  | { kind: 'formula' }

export interface Sheet {
  name: string
  hidden: boolean
  /** In order of their numbers (1-based); only rows and cells that hold something. */
  rows: { number: number; cells: ReadonlyMap<number, SheetCell> }[]
  /** Day 0 of the sheet's dates. */
  epoch: 1900 | 1904
  merged: Area[]
}

/** Both corners belong to it. */
export interface Area {
  from: { column: number; row: number }
  to: { column: number; row: number }
}

/** 3, 12 → `C12` */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`
}

export function columnName(column: number): string {
  let name = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

/** `C12` → column 3, row 12; null for anything that is no place on a sheet. */
export function parseCellName(name: string): { column: number; row: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$/i.exec(name)
  if (!match) return null
  const [, letters = '', digits = ''] = match
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return { column, row: Number(digits) }
}

/** `C12:D14`, or one cell. */
export function parseArea(reference: string): Area | null {
  const [first = '', last = first] = reference.split(':')
  const from = parseCellName(first)
  const to = parseCellName(last)
  return from && to ? { from, to } : null
}

/** A sheet's day number as an ISO date; null outside of what Excel can show. */
export function dateOfSerial(serial: number, epoch: 1900 | 1904): string | null {
  const day = Math.floor(serial)
  // Excel believes that 1900 was a leap year: day 60 does not exist, and the days before it are shifted.
  if (epoch === 1900 && day === 60) return null
  const shift = epoch === 1904 ? 24107 : day < 60 ? 25568 : 25569
  if (day < 0 || (epoch === 1900 && day < 1) || day > 2_958_465) return null
  return new Date((day - shift) * 86_400_000).toISOString().slice(0, 10)
}

/** The day number that Excel gives an ISO date; null before March 1900, which it cannot hold reliably. */
export function serialOfDate(date: string): number | null {
  const days = Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25569
  return Number.isInteger(days) && days > 60 ? days : null
}

/** For messages: one line, printable, not long. */
export function quoteCell(text: string): string {
  const line = printable(text).replace(/\s+/g, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 60)} …` : line
}

/** Without what databases and printers refuse: control characters, half characters, direction overrides. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/gu, '')
}
