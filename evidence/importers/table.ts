/**
 * Any table whose columns a person has explained: Nodeware, RMM and portal exports come in this way. The rows are
 * handed on, under the names of the columns that the importer of such rows knows.
 */
import Papa from 'papaparse'
import { backupJobsImporter } from './backup-jobs.ts'
import { createCsvReader, foldHeader, sniffRows } from './csv-reader.ts'
import { devicesImporter } from './devices.ts'
import {
  type ColumnMapping,
  ImportError,
  type ImportEvent,
  type Importer,
  type ImportSummary,
  type ReadOptions,
} from './importer.ts'
import { phishingImporter } from './phishing.ts'
import { createLatest, createRowMerger, readCsvScan } from './scan/csv-scan.ts'
import { type FindingColumns, readFindingRow } from './scan/finding-row.ts'
import { createScanReport } from './scan/report.ts'
import { readUsers } from './scan/users.ts'
import { TARGETS } from './table/targets.ts'
import { trainingImporter } from './training.ts'

export const tableImporter: Importer = {
  format: 'table',
  label: 'any table (CSV or XLSX), once its columns are explained',
  evidenceKind: 'assessment-report',

  // Never by itself: without a person's word a column means nothing.
  recognises: () => false,

  read(bytes, options) {
    if (!options.mapping)
      throw new ImportError(
        'unrecognised',
        'Nobody has said yet what the columns of this table mean. Explain them first.',
      )
    return readMapped(csvRows(bytes), options.mapping, options)
  },
}

/** Rows of a table, the header among the first of them. */
export type Rows = AsyncGenerator<string[]>

export function readMapped(
  rows: Rows,
  mapping: ColumnMapping,
  options: ReadOptions,
): AsyncGenerator<ImportEvent, ImportSummary> {
  const renamed = rename(rows, mapping)
  switch (mapping.rowsAre) {
    case 'findings':
      return readFindings(renamed, mapping, options)
    case 'devices':
      return asTable(devicesImporter.read(renamed, options), mapping)
    case 'users':
      return asTable(
        readUsers(renamed, options, {
          format: 'table',
          tool: mapping.tool,
          email: 'email',
          status: 'status',
          enrolled: 'enrolled',
          enforced: 'enforced',
          admin: 'admin',
        }),
        mapping,
      )
    case 'backup-runs':
      return asTable(backupJobsImporter.read(renamed, options), mapping)
    case 'training':
      return asTable(trainingImporter.read(renamed, options), mapping)
    case 'phishing':
      return asTable(phishingImporter.read(renamed, options), mapping)
  }
}

async function* asTable(reading: AsyncGenerator<ImportEvent, ImportSummary>, { tool }: ColumnMapping) {
  const summary = yield* reading
  return {
    ...summary,
    format: 'table',
    tool,
    facts: summary.facts.map((fact) => ({ ...fact, collector: tool.slice(0, 200) })),
  }
}

const FINDING_COLUMNS: FindingColumns = {
  checkId: ['checkId'],
  title: ['title'],
  severity: ['severity'],
  host: ['hostname', 'address'],
  address: ['address'],
  name: ['hostname'],
  cve: ['cve'],
  solution: ['solution'],
  output: ['output'],
  published: ['published'],
  patch: ['patch'],
  firstSeen: ['firstSeen'],
  lastSeen: ['lastSeen'],
  id: ['id'],
  system: ['system'],
  cvss: ['cvss'],
  accepted: ['accepted'],
  port: ['port'],
  protocol: ['protocol'],
  service: ['service'],
  scope: ['scope'],
}

function readFindings(
  bytes: AsyncIterable<Uint8Array>,
  { tool, dayFirst }: ColumnMapping,
  options: ReadOptions,
) {
  const report = createScanReport({ format: 'table', tool, undatedMeans: 'not-told', needsPortList: true })
  const merger = createRowMerger(report)
  const latest = createLatest()
  return readCsvScan(bytes, options, report, {
    isHeader: (columns) => columns.has('title'),
    row: (cell) => readFindingRow(report, merger, latest, cell, FINDING_COLUMNS, { dayFirst }),
    end() {
      merger.flush()
      return { end: latest.get(), credentialed: null }
    },
  })
}

const BATCH = 500

/** The same rows as CSV with our own headers; columns that nobody named are left out. */
async function* rename(rows: Rows, mapping: ColumnMapping): AsyncGenerator<Uint8Array> {
  const targets = TARGETS[mapping.rowsAre]
  const wanted = Object.entries(mapping.columns).filter(
    ([field, header]) => header !== '' && Object.hasOwn(targets, field),
  )
  let places: number[] | null = null
  let batch: string[][] = []
  const encoder = new TextEncoder()
  const flush = () => {
    const text = `${Papa.unparse(batch, { newline: '\r\n' })}\r\n`
    batch = []
    return encoder.encode(text)
  }
  for await (const cells of rows) {
    if (!places) {
      const folded = cells.map(foldHeader)
      const found = wanted.map(([, header]) => folded.indexOf(foldHeader(header)))
      if (found.some((place) => place < 0)) continue
      places = found
      batch.push(wanted.map(([field]) => targets[field]?.canonical ?? field))
      continue
    }
    batch.push(places.map((place) => cells[place] ?? ''))
    if (batch.length >= BATCH) yield flush()
  }
  if (!places) {
    throw new ImportError(
      'malformed',
      `The table has no header row with all of these columns: ${wanted.map(([, header]) => header).join(', ')}. Explain its columns again.`,
    )
  }
  yield flush()
}

async function* csvRows(bytes: AsyncIterable<Uint8Array>): Rows {
  let waiting: string[][] = []
  const reader = createCsvReader({ row: (cells) => void waiting.push(cells) })
  for await (const chunk of bytes) {
    reader.write(chunk)
    yield* waiting
    waiting = []
  }
  reader.end()
  yield* waiting
}

/** Whether a head may be a table that can be explained: several columns, and a row under a header. */
export function looksLikeTable(head: Uint8Array): boolean {
  const rows = sniffRows(head).filter((cells) => cells.filter((cell) => cell.trim() !== '').length >= 2)
  return rows.length >= 2
}
