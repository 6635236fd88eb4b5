/** The frame of importers that read lists of users, devices, trainings and runs: header, rows, one date, facts. */
import { type Columns, createCsvReader, readHeader } from '../csv-reader.ts'
import { ImportError, type ImportEvent, type ImportSummary, type ReadOptions } from '../importer.ts'
import { createDateColumns } from './date-columns.ts'
import type { Moment } from './dates.ts'
import { pump } from './pump.ts'
import { parseTableMoment } from './table-dates.ts'

export type Cell = (...names: string[]) => string
export type MomentCell = (names: readonly string[]) => Moment | null

export interface TableReading {
  isHeader(columns: Columns): boolean
  /** `moment` reads the first filled cell under these headers as a date, in its column's order. */
  row(cell: Cell, columns: Columns, moment: MomentCell): void
  takeEvents?(): ImportEvent[]
  finish(rows: number): { summary: Omit<ImportSummary, 'records'>; warnings: string[] }
}

const HEADER_WITHIN = 60
/** Rows held back until the order of their dates is decided, and the characters of them. */
const HELD_ROWS = 20_000
const HELD_CHARACTERS = 8 * 1024 * 1024
/** People or machines of one list; more is no client of ours. */
export const MAXIMUM_MEMBERS = 1_000_000

export function readTable(
  bytes: AsyncIterable<Uint8Array>,
  reading: TableReading,
  options: Pick<ReadOptions, 'mapping'> = {},
): AsyncGenerator<ImportEvent, ImportSummary> {
  const dates = createDateColumns(options.mapping?.dayFirst)
  let columns: Columns | null = null
  let before = 0
  let rows = 0
  let held: string[][] | null = []
  let heldCharacters = 0
  const handOn = (cells: string[], known: Columns) => {
    const moment: MomentCell = (names) => {
      const name = names.find((each) => known.get(cells, each) !== '')
      const place = name === undefined ? undefined : known.placeOf(name)
      return place === undefined ? null : parseTableMoment(cells[place] ?? '', dates.orderOf(place))
    }
    reading.row((...names) => known.get(cells, ...names), known, moment)
  }
  const release = (known: Columns) => {
    const waiting = held ?? []
    held = null
    for (const cells of waiting) handOn(cells, known)
  }
  const reader = createCsvReader({
    row(cells) {
      if (!columns) {
        const found = readHeader(cells)
        if (reading.isHeader(found)) columns = found
        else if (++before > HEADER_WITHIN) throw noHeader()
        return
      }
      rows += 1
      if (!held) return handOn(cells, columns)
      dates.watch(cells)
      held.push(cells)
      heldCharacters += cells.reduce((sum, cell) => sum + cell.length, 0)
      if (held.length >= HELD_ROWS || heldCharacters > HELD_CHARACTERS) release(columns)
    },
  })
  return pump(bytes, {
    write: reader.write,
    end() {
      reader.end()
      if (!columns) throw noHeader()
      release(columns)
    },
    takeEvents: () => reading.takeEvents?.() ?? [],
    finish() {
      const { summary, warnings } = reading.finish(rows)
      if (reader.encoding() === 'windows-1252')
        warnings.push(
          'The file is not UTF-8; it was read as Windows-1252, so letters beyond English may be wrong.',
        )
      return { summary: { ...summary, records: rows }, warnings }
    },
  })
}

function noHeader(): ImportError {
  return new ImportError(
    'malformed',
    'The table has no header row with the columns of this format. Export it again, with headers.',
  )
}

export interface DateVerdict {
  /** null: no dated fact can follow; `warning` says why. */
  observedAt: Date | null
  warning: string | null
  note: string | null
}

const CLOCK_TOLERANCE = 14 * 3_600_000

/** The date of a list: its own, else the one that was stated for it; never one in the future. */
export function dateOfList(own: Date | null, { now, statedOn }: ReadOptions): DateVerdict {
  if (own !== null) {
    return own.getTime() > now.getTime() + CLOCK_TOLERANCE
      ? {
          observedAt: null,
          warning: `The file is dated in the future (${own.toISOString()}): a clock or the file is wrong. No facts follow from it.`,
          note: null,
        }
      : { observedAt: new Date(Math.min(own.getTime(), now.getTime())), warning: null, note: null }
  }
  if (!statedOn) {
    return {
      observedAt: null,
      warning: 'The file tells no date, and none was stated for it. No facts follow from it.',
      note: null,
    }
  }
  return {
    observedAt: new Date(Math.min(statedOn.getTime(), now.getTime())),
    warning: null,
    note: 'The file tells no date; it was stated by whoever uploaded it.',
  }
}

/** `True`, `Yes`, `1`, `Enabled`, `on`; null for what is neither. */
export function flagOf(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  if (/^(true|yes|y|1|enabled|on|active|protected|encrypted|installed|compliant)$/.test(word)) return true
  if (
    /^(false|no|n|0|disabled|off|inactive|unprotected|not encrypted|unencrypted|not installed|none|non-?compliant)$/.test(
      word,
    )
  )
    return false
  return null
}
