/** Running counts over a scan: all that facts need, in memory that does not grow with the number of findings. */
import { noSeverities } from '../../severity.ts'
import type { Finding, Severity } from '../importer.ts'
import type { Moment } from './dates.ts'
import { EXPOSURES, type Exposure, exposureOf, type PortUse, SERVICES, type Signals } from './signals.ts'

export interface ScanTally {
  hosts: number
  items: number
  severities: Record<Severity, number>
  /** Rated critical by the tool, or by CVSS 9.0 where the tool's scale ends below. */
  criticals: number
  credentialedHosts: number
  uncredentialedHosts: number
  webHosts: number
  unfinishedHosts: number
  /** Of the hosts that have an end. */
  firstEnd: number
  lastEnd: number
  /** Some end was written without a time zone. */
  zoneMissing: boolean
  /** Findings by the day that their age counts from. Days are few, findings are not. */
  publishedOn: Record<'critical' | 'high', Map<string, number>>
  undated: Record<'critical' | 'high', number>
  oldestFix: string | null
  /** Asset keys. */
  endOfLifeSystems: Set<string>
  endOfLifeHosts: Set<string>
  /** Asset key and port. */
  exposed: Record<Exposure, Set<string>>
  expiredCertificates: Set<string>
  /** Hosts whose scanned ports left the service's port out. */
  portLeftOut: Record<Exposure, number>
  portsUnknown: number
  /** Hosts of which the file names findings, and not the ports that answer. */
  portListMissing: number
  /** Findings that people judged false: not counted. */
  dismissed: number
  oldestTls: number | null
  tlsListed: boolean
}

export const newTally = (): ScanTally => ({
  hosts: 0,
  items: 0,
  severities: noSeverities(),
  criticals: 0,
  credentialedHosts: 0,
  uncredentialedHosts: 0,
  webHosts: 0,
  unfinishedHosts: 0,
  firstEnd: Number.POSITIVE_INFINITY,
  lastEnd: Number.NEGATIVE_INFINITY,
  zoneMissing: false,
  publishedOn: { critical: new Map(), high: new Map() },
  undated: { critical: 0, high: 0 },
  oldestFix: null,
  endOfLifeSystems: new Set(),
  endOfLifeHosts: new Set(),
  exposed: { rdp: new Set(), smb: new Set(), telnet: new Set() },
  expiredCertificates: new Set(),
  portLeftOut: { rdp: 0, smb: 0, telnet: 0 },
  portsUnknown: 0,
  portListMissing: 0,
  dismissed: 0,
  oldestTls: null,
  tlsListed: false,
})

/** What is kept of one host while its findings pass. */
export interface HostTally {
  /** Whether a TCP port was among those scanned; null: the file does not say. */
  wasScanned: ((port: number) => boolean | null) | null
  sawPort: boolean
  /** The ports that answer were listed, not only those that something was found on. */
  sawPortList: boolean
}

export const newHostTally = (): HostTally => ({ wasScanned: null, sawPort: false, sawPortList: false })

export function countFinding(
  tally: ScanTally,
  host: HostTally,
  { assetKey, severity, port, fixAvailableOn }: Finding,
  signals: Signals,
): void {
  tally.items += 1
  tally.severities[severity] += 1
  if (port !== null) host.sawPort = true
  const counted = signals.countedAs ?? severity
  if (counted === 'critical') tally.criticals += 1
  if (counted === 'critical' || counted === 'high') {
    const from = fixAvailableOn ?? signals.publishedOn
    if (from === null) tally.undated[counted] += 1
    else tally.publishedOn[counted].set(from, (tally.publishedOn[counted].get(from) ?? 0) + 1)
  }
  if (fixAvailableOn !== null && severity !== 'low' && severity !== 'info') {
    if (tally.oldestFix === null || fixAvailableOn < tally.oldestFix) tally.oldestFix = fixAvailableOn
  }
  if (signals.exposure !== null) addBounded(tally.exposed[signals.exposure], `${assetKey} ${port}`)
  if (signals.expiredCertificate) addBounded(tally.expiredCertificates, `${assetKey} ${port}`)
  if (signals.endOfLife === 'system') addBounded(tally.endOfLifeSystems, assetKey)
  if (signals.endOfLife !== null) addBounded(tally.endOfLifeHosts, assetKey)
  if (signals.oldestTls !== null) {
    tally.oldestTls = Math.min(tally.oldestTls ?? signals.oldestTls, signals.oldestTls)
    if (signals.tlsListed) tally.tlsListed = true
  }
}

export function countOpenPort(
  tally: ScanTally,
  { key, tally: host }: { key: string; tally: HostTally },
  use: PortUse,
): void {
  host.sawPort = true
  host.sawPortList = true
  const exposure = exposureOf(use)
  if (exposure !== null) addBounded(tally.exposed[exposure], `${key} ${use.port}`)
}

/** A hostile file may list every port of every address; beyond this, "at least so many" is enough. */
const MAXIMUM_SERVICES = 200_000

function addBounded(services: Set<string>, service: string): void {
  if (services.size < MAXIMUM_SERVICES) services.add(service)
}

export interface HostEnd {
  /** When its scan ended; null: the file names no end, so it was stopped or is not finished. */
  end: Moment | null
  /** null: the file does not say. */
  credentialed: boolean | null
  /** Scanned as a web application only: neither its ports nor its system were looked at. */
  isWeb: boolean
}

/** @param needsPortList in this format a finding on a port does not mean that all ports that answer are named */
export function countHost(
  tally: ScanTally,
  host: HostTally,
  { end, credentialed, isWeb }: HostEnd,
  needsPortList: boolean,
): void {
  tally.hosts += 1
  if (end === null) tally.unfinishedHosts += 1
  else {
    tally.firstEnd = Math.min(tally.firstEnd, end.time)
    tally.lastEnd = Math.max(tally.lastEnd, end.time)
    if (!end.hasZone) tally.zoneMissing = true
  }
  if (credentialed === true) tally.credentialedHosts += 1
  if (credentialed === false) tally.uncredentialedHosts += 1
  if (isWeb) tally.webHosts += 1
  else countPorts(tally, host, needsPortList)
}

function countPorts(
  tally: ScanTally,
  { wasScanned, sawPort, sawPortList }: HostTally,
  needsPortList: boolean,
): void {
  if (needsPortList && !sawPortList) tally.portListMissing += 1
  if (wasScanned === null && !sawPort) tally.portsUnknown += 1
  for (const exposure of EXPOSURES) {
    if (wasScanned?.(SERVICES[exposure].port) === false) tally.portLeftOut[exposure] += 1
  }
}
