/** Qualys tables: scan reports, VMDR "Asset Vuln Datalist" reports by QID or by CVE, and PCI reports. */
import { type Columns, hasHeader } from './csv-reader.ts'
import type { Importer, Severity } from './importer.ts'
import { severityOfLevel } from './qualys/glossary.ts'
import { type Cell, createLatest, createRowMerger, readCsvScan } from './scan/csv-scan.ts'
import type { Moment } from './scan/dates.ts'
import { parsePort } from './scan/ports.ts'
import { createScanReport, type ScanReport } from './scan/report.ts'
import { signalsOf } from './scan/signals.ts'
import { parseTableDay, parseTableMoment } from './scan/table-dates.ts'
import { cut, cvesIn } from './scan/text.ts'

const WORDS: Record<string, Severity> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  m: 'medium',
  low: 'low',
  l: 'low',
  h: 'high',
}

const isScanReport = (columns: Columns) =>
  ['IP', 'QID', 'Title', 'Severity'].every((mark) => columns.has(mark))
const isDatalist = (columns: Columns) =>
  ['QID', 'Title', 'Severity', 'Asset Name', 'Asset Id'].every((mark) => columns.has(mark))

export const qualysCsvImporter: Importer = {
  format: 'qualys-csv',
  label: 'Qualys (CSV)',
  evidenceKind: 'vuln-scan-summary',

  recognises: (head) =>
    hasHeader(head, 'IP', 'QID', 'Title', 'Severity') ||
    hasHeader(head, 'QID', 'Title', 'Severity', 'Asset Name', 'Asset Id'),

  read(bytes, options) {
    const report = createScanReport({
      format: 'qualys-csv',
      tool: 'Qualys',
      undatedMeans: 'not-told',
      needsPortList: true,
    })
    const merger = createRowMerger(report)
    const latest = createLatest()
    let reportDate: Moment | null = null
    let agents = 0
    let others = 0
    let dayFirst = false
    return readCsvScan(bytes, options, report, {
      isHeader(columns) {
        // PCI reports come from the European platform, with the day first; their severity is a word.
        dayFirst = columns.has('Q_SEVERITY')
        return isScanReport(columns) || isDatalist(columns)
      },
      preamble(cells) {
        for (const cell of cells) reportDate ??= parseTableMoment(cell.replace(/(\d)([AP]M)\b/i, '$1 $2'))
      },
      row(cell) {
        latest.add(parseTableMoment(cell('Last Detected', 'Date Last Detected'), { dayFirst }))
        // Results of the agent are local ones, as with a login.
        if (/agent/i.test(cell('Tracking Method', 'Detection Source'))) agents += 1
        else others += 1
        readRow(report, merger, cell, dayFirst)
      },
      end() {
        merger.flush()
        return { end: reportDate ?? latest.get(), credentialed: agents > 0 && others === 0 ? true : null }
      },
    })
  },
}

function readRow(
  report: ScanReport,
  merger: ReturnType<typeof createRowMerger>,
  cell: Cell,
  dayFirst: boolean,
): void {
  const address = cell('IP', 'Asset IPV4', 'Asset IPV6') || cell('Asset IPV6')
  const hostname = cell('DNS', 'Asset Name') || cell('FQDN') || cell('NetBIOS')
  const qid = cut(cell('QID'), 64)
  if (qid === null) {
    report.count('rowsWithoutFinding')
    return
  }
  const host = report.openHost({
    name: hostname || address,
    hostname: hostname || null,
    address: address || null,
    externalId: cell('Asset Id', 'Host ID') || null,
    operatingSystem: cell('OS', 'Operating System') || null,
  })
  const level = cell('Q_SEVERITY') || cell('Severity')
  const severity = WORDS[level.toLowerCase()] ?? severityOfLevel(level)
  if (severity === 'unknown') report.countUnrated()
  const isFixed = cell('Vuln Status', 'Status').toLowerCase() === 'fixed'
  if (isFixed) report.count('fixed')
  const title = cut(cell('Title'), 500) ?? `QID ${qid}`
  const parts = {
    checkId: qid,
    title,
    severity,
    port: parsePort(cell('Port')),
    protocol: cut(cell('Protocol'), 20)?.toLowerCase() ?? null,
    service: null,
    cves: cvesIn(`${cell('CVE ID', 'CVE')}`.slice(0, 100_000)),
    solution: cut(cell('Solution'), 4000),
    fixAvailableOn: parseTableDay(cell('Patch Released'), { dayFirst }),
    firstSeenOn: parseTableDay(cell('First Detected', 'Date First Detected'), { dayFirst }),
    isSuppressed: /^yes$/i.test(cell('Ignored')) || /^yes$/i.test(cell('Disabled')),
    output: cut(cell('Results', 'Result'), 8000),
    ...(isFixed ? { isFixed } : {}),
  }
  merger.add(host, parts, signalsOf(parts, parseTableDay(cell('Published Date'), { dayFirst }), null))
}
