/** One row of a table of findings, by whatever names its columns have. */
import type { Severity } from '../importer.ts'
import { isAddress } from './asset.ts'
import type { Cell, createLatest, createRowMerger } from './csv-scan.ts'
import { parseCvss, severityOfCvss } from './cvss.ts'
import { parsePort } from './ports.ts'
import type { ScanReport } from './report.ts'
import { signalsOf } from './signals.ts'
import { type DateOrder, parseTableDay, parseTableMoment } from './table-dates.ts'
import { cut, cvesIn } from './text.ts'

const SEVERITY: Record<string, Severity> = {
  none: 'info',
  info: 'info',
  informational: 'info',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
  '0': 'info',
  '1': 'low',
  '2': 'medium',
  '3': 'high',
  '4': 'critical',
  urgent: 'critical',
  severe: 'high',
  serious: 'high',
  important: 'high',
  moderate: 'medium',
  minor: 'low',
  minimal: 'info',
  log: 'info',
}

export interface FindingColumns {
  checkId: string[]
  title: string[]
  severity: string[]
  host: string[]
  address: string[]
  name: string[]
  cve: string[]
  solution: string[]
  output: string[]
  published: string[]
  patch: string[]
  firstSeen: string[]
  lastSeen: string[]
  id: string[]
  system: string[]
  cvss: string[]
  /** A word here says that somebody accepted it. */
  accepted: string[]
  port: string[]
  protocol: string[]
  service: string[]
  scope: string[]
}

export function readFindingRow(
  report: ScanReport,
  merger: ReturnType<typeof createRowMerger>,
  latest: ReturnType<typeof createLatest>,
  cell: Cell,
  dialect: FindingColumns,
  order: DateOrder = {},
) {
  // `get` answers with the first column that the table has; here the first that is filled counts.
  const filled = (names: string[]) =>
    names.map((name) => cell(name)).find((text) => text !== '' && text !== 'N/A') ?? ''
  const name = filled(dialect.host)
  const address = filled(dialect.address)
  const hostname = filled(dialect.name)
  const host = report.openHost({
    name,
    hostname: isAddress(hostname) ? null : hostname,
    address: isAddress(address) ? address : null,
    externalId: filled(dialect.id) || null,
    operatingSystem: filled(dialect.system) || null,
  })
  report.addName(filled(dialect.scope))
  const score = parseCvss(filled(dialect.cvss))
  // Some exports write 9.8 as 98: only what lies on the scale is believed, and the tool's own word comes first.
  const rated =
    SEVERITY[filled(dialect.severity).toLowerCase()] ?? (score === null ? undefined : severityOfCvss(score))
  if (!rated) report.countUnrated()
  const checkId = cut(filled(dialect.checkId), 64) ?? cut(filled(dialect.title), 64) ?? 'unknown'
  const title = cut(filled(dialect.title), 500) ?? `Check ${checkId}`
  const service = cut(filled(dialect.service), 100)
  const protocol = cut(filled(dialect.protocol), 20)?.toLowerCase() ?? null
  const parts = {
    checkId,
    title,
    severity: rated ?? ('unknown' as const),
    port: parsePort(filled(dialect.port)),
    protocol,
    service,
    cves: cvesIn(filled(dialect.cve).slice(0, 100_000)),
    solution: solutionOf(filled(dialect.solution)),
    fixAvailableOn: parseTableDay(filled(dialect.patch), order),
    firstSeenOn: parseTableDay(filled(dialect.firstSeen), order),
    isSuppressed: filled(dialect.accepted) !== '',
    output: cut(filled(dialect.output), 8000),
  }
  latest.add(parseTableMoment(filled(dialect.lastSeen), order))
  merger.add(host, parts, signalsOf(parts, parseTableDay(filled(dialect.published), order), null))
  return { host, checkId, output: parts.output }
}

/** `n/a` is how Nessus says that there is none. */
const solutionOf = (text: string) => (/^n\/a$/i.test(text) ? null : cut(text, 4000))
