/** Greenbone / OpenVAS results as CSV, in the 25, 26 and 28 column versions; a CVE scan names the CVE as the check. */
import { hasHeader } from './csv-reader.ts'
import type { Importer, Severity } from './importer.ts'
import { createLatest, readCsvScan } from './scan/csv-scan.ts'
import { parseCvss, severityOfCvss } from './scan/cvss.ts'
import { parsePort } from './scan/ports.ts'
import { createScanReport } from './scan/report.ts'
import { signalsOf } from './scan/signals.ts'
import { parseTableMoment } from './scan/table-dates.ts'
import { cut, cvesIn } from './scan/text.ts'

const MARKS = ['IP', 'NVT Name', 'Severity', 'CVSS']
const SEVERITY: Record<string, Severity> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  log: 'info',
  debug: 'info',
  'false positive': 'info',
}
/** The NVT that tells whether the scanner could log in. */
const AUTHENTICATION_CHECK = /^Authenticated Scan \/ LSC Info Consolidation/i

export const openvasCsvImporter: Importer = {
  format: 'openvas-csv',
  label: 'Greenbone / OpenVAS (CSV)',
  evidenceKind: 'vuln-scan-summary',

  recognises: (head) => hasHeader(head, ...MARKS),

  read(bytes, options) {
    const report = createScanReport({
      format: 'openvas-csv',
      tool: 'Greenbone',
      undatedMeans: 'not-told',
      needsPortList: true,
    })
    const latest = createLatest()
    return readCsvScan(bytes, options, report, {
      isHeader: (columns) => MARKS.every((mark) => columns.has(mark)),
      row(cell) {
        const address = cell('IP')
        const host = report.openHost({
          name: cell('Hostname') || address,
          hostname: cell('Hostname') || null,
          address: address || null,
          externalId: null,
          operatingSystem: null,
        })
        report.addName(cell('Task Name'))
        latest.add(parseTableMoment(cell('Timestamp')))
        const word = cell('Severity').toLowerCase()
        const score = parseCvss(cell('CVSS'))
        const severity = SEVERITY[word] ?? severityOfCvss(score)
        if (!SEVERITY[word]) report.countUnrated()
        const title = cut(cell('NVT Name'), 500) ?? 'A check without a name'
        if (AUTHENTICATION_CHECK.test(title)) report.count('authenticationChecks')
        const parts = {
          checkId: cut(cell('NVT OID'), 200) ?? cut(title, 200) ?? 'unknown',
          title,
          severity,
          port: parsePort(cell('Port')),
          protocol: cut(cell('Port Protocol'), 20)?.toLowerCase() ?? null,
          service: null,
          // A CVE scan leaves the CVE column empty.
          cves: cvesIn(`${cell('CVEs')} ${/^CVE-/i.test(title) ? title : ''}`.slice(0, 100_000)),
          solution: cut(cell('Solution'), 4000),
          fixAvailableOn: null,
          firstSeenOn: null,
          isSuppressed: word === 'false positive',
          output: cut(cell('Specific Result'), 8000),
        }
        report.addFinding(host, parts, {
          ...signalsOf(parts, null, score),
          isFalsePositive: parts.isSuppressed,
        })
      },
      end: () => ({ end: latest.get(), credentialed: null }),
    })
  },
}
