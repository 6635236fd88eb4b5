/** What importers of scanners' tables share: the header after any preamble, rows as findings, one date for the file. */
import { type Columns, createCsvReader, readHeader } from '../csv-reader.ts'
import {
  type Finding,
  ImportError,
  type ImportEvent,
  type ImportSummary,
  type ReadOptions,
} from '../importer.ts'
import type { Moment } from './dates.ts'
import { pump } from './pump.ts'
import type { ScanEnd, ScanHost, ScanReport } from './report.ts'
import type { Signals } from './signals.ts'
import { CVES_PER_FINDING } from './text.ts'

export type Cell = (...names: string[]) => string

export interface CsvScan {
  isHeader(columns: Columns): boolean
  /** Rows before the header, for a date or a company. */
  preamble?(cells: string[]): void
  row(cell: Cell, columns: Columns): void
  /** Called once all rows were read. @returns how the hosts end */
  end(): ScanEnd
}

/** Rows in which the header must come. */
const PREAMBLE_ROWS = 60

export function readCsvScan(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  report: ScanReport,
  scan: CsvScan,
): AsyncGenerator<ImportEvent, ImportSummary> {
  let columns: Columns | null = null
  let rows = 0
  let records = 0
  let short = 0
  const reader = createCsvReader({
    row(cells) {
      if (!columns) {
        const found = readHeader(cells)
        if (scan.isHeader(found)) columns = found
        else if (++rows > PREAMBLE_ROWS) throw noHeader()
        else scan.preamble?.(cells)
        return
      }
      const known = columns
      records += 1
      if (cells.length < known.count) short += 1
      scan.row((...names) => known.get(cells, ...names), known)
    },
  })
  return pump(bytes, {
    write: reader.write,
    end() {
      reader.end()
      if (!columns) throw noHeader()
      if (short > 0)
        report.addWarning(
          `Rows with fewer cells than the header: ${short}. Their missing cells were read as empty.`,
        )
      if (reader.encoding() === 'windows-1252')
        report.addWarning(
          'The file is not UTF-8; it was read as Windows-1252, so letters beyond English may be wrong.',
        )
      report.setRecords(records)
    },
    takeEvents: report.takeEvents,
    finish: () => report.finish(options, scan.end()),
  })
}

function noHeader(): ImportError {
  return new ImportError(
    'malformed',
    'The table has no header row with the columns of this format. Export it again, with headers.',
  )
}

/** The newest moment of many. */
export function createLatest() {
  let latest: Moment | null = null
  return {
    add(found: Moment | null): void {
      if (found && (!latest || found.time > latest.time)) latest = found
    },
    get: () => latest,
  }
}

/** Findings told in one row per CVE: rows of one finding become one, with all its CVEs. */
export function createRowMerger(report: ScanReport) {
  interface Waiting {
    host: ScanHost
    parts: Omit<Finding, 'assetKey'>
    signals: Signals
  }
  const waiting = new Map<string, Waiting>()
  const told = new Set<string>()
  const emit = ({ host, parts, signals }: Waiting) => report.addFinding(host, parts, signals)
  return {
    add(host: ScanHost, parts: Omit<Finding, 'assetKey'>, signals: Signals): void {
      const key = JSON.stringify([host.key, parts.checkId, parts.port, parts.protocol, markOf(parts.output)])
      const known = waiting.get(key)
      if (known) {
        const cves = new Set([...known.parts.cves, ...parts.cves])
        known.parts.cves = [...cves].slice(0, CVES_PER_FINDING)
        return
      }
      if (told.has(key)) return
      told.add(key)
      if (told.size > MAXIMUM_FINDINGS)
        throw new ImportError(
          'too-large',
          `The table holds more than ${MAXIMUM_FINDINGS} findings. Export it in parts.`,
        )
      waiting.set(key, { host, parts, signals })
      if (waiting.size <= MAXIMUM_WAITING) return
      const [oldest] = waiting
      if (!oldest) return
      waiting.delete(oldest[0])
      emit(oldest[1])
    },
    flush(): void {
      for (const each of waiting.values()) emit(each)
      waiting.clear()
    },
  }
}

/** Two results of one check on one port are two findings; their texts differ. */
const markOf = (output: string | null) => (output === null ? 0 : `${output.length} ${output.slice(0, 60)}`)

/** Rows of one finding stand together, or nearly so; what came that much earlier is not waited for. */
const MAXIMUM_WAITING = 2000
const MAXIMUM_FINDINGS = 3_000_000
