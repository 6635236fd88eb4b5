/** Running counts over a Nessus file: all that facts need, in memory that does not grow with the number of findings. */
import type { Finding, Severity } from '../importer.ts'
import { detach } from '../xml-reader.ts'
import { type Moment, parseHostTime, parseTimestamp } from './dates.ts'
import type { NessusHost, NessusItem } from './document.ts'
import { rangeHasPort, readScanInformation, SCAN_INFORMATION_PLUGIN } from './scan-information.ts'
import {
  type Exposure,
  endOfLifeOf,
  exposureOf,
  isExpiredCertificate,
  oldestTlsOf,
  SERVICES,
} from './signals.ts'

export interface NessusTally {
  hosts: number
  items: number
  severities: Record<Severity, number>
  credentialedHosts: number
  uncredentialedHosts: number
  webHosts: number
  unfinishedHosts: number
  /** Of the hosts that have an end. */
  firstEnd: number
  lastEnd: number
  /** Some end was written without a time zone. */
  zoneMissing: boolean
  version: string | null
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
  oldestTls: number | null
  tlsListed: boolean
}

export const newTally = (): NessusTally => ({
  hosts: 0,
  items: 0,
  severities: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  credentialedHosts: 0,
  uncredentialedHosts: 0,
  webHosts: 0,
  unfinishedHosts: 0,
  firstEnd: Number.POSITIVE_INFINITY,
  lastEnd: Number.NEGATIVE_INFINITY,
  zoneMissing: false,
  version: null,
  publishedOn: { critical: new Map(), high: new Map() },
  undated: { critical: 0, high: 0 },
  oldestFix: null,
  endOfLifeSystems: new Set(),
  endOfLifeHosts: new Set(),
  exposed: { rdp: new Set(), smb: new Set(), telnet: new Set() },
  expiredCertificates: new Set(),
  portLeftOut: { rdp: 0, smb: 0, telnet: 0 },
  portsUnknown: 0,
  oldestTls: null,
  tlsListed: false,
})

/** What is kept of one host while its items pass. */
interface HostTally {
  credentialed: boolean | null
  portRange: string | null
  sawPort: boolean
}

export const newHostTally = (): HostTally => ({
  credentialed: null,
  portRange: null,
  sawPort: false,
})

/** @param publishedOn when the weakness became known: the clock of its age where no fix is dated */
export function countItem(
  tally: NessusTally,
  host: HostTally,
  item: NessusItem,
  { assetKey, severity, port, fixAvailableOn }: Finding,
  publishedOn: string | null,
): void {
  tally.items += 1
  tally.severities[severity] += 1
  if (port !== null) host.sawPort = true
  if (severity === 'critical' || severity === 'high') {
    const from = fixAvailableOn ?? publishedOn
    if (from === null) tally.undated[severity] += 1
    else tally.publishedOn[severity].set(from, (tally.publishedOn[severity].get(from) ?? 0) + 1)
  }
  if (fixAvailableOn !== null && severity !== 'low' && severity !== 'info') {
    if (tally.oldestFix === null || fixAvailableOn < tally.oldestFix) tally.oldestFix = fixAvailableOn
  }
  const exposure = exposureOf(item, port)
  if (exposure !== null) addBounded(tally.exposed[exposure], `${assetKey} ${port}`)
  if (isExpiredCertificate(item)) addBounded(tally.expiredCertificates, `${assetKey} ${port}`)
  const endOfLife = endOfLifeOf(item)
  if (endOfLife === 'system') tally.endOfLifeSystems.add(assetKey)
  if (endOfLife !== null) tally.endOfLifeHosts.add(assetKey)
  const tls = oldestTlsOf(item)
  if (tls !== null) {
    tally.oldestTls = Math.min(tally.oldestTls ?? tls, tls)
    if (item.pluginId === '56984') tally.tlsListed = true
  }
  if (item.pluginId === SCAN_INFORMATION_PLUGIN) {
    const information = readScanInformation(item.fields.plugin_output)
    tally.version ??= information.version && detach(information.version.slice(0, 40))
    host.credentialed ??= information.credentialed
    host.portRange ??= information.portRange
  }
}

/** A hostile file may list every port of every address; beyond this, "at least so many" is enough. */
const MAXIMUM_SERVICES = 200_000

function addBounded(services: Set<string>, service: string): void {
  if (services.size < MAXIMUM_SERVICES) services.add(service)
}

/** @returns whether the host was scanned with credentials, null when the file does not say. */
export function countHost(tally: NessusTally, host: HostTally, { properties }: NessusHost): boolean | null {
  tally.hosts += 1
  const end = endOf(properties)
  if (end === null) tally.unfinishedHosts += 1
  else {
    tally.firstEnd = Math.min(tally.firstEnd, end.time)
    tally.lastEnd = Math.max(tally.lastEnd, end.time)
    if (!end.hasZone) tally.zoneMissing = true
  }
  const credentialed = credentialedOf(properties, host)
  if (credentialed === true) tally.credentialedHosts += 1
  if (credentialed === false) tally.uncredentialedHosts += 1
  if (properties['system-type']?.trim() === 'web_application') tally.webHosts += 1
  else countPorts(tally, host)
  return credentialed
}

function countPorts(tally: NessusTally, host: HostTally): void {
  if (host.portRange === null && !host.sawPort) tally.portsUnknown += 1
  for (const exposure of Object.keys(SERVICES) as Exposure[]) {
    const has = host.portRange === null ? null : rangeHasPort(host.portRange, SERVICES[exposure].port)
    if (has === false) tally.portLeftOut[exposure] += 1
  }
}

/** The unix time is exact; the text beside it is in the scanner's own zone, which it does not name. */
export function endOf(properties: Record<string, string>): Moment | null {
  return parseTimestamp(properties.host_end_timestamp ?? '') ?? parseHostTime(properties.host_end ?? '')
}

/** Where the host's tag and plugin 19506 disagree, a login that failed is the likelier truth. */
function credentialedOf(properties: Record<string, string>, host: HostTally): boolean | null {
  const tag = properties.credentialed_scan?.trim().toLowerCase()
  const said = [tag === 'true' ? true : tag === 'false' ? false : null, host.credentialed].filter(
    (word) => word !== null,
  )
  return said.length === 0 ? null : said.every(Boolean)
}
