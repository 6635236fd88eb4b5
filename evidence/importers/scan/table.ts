/** The frame of importers that read lists of users, devices, trainings and runs: header, rows, one date, facts. */
import { type Columns, createCsvReader, readHeader } from '../csv-reader.ts'
import { ImportError, type ImportEvent, type ImportSummary, type ReadOptions } from '../importer.ts'
import { pump } from './pump.ts'

export type Cell = (...names: string[]) => string

export interface TableReading {
  isHeader(columns: Columns): boolean
  row(cell: Cell, columns: Columns): void
  takeEvents?(): ImportEvent[]
  finish(rows: number): { summary: Omit<ImportSummary, 'records'>; warnings: string[] }
}

const HEADER_WITHIN = 60
/** People or machines of one list; more is no client of ours. */
export const MAXIMUM_MEMBERS = 1_000_000

export function readTable(
  bytes: AsyncIterable<Uint8Array>,
  reading: TableReading,
): AsyncGenerator<ImportEvent, ImportSummary> {
  let columns: Columns | null = null
  let before = 0
  let rows = 0
  const reader = createCsvReader({
    row(cells) {
      if (!columns) {
        const found = readHeader(cells)
        if (reading.isHeader(found)) columns = found
        else if (++before > HEADER_WITHIN) throw noHeader()
        return
      }
      const known = columns
      rows += 1
      reading.row((...names) => known.get(cells, ...names), known)
    },
  })
  return pump(bytes, {
    write: reader.write,
    end() {
      reader.end()
      if (!columns) throw noHeader()
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
