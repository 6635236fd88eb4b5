/** One report item as a finding: the scanner's own rating, bounded texts, dates and CVEs in one form. */
import type { Finding, Severity } from '../importer.ts'
import { parsePublicationDate } from '../scan/dates.ts'
import { toCve } from '../scan/text.ts'
import type { NessusItem } from './document.ts'

// Nessus severity 0 is informational; it proves that a host was scanned, no more.
const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[]
const BY_RISK: Record<string, Severity> = {
  none: 'info',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
}

export interface ReadItem {
  parts: Omit<Finding, 'assetKey'>
  /** When the weakness became known, YYYY-MM-DD: the clock of its age where no fix is dated. */
  publishedOn: string | null
  /** False where the severity is missing or none of 0–4, and the risk factor had to do. */
  isRated: boolean
}

export function readFinding(item: NessusItem): ReadItem {
  const { fields } = item
  const rated = /^[0-4]$/.test(item.severity.trim()) ? SEVERITIES[Number(item.severity)] : undefined
  const port = /^\d{1,5}$/.test(item.port.trim()) ? Number(item.port) : 0
  const parts: Omit<Finding, 'assetKey'> = {
    checkId: item.pluginId.trim().slice(0, 64) || 'unknown',
    title: item.pluginName || fields.plugin_name || `Plugin ${item.pluginId || 'without a name'}`,
    severity: rated ?? BY_RISK[fields.risk_factor.trim().toLowerCase()] ?? 'info',
    // 0 is how Nessus says: the host as a whole.
    port: port > 0 && port <= 65_535 ? port : null,
    protocol: item.protocol.toLowerCase().slice(0, 20) || null,
    service: item.service.slice(0, 100) || null,
    cves: item.cves.length === 0 ? [] : [...new Set(item.cves.map(toCve).filter((cve) => cve !== null))],
    solution: fields.solution.trim() || null,
    fixAvailableOn: parsePublicationDate(fields.patch_publication_date),
    firstSeenOn: null,
    isSuppressed: false,
    output: fields.plugin_output.trim() || null,
  }
  return {
    parts,
    publishedOn: parsePublicationDate(fields.vuln_publication_date),
    isRated: rated !== undefined,
  }
}
