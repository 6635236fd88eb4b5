/** Writes small Nessus v2 files for tests and reads files through an importer whole. */

import { detectImporter } from '#evidence/importers/detect.server.ts'
import type {
  Asset,
  Finding,
  ImportErrorCode,
  ImportSummary,
  ReadOptions,
} from '#evidence/importers/importer.ts'
import { nessusImporter } from '#evidence/importers/nessus.ts'

export const NOW = new Date('2026-02-10T12:00:00Z')
export const SCAN_END = Date.UTC(2026, 1, 1, 6, 0, 0) / 1000

export interface ItemParts {
  /** Attributes; undefined leaves one out. */
  attributes?: Record<string, string | undefined>
  children?: string
}

export function item({ attributes = {}, children = '' }: ItemParts = {}): string {
  const all = {
    port: '0',
    svc_name: 'general',
    protocol: 'tcp',
    severity: '0',
    pluginID: '1',
    pluginName: 'A check',
    pluginFamily: 'General',
    ...attributes,
  }
  const written = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${value}"`],
  )
  return `<ReportItem ${written.join(' ')}>${children}</ReportItem>`
}

export function host(name: string | null, tags: Record<string, string>, items = ''): string {
  const written = Object.entries(tags).map(([tag, value]) => `<tag name="${tag}">${value}</tag>`)
  return `<ReportHost${name === null ? '' : ` name="${name}"`}><HostProperties>${written.join('\n')}</HostProperties>${items}</ReportHost>`
}

export const ended = (seconds = SCAN_END) => ({ HOST_END_TIMESTAMP: String(seconds) })

export function report(hosts: string, name = 'Test scan'): string {
  return `<Report name="${name}">${hosts}</Report>`
}

export function nessusFile(content: string): string {
  return `<?xml version="1.0" ?>\n<NessusClientData_v2>\n<Policy><policyName>p</policyName></Policy>\n${content}\n</NessusClientData_v2>\n`
}

export interface Read {
  assets: Asset[]
  findings: Finding[]
  warnings: string[]
  progress: number[]
  summary: ImportSummary
}

export async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function readNessus(
  content: string | Uint8Array,
  options: Partial<ReadOptions> & { pieceBytes?: number } = {},
): Promise<Read> {
  const { viewpoint = 'internal', now = NOW, pieceBytes = 65_536 } = options
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const read: Omit<Read, 'summary'> = { assets: [], findings: [], warnings: [], progress: [] }
  const reading = nessusImporter.read(pieces(bytes, pieceBytes), { viewpoint, now })
  for (;;) {
    const step = await reading.next()
    if (step.done) return { ...read, summary: step.value }
    if (step.value.type === 'asset') read.assets.push(step.value.asset)
    else if (step.value.type === 'finding') read.findings.push(step.value.finding)
    else if (step.value.type === 'warning') read.warnings.push(step.value.message)
    else read.progress.push(step.value.bytesRead)
  }
}

export interface Refusal {
  code: ImportErrorCode | 'read whole'
  message: string
  place?: { line: number; column: number }
}

export async function refusalOf(content: string | Uint8Array, pieceBytes?: number): Promise<Refusal> {
  try {
    await readNessus(content, { pieceBytes })
    return { code: 'read whole', message: '' }
  } catch (error) {
    if ((error as Error).name !== 'ImportError') throw error
    return error as unknown as Refusal
  }
}

export const isRecognised = (content: string | Uint8Array) =>
  detectImporter(new Uint8Array(Buffer.from(content as string)).subarray(0, 65_536))?.format === 'nessus'

/** Facts by key as `value completeness`. */
export function factsOf({ summary }: Read): Record<string, string> {
  return Object.fromEntries(
    summary.facts.map(({ key, value, completeness }) => [key, `${value} ${completeness}`]),
  )
}
