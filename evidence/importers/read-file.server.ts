/** Reads one file from disk through its importer and counts what it holds: `inspect`, without a database. */
import { open } from 'node:fs/promises'
import type { Fact } from '../facts.ts'
import { noSeverities } from '../severity.ts'
import { detectImporter, listFormats } from './detect.server.ts'
import {
  ImportError,
  type Importer,
  type ImportSummary,
  type ReadOptions,
  type Severity,
} from './importer.ts'

export interface Inspection {
  format: string
  tool: string
  toolVersion: string | null
  /** ISO 8601, or null where the file tells no date. */
  scanDate: string | null
  assets: number
  findings: Record<Severity, number>
  /** Distinct. */
  cves: number
  /** Source records read: report items, rows, controls, users. */
  records: number
  /** What was looked at, in words. */
  scope: string
  /** Why the file is not the whole of its scope; empty: it is whole. */
  gaps: string[]
  /** What the format counts besides findings. */
  counts: Record<string, number>
  facts: Fact[]
  warnings: string[]
}

const HEAD_BYTES = 64 * 1024
const READ_BYTES = 256 * 1024
/** Several times as many as were ever published. */
const MAXIMUM_CVES = 2_000_000
const MAXIMUM_WARNINGS = 1000

/**
 * @throws ImportError when no importer recognises the file or it cannot be read whole;
 *   the system's error when it cannot be opened.
 */
export async function inspectFile(path: string, options: ReadOptions): Promise<Inspection> {
  const handle = await open(path, 'r')
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0)
    if (bytesRead === 0) throw new ImportError('empty', 'The file is empty. Export it again.')
    const importer = detectImporter(head.subarray(0, bytesRead))
    if (!importer)
      throw new ImportError('unrecognised', `This is none of the formats that can be read: ${listFormats()}.`)
    const bytes = handle.createReadStream({ start: 0, highWaterMark: READ_BYTES, autoClose: false })
    return await count(importer, bytes, options)
  } finally {
    await handle.close()
  }
}

async function count(
  importer: Importer,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<Inspection> {
  const findings = noSeverities()
  const cves = new Set<string>()
  const warnings: string[] = []
  let assets = 0
  const reading = importer.read(bytes, options)
  for (;;) {
    const step = await reading.next()
    if (step.done) return inspectionOf(step.value, { assets, findings, cves: cves.size, warnings })
    const event = step.value
    if (event.type === 'asset') assets += 1
    else if (event.type === 'finding') {
      findings[event.finding.severity] += 1
      for (const cve of event.finding.cves) addCve(cves, cve)
    } else if (event.type === 'warning' && warnings.length < MAXIMUM_WARNINGS) warnings.push(event.message)
  }
}

function addCve(cves: Set<string>, cve: string): void {
  if (cves.has(cve)) return
  if (cves.size >= MAXIMUM_CVES)
    throw new ImportError('hostile', `The file names more than ${MAXIMUM_CVES} CVEs, more than exist.`)
  cves.add(cve)
}

function inspectionOf(
  { format, tool, toolVersion, scanDate, records, scope, gaps, counts, facts }: ImportSummary,
  counted: Pick<Inspection, 'assets' | 'findings' | 'cves' | 'warnings'>,
): Inspection {
  const { assets, findings, cves, warnings } = counted
  return {
    format,
    tool,
    toolVersion,
    scanDate,
    assets,
    findings,
    cves,
    records,
    scope,
    gaps,
    counts,
    facts,
    warnings,
  }
}
