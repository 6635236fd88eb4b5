/** Tables of Tenable's products: Nessus, Tenable.sc (Security Center) and Tenable.io / Vulnerability Management. */
import { type Columns, hasHeader } from './csv-reader.ts'
import type { Importer } from './importer.ts'
import { createLatest, createRowMerger, readCsvScan } from './scan/csv-scan.ts'
import { type FindingColumns, readFindingRow } from './scan/finding-row.ts'
import { createScanReport, type ScanHost } from './scan/report.ts'

interface Dialect extends FindingColumns {
  tool: string
  marks: string[]
}

const COMMON = {
  port: ['Port', 'port'],
  protocol: ['Protocol', 'protocol'],
  service: ['Service'],
  cvss: ['CVSS v3.0 Base Score', 'CVSS V3 Base Score', 'definition.cvss3.base_score'],
  accepted: ['Accept Risk Comment'],
  scope: ['Repository'],
}

// The order matters: the first whose marks are all there is taken.
const DIALECTS: Dialect[] = [
  {
    ...COMMON,
    tool: 'Tenable.sc',
    marks: ['Plugin', 'Plugin Name', 'Severity', 'IP Address'],
    checkId: ['Plugin'],
    title: ['Plugin Name'],
    severity: ['Severity'],
    host: ['IP Address'],
    address: ['IP Address'],
    name: ['DNS Name', 'NetBIOS Name'],
    cve: ['CVE'],
    solution: ['Solution', 'Steps to Remediate'],
    output: ['Plugin Output', 'Plugin Text'],
    published: ['Vuln Publication Date'],
    patch: ['Patch Publication Date'],
    firstSeen: ['First Discovered'],
    lastSeen: ['Last Observed'],
    id: ['Agent ID', 'Host ID'],
    system: ['Operating System', 'OS'],
  },
  {
    ...COMMON,
    tool: 'Tenable Vulnerability Management',
    marks: ['definition.id', 'severity'],
    checkId: ['definition.id'],
    title: ['definition.name'],
    severity: ['severity'],
    host: ['asset.name', 'asset.host_name', 'asset.display_fqdn', 'asset.display_ipv4_address'],
    address: ['asset.display_ipv4_address', 'asset.ipv4_addresses', 'asset.display_ipv6_address'],
    name: ['asset.display_fqdn', 'asset.host_name', 'asset.name'],
    cve: ['definition.cve'],
    solution: ['definition.solution'],
    output: ['output'],
    published: ['definition.vulnerability_published'],
    patch: ['definition.patch_published'],
    firstSeen: ['first_observed'],
    lastSeen: ['last_seen', 'last_observed'],
    id: ['asset.id'],
    system: ['asset.operating_system', 'asset.display_operating_system'],
  },
  {
    ...COMMON,
    tool: 'Nessus',
    marks: ['Plugin ID', 'Risk', 'Host', 'Name'],
    checkId: ['Plugin ID'],
    title: ['Name'],
    severity: ['Risk'],
    host: ['Host', 'FQDN', 'IP Address'],
    address: ['IP Address', 'Asset IP', 'Host'],
    name: ['FQDN', 'DNS Name', 'NetBios', 'Host'],
    cve: ['CVE'],
    solution: ['Solution'],
    output: ['Plugin Output'],
    published: ['Vulnerability Publication Date', 'Vuln Publication Date'],
    patch: ['Patch Publication Date'],
    firstSeen: ['First Found'],
    lastSeen: ['Last Found', 'Host End'],
    id: ['Asset UUID', 'Agent UUID'],
    system: ['OS', 'Operating System'],
  },
]

/** SYN, TCP connect, UDP, SSH netstat and WMI netstat: each names every port that answers. */
const PORT_SCANNERS = new Set(['11219', '10335', '34277', '14272', '34220'])
const SCAN_INFORMATION = '19506'

/** `Credentialed checks : yes, as "…"`; null where the text does not say. */
function signedInBy(output: string | null): boolean | null {
  const word = /^Credentialed checks\s*:\s*(yes|no)\b/im.exec(output ?? '')?.[1]?.toLowerCase()
  return word === undefined ? null : word === 'yes'
}

export const tenableCsvImporter: Importer = {
  format: 'nessus-csv',
  label: 'Nessus, Tenable.sc or Tenable Vulnerability Management (CSV)',
  evidenceKind: 'vuln-scan-summary',

  recognises: (head) => DIALECTS.some(({ marks }) => hasHeader(head, ...marks)),

  read(bytes, options) {
    const report = createScanReport({
      format: 'nessus-csv',
      tool: 'Nessus',
      undatedMeans: 'not-told',
      needsPortList: true,
    })
    const merger = createRowMerger(report)
    const latest = createLatest()
    const signedIn = new Map<ScanHost, boolean | null>()
    let dialect: Dialect | undefined
    return readCsvScan(bytes, options, report, {
      isHeader(columns) {
        dialect = dialectOf(columns)
        if (dialect) report.setTool(dialect.tool)
        return dialect !== undefined
      },
      row(cell) {
        if (!dialect) return
        const { host, checkId, output } = readFindingRow(report, merger, latest, cell, dialect)
        if (PORT_SCANNERS.has(checkId)) report.notePortList(host)
        if (checkId === SCAN_INFORMATION) signedIn.set(host, signedInBy(output))
      },
      end() {
        merger.flush()
        for (const [host, credentialed] of signedIn)
          report.closeHost(host, { end: latest.get(), credentialed, isWeb: false })
        return { end: latest.get(), credentialed: null }
      },
    })
  },
}

const dialectOf = (columns: Columns) => DIALECTS.find(({ marks }) => marks.every((mark) => columns.has(mark)))
