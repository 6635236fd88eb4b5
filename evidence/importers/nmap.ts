/** Nmap runs in XML (and masscan's): which hosts answer on which ports. An inventory, not a scan for weaknesses. */
import type { Fact, FactKey } from '../facts.ts'
import type { Finding, Importer, ImportSummary, ReadOptions, Severity } from './importer.ts'
import {
  createNmapListener,
  type NmapHost,
  type NmapListener,
  type NmapPort,
  type NmapScript,
} from './nmap/document.ts'
import { readTargets } from './nmap/targets.ts'
import { type Moment, parseTimestamp } from './scan/dates.ts'
import { parsePort, parsePortRanges } from './scan/ports.ts'
import { pump } from './scan/pump.ts'
import { createScanReport, type ScanHost } from './scan/report.ts'
import { signalsOf } from './scan/signals.ts'
import { cut, cvesIn } from './scan/text.ts'
import { createElementHandlers } from './xml-elements.ts'
import { findRootElement } from './xml-encoding.ts'
import { createXmlReader } from './xml-reader.ts'

/** What open ports can show; weaknesses were not looked for, so their absence is no fact. */
const FACT_KEYS = new Set<string>([
  'exposure.rdp_open_count',
  'exposure.smb_open_count',
  'exposure.telnet_open_count',
  'asset.device_count',
] satisfies FactKey[])

export const nmapImporter: Importer = {
  format: 'nmap',
  label: 'Nmap scan (XML)',
  evidenceKind: 'external-scan-report',

  recognises: (head) => findRootElement(head)?.toLowerCase() === 'nmaprun',

  read(bytes, options) {
    const { listener, report, finish } = startReading()
    const reader = createXmlReader((collectText) =>
      createElementHandlers(createNmapListener(listener), collectText),
    )
    return pump(bytes, { ...reader, takeEvents: report.takeEvents, finish: () => finish(options) })
  },
}

function startReading() {
  const report = createScanReport({ format: 'nmap', tool: 'Nmap', undatedMeans: 'stopped' })
  const hosts = new Map<ScanHost, Moment | null>()
  let finished: Moment | null = null
  let isFinished = false
  const tcpPorts: ((port: number) => boolean)[] = []
  let openPorts = 0
  let hostElements = 0
  let hostsTotal = 0
  let listsStates = false
  let current: ScanHost | null = null

  const hostOf = (element: NmapHost): ScanHost => {
    const address = element.addresses.find(({ type }) => type !== 'mac')?.address ?? ''
    const hostname = element.names[0] ?? null
    const host = report.openHost({
      name: hostname ?? address,
      hostname,
      address: address || null,
      externalId: null,
      operatingSystem: element.system,
    })
    if (tcpPorts.length > 0) host.tally.wasScanned ??= (port) => tcpPorts.some((isInRange) => isInRange(port))
    return host
  }

  const listener: NmapListener = {
    run({ scanner, version, args = '' }) {
      if (scanner && scanner.toLowerCase() !== 'nmap') report.setTool(scanner.slice(0, 60))
      report.setVersion(version)
      const { targets, excluded } = readTargets(args)
      report.addName(targets.join(' '))
      if (excluded.length > 0)
        report.addGap(`The scan left out ${excluded.join(' ').slice(0, 150)} by order.`)
    },
    scanned(protocol, services) {
      if (protocol !== 'tcp' || services.trim() === '') return
      // A run names each protocol once.
      if (tcpPorts.length < 10) tcpPorts.push(parsePortRanges(services))
      // Another choice of ports is another scope: what it leaves out is not closed by it.
      report.addName(`TCP ports ${services.replace(/\s+/g, '')}`)
    },
    port(element, port) {
      if (port.state !== 'open' || (element.state !== null && element.state !== 'up')) return
      current ??= hostOf(element)
      openPorts += 1
      addPort(report, current, port)
    },
    hostEnd(element) {
      hostElements += 1
      if (element.state !== null) listsStates = true
      const isUp = element.state === null ? current !== null : element.state === 'up'
      if (isUp) {
        current ??= hostOf(element)
        // The system is guessed behind the ports.
        current.description.operatingSystem ??= cut(element.system, 300)
        for (const script of element.scripts) addWeakness(report, current, script, null)
        hosts.set(current, parseTimestamp(element.end))
        if (element.isTimedOut) report.addGap('Nmap gave up on a host that took too long.')
      }
      current = null
    },
    finished({ time = '', exit = '', errormsg }) {
      isFinished = true
      finished = parseTimestamp(time)
      if (exit === 'error')
        report.addGap(`Nmap ended with an error${errormsg ? `: ${errormsg.slice(0, 100)}` : ''}.`)
    },
    totals({ total = '' }) {
      if (/^\d{1,9}$/.test(total)) hostsTotal = Number(total)
    },
  }

  const finish = (options: ReadOptions): { summary: ImportSummary; warnings: string[] } => {
    if (!isFinished) report.addGap('The file has no end of the run: it was stopped or is not finished.')
    for (const [host, end] of hosts)
      report.closeHost(host, { end: finished ?? end, credentialed: false, isWeb: false })
    report.count('openPorts', openPorts)
    // Scanners that list no state write an element for each port.
    report.count('hosts', listsStates ? Math.max(hostElements, hostsTotal) : hosts.size)
    report.count('hostsUp', hosts.size)
    const { summary, warnings } = report.finish(options)
    return { summary: { ...summary, facts: portFacts(summary.facts, tcpPorts.length > 0) }, warnings }
  }
  return { listener, report, finish }
}

