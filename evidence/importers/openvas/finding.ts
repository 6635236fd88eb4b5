/** One Greenbone result as a finding. */
import type { Finding, Severity } from '../importer.ts'
import { dayOf, provenDay } from '../scan/age.ts'
import { parseCvss, severityOfCvss } from '../scan/cvss.ts'
import { type Moment, parseHostTime } from '../scan/dates.ts'
import { parsePort } from '../scan/ports.ts'
import { type Signals, signalsOf } from '../scan/signals.ts'
import { CVES_PER_FINDING, cut, cvesIn, toCve, withoutTags } from '../scan/text.ts'

/** Texts of a result by their paths below it, not trimmed. */
export interface OpenvasResult {
  oid: string
  texts: Record<string, string>
  cves: string[]
  wasShortened: boolean
}

const BY_THREAT: Record<string, Severity> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  log: 'info',
  debug: 'info',
  // OSP, the scanner's own protocol, writes so.
  'log message': 'info',
}

export interface ReadResult {
  parts: Omit<Finding, 'assetKey'>
  signals: Signals
  hasThreat: boolean
  isFalsePositive: boolean
}

export function readResult({ oid, texts, cves }: OpenvasResult, scanned: Moment | null): ReadResult {
  const text = (path: string) => texts[path]?.trim() ?? ''
  const threat = text('threat').toLowerCase()
  const score = text('severity')
  const isFalsePositive = threat === 'false positive' || /^-1(\.0)?$/.test(score)
  const cvss = parseCvss(isFalsePositive ? text('original_severity') : score)
  const rated = BY_THREAT[isFalsePositive ? text('original_threat').toLowerCase() : threat]
  const { port, protocol } = readPort(text('port'))
  // A result may be renamed; the check keeps its name.
  const title = withoutTags(text('nvt/name') || text('name')).slice(0, 500)
  const checkId = cut(oid, 200) ?? cut(title, 200) ?? 'unknown'
  const parts: Omit<Finding, 'assetKey'> = {
    checkId,
    title: title || `Check ${checkId}`,
    severity: rated ?? severityOfCvss(cvss),
    port,
    protocol,
    service: null,
    cves: cvesOf(cves, text('nvt/cve'), oid),
    solution: cut(text('nvt/solution') || solutionIn(text('nvt/tags')), 4000),
    fixAvailableOn: null,
    firstSeenOn: null,
    isSuppressed: isFalsePositive,
    output: cut(text('description'), 8000),
  }
  // The date of the rating is that of its last revision: the weakness is as old, and may be older.
  const ratedOn = provenDay(dayOf(parseHostTime(text('nvt/severities/severity/date'))), scanned)
  return {
    parts,
    signals: { ...signalsOf(parts, ratedOn, cvss), isFalsePositive },
    hasThreat: threat !== '',
    isFalsePositive,
  }
}

/** `443/tcp`, `general/tcp`, and of old versions `https (443/tcp)`. */
function readPort(text: string): { port: number | null; protocol: string | null } {
  const found = /^(?:[^()]{0,60}\()?\s*([a-z0-9-]{1,20})\/([a-z0-9-]{1,20})\s*\)?$/i.exec(text)
  return { port: parsePort(found?.[1]), protocol: found?.[2]?.toLowerCase() ?? null }
}

/** Newer reports list references, old ones have a comma list or NOCVE; a CVE scan names the CVE as the check. */
function cvesOf(references: string[], list: string, oid: string): string[] {
  const cves = new Set(references.map(toCve).filter((cve) => cve !== null))
  for (const cve of cvesIn(list)) cves.add(cve)
  const own = toCve(oid)
  if (own) cves.add(own)
  return [...cves].slice(0, CVES_PER_FINDING)
}

/** Reports before GMP 20 keep it among the tags: `…|solution=Update to …|…`. */
function solutionIn(tags: string): string {
  const start = tags.startsWith('solution=') ? 0 : tags.indexOf('|solution=') + 1
  if (start === 0 && !tags.startsWith('solution=')) return ''
  const end = tags.indexOf('|', start)
  return tags.slice(start + 'solution='.length, end === -1 ? undefined : end)
}
