/** Greenbone / OpenVAS reports in XML: hosts become assets, results findings, the whole scan facts. */
import type { Importer, ImportSummary, ReadOptions } from './importer.ts'
import { createOpenvasListener, type OpenvasHost, type OpenvasListener } from './openvas/document.ts'
import { readFilter } from './openvas/filter.ts'
import { readResult } from './openvas/finding.ts'
import { type Moment, parseHostTime } from './scan/dates.ts'
import { pump } from './scan/pump.ts'
import { createScanReport, type ScanHost } from './scan/report.ts'
import { cut, detach, many } from './scan/text.ts'
import { createElementHandlers } from './xml-elements.ts'
import { decodeXmlHead, findRootElement } from './xml-encoding.ts'
import { createXmlReader } from './xml-reader.ts'

/** One of them stands near the start of every report; another tool's `report` has none. */
const MARKS = /<(gmp|omp|scan_run_status|nvt|severity_class|report_format)[\s>/]|\sformat_id\s*=/

export const openvasImporter: Importer = {
  format: 'openvas',
  label: 'Greenbone / OpenVAS report (XML)',
  evidenceKind: 'vuln-scan-summary',

  recognises(head) {
    const root = findRootElement(head)
    if (root === 'get_reports_response') return true
    return root === 'report' && MARKS.test(decodeXmlHead(head) ?? '')
  },

  read(bytes, options) {
    const { listener, report, finish } = startReading()
    const reader = createXmlReader((collectText) =>
      createElementHandlers(createOpenvasListener(listener), collectText),
    )
    return pump(bytes, { ...reader, takeEvents: report.takeEvents, finish: () => finish(options) })
  },
}

interface SeenHost {
  host: ScanHost
  /** null: the report has no such element for it. */
  end: string | null
  credentialed: boolean | null
}

interface Setting {
  start: Moment | null
  end: Moment | null
  status: string
  task: string
  target: string
  filter: string
  filtered: number
  first: number
  results: number
  hosts: Map<string, SeenHost>
}

const newSetting = (): Setting => ({
  start: null,
  end: null,
  status: '',
  task: '',
  target: '',
  filter: '',
  filtered: 0,
  first: 1,
  results: 0,
  hosts: new Map(),
})

function startReading() {
  const report = createScanReport({ format: 'openvas', tool: 'Greenbone', undatedMeans: 'stopped' })
  let setting = newSetting()
  let hasLogs = false
  let records = 0

  const seenHost = (address: string, hostname: string): SeenHost => {
    const known = setting.hosts.get(address)
    if (known) {
      known.host.description.hostname ??= cut(hostname, 500)
      return known
    }
    const host = report.openHost({
      name: hostname || address,
      hostname: hostname || null,
      address: address || null,
      externalId: null,
      operatingSystem: null,
    })
    const seen: SeenHost = { host, end: null, credentialed: null }
    setting.hosts.set(detach(address), seen)
    return seen
  }

  const listener: OpenvasListener = {
    field(path, text) {
      if (path === 'task/name') setting.task ||= text
      else if (path === 'task/target/name') setting.target ||= text
      else if (path === 'scan_start') setting.start ??= parseHostTime(text)
      else if (path === 'scan_end') setting.end ??= parseHostTime(text)
      else if (path === 'scan_run_status') setting.status ||= text
      else if (path === 'filters/term') setting.filter ||= text
      else if (path === 'result_count/filtered') setting.filtered ||= Number(text) || 0
    },
    page(first) {
      setting.first = Number(first) || 1
    },
    result(result) {
      setting.results += 1
      records += 1
      const { parts, signals, hasThreat, isFalsePositive } = readResult(result, setting.start)
      if (!hasThreat) report.count('withoutThreat')
      if (isFalsePositive) report.count('falsePositives')
      if (parts.severity === 'unknown') report.countUnrated()
      if (result.wasShortened) report.countShortened()
      if (result.texts.threat?.trim().toLowerCase() === 'log') hasLogs = true
      const { texts } = result
      const { host } = seenHost(texts.host?.trim() ?? '', texts['host/hostname']?.trim() ?? '')
      report.addFinding(host, parts, signals)
    },
    host: (element) => readHost(element, seenHost),
    reportEnd() {
      if (setting.hosts.size === 0 && setting.status === '' && setting.end === null && setting.start === null)
        return
      closeReport(report, setting)
      setting = newSetting()
    },
  }

  const finish = (options: ReadOptions): { summary: ImportSummary; warnings: string[] } => {
    report.setRecords(records)
    const { summary, warnings } = report.finish(options)
    return { summary: hasLogs ? summary : withoutLogs(summary), warnings }
  }
  return { listener, report, finish }
}

function readHost(
  { address, end, details }: OpenvasHost,
  seenHost: (address: string, hostname: string) => SeenHost,
): void {
  if (address === '') return
  const detail = (name: string) => details.find((one) => one.name === name && one.value !== '')?.value ?? null
  const seen = seenHost(address, detail('hostname') ?? '')
  seen.end = end
  seen.host.description.operatingSystem ??= cut(detail('best_os_txt') ?? detail('OS'), 300)
  // A host may refuse one login and accept another.
  if (details.some(({ name }) => name.endsWith('-Success'))) seen.credentialed = true
  else if (details.some(({ name }) => name.endsWith('-Failure'))) seen.credentialed = false
}

const FINISHED = /^(done|)$/i

function closeReport(report: ReturnType<typeof createScanReport>, setting: Setting): void {
  const { start, status, results, hosts } = setting
  report.addName(setting.task || setting.target)
  const isDone = FINISHED.test(status)
  if (!isDone) report.addGap(`The scan is not finished: Greenbone calls it "${status}".`)
  else if (setting.end === null && start !== null) {
    if (status === '') report.addGap('The report does not say that the scan has ended.')
    else report.addWarning('The report names no end of the scan; it is dated by its start.')
  }
  // Cut-down exports of finished scans keep the start alone.
  const end = setting.end ?? (isDone ? start : null)
  const { gaps, rows } = readFilter(setting.filter)
  for (const gap of gaps) report.addGap(gap)
  // A count of 0 stands in files full of results; a larger count than the results is believed.
  if (setting.filtered > results)
    report.addGap(`The report counts ${many(setting.filtered, 'result')}, the file holds ${results}.`)
  else if (rows !== null && results >= rows)
    report.addGap(`The report is a page of ${many(rows, 'result')}: more may follow.`)
  if (setting.first > 1) report.addGap('The report does not begin with its first result.')
  for (const { host, end: ended, credentialed } of hosts.values()) {
    // An empty element is a host that the scan had not finished with.
    const isUnfinished = ended !== null && ended.trim() === ''
    report.closeHost(host, { end: isUnfinished ? null : end, credentialed, isWeb: false })
  }
}

/** Services without a weakness are known from log results alone, which exports leave out unless asked. */
function withoutLogs(summary: ImportSummary): ImportSummary {
  const reason =
    'The report holds no log results, so services without a weakness are not in it: more may answer.'
  return {
    ...summary,
    facts: summary.facts.map((fact) =>
      fact.key.startsWith('exposure.') && fact.key !== 'exposure.tls_expired_cert_count'
        ? { ...fact, completeness: 'partial', note: `${reason} ${fact.note ?? ''}`.trim().slice(0, 1000) }
        : fact,
    ),
  }
}