function portFacts(facts: Fact[], isRangeKnown: boolean): Fact[] {
  const kept = facts.filter(({ key }) => FACT_KEYS.has(key))
  if (isRangeKnown) return kept
  const reason = 'The file does not say which TCP ports were scanned.'
  return kept.map((fact) => ({
    ...fact,
    completeness: 'partial',
    note: `${reason} ${fact.note ?? ''}`.trim().slice(0, 1000),
  }))
}

function addPort(
  report: ReturnType<typeof createScanReport>,
  host: ScanHost,
  { port, protocol, service, scripts }: NmapPort,
): void {
  const number = parsePort(port)
  const name = cut(service?.name, 100)
  const product = [service?.product, service?.version, service?.extrainfo && `(${service.extrainfo})`]
    .filter(Boolean)
    .join(' ')
  const through = service?.tunnel === 'ssl' ? ' over TLS' : ''
  const what = [name ?? 'unknown service', product && `: ${product}`].filter(Boolean).join('')
  const parts: Omit<Finding, 'assetKey'> = {
    // Each port is a check of its own: a check has one title, and another port is not the same finding.
    checkId: `open-port ${port.slice(0, 5)}/${protocol.slice(0, 10)}`,
    title: `Port ${port.slice(0, 5)}/${protocol.slice(0, 10)} is open: ${what}${through}`.slice(0, 500),
    // Nmap rates nothing; that something answers is information.
    severity: 'info',
    port: number,
    protocol: cut(protocol, 20)?.toLowerCase() ?? null,
    service: name,
    // Looked up by the product's version, not tested.
    cves: cvesIn(scripts.find(({ id }) => id === 'vulners')?.output ?? ''),
    solution: null,
    fixAvailableOn: null,
    firstSeenOn: null,
    isSuppressed: false,
    output: cut(scripts.map(({ id, output }) => `${id}: ${output.trim()}`).join('\n'), 8000),
  }
  report.addFinding(host, parts, signalsOf(parts, null, null))
  for (const script of scripts) addWeakness(report, host, script, parts)
}

const RISKS: Record<string, Severity> = { critical: 'critical', high: 'high', medium: 'medium', low: 'low' }

/** Scripts that test for one weakness say so in fixed words; those that only look versions up do not. */
function addWeakness(
  report: ReturnType<typeof createScanReport>,
  host: ScanHost,
  { id, output }: NmapScript,
  at: Pick<Finding, 'port' | 'protocol' | 'service'> | null,
): void {
  if (!/^\s*State: (LIKELY )?VULNERABLE\b/m.test(output)) return
  const risk = /^\s*Risk factor:\s{0,5}([A-Za-z]{1,10})/m.exec(output)?.[1]?.toLowerCase() ?? ''
  const title = /VULNERABLE:\s{0,10}\n\s{0,10}([^\n]{1,500})/.exec(output)?.[1]
  const parts: Omit<Finding, 'assetKey'> = {
    checkId: id || 'unknown',
    title: cut(title, 500) ?? (id || 'A script without a name'),
    severity: RISKS[risk] ?? 'unknown',
    port: at?.port ?? null,
    protocol: at?.protocol ?? null,
    service: at?.service ?? null,
    cves: cvesIn(output),
    solution: null,
    fixAvailableOn: null,
    firstSeenOn: null,
    isSuppressed: false,
    output: cut(output, 8000),
  }
  report.count('scriptsVulnerable')
  report.addFinding(host, parts, signalsOf(parts, null, null))
}
