/** Facts that follow from a whole scan, each with what it was counted over and whether it can prove absence. */
import type { Fact, FactKey } from '../../facts.ts'
import type { Viewpoint } from '../importer.ts'
import { type Exposure, TLS_VERSIONS } from './signals.ts'
import type { ScanTally } from './tally.ts'
import { many } from './text.ts'

export interface FactFrame {
  viewpoint: Viewpoint
  subject: string
  /** Distinct machines. */
  assets: number
  collector: string
  /** When the scan ended, at most now. */
  observedAt: Date
  /** Why the file is not the whole of its scope. */
  gaps: readonly string[]
}

const DAY = 86_400_000
const OLD_DAYS = 30
/** Hosts scanned further apart than this make one report, but not one observation. */
const SPREAD_DAYS = 7

interface Part {
  key: FactKey
  value: number | string
  /** Reasons why the fact proves no absence; none of them: it is complete. */
  gaps: (string | null)[]
  note?: string
}

export function factsOf(tally: ScanTally, frame: FactFrame): Fact[] {
  const ended = frame.observedAt.getTime()
  const external = frame.viewpoint === 'external'
  const stopped = stoppedGap(tally)
  const site =
    tally.webHosts > 0 ? 'Only web applications were scanned, not all that the systems offer.' : null
  const blind = credentialGap(tally)
  const unrated =
    tally.severities.unknown > 0
      ? `${many(tally.severities.unknown, 'finding')} of unknown severity are not counted.`
      : null
  const dismissed =
    tally.dismissed > 0
      ? `${many(tally.dismissed, 'finding')} judged a false positive in the tool ${tally.dismissed === 1 ? 'is' : 'are'} left out.`
      : null
  const ports = (exposure: Exposure | null) => portGap(tally, exposure)
  const over = `Counted over ${many(tally.hosts, 'host')} and ${many(tally.items, 'record')}.`
  const spread =
    tally.lastEnd - tally.firstEnd > SPREAD_DAYS * DAY
      ? `The hosts were scanned between ${day(tally.firstEnd)} and ${day(tally.lastEnd)}; the oldest results are older than this date tells.`
      : null

  const parts: Part[] = [
    {
      key: external ? 'vuln.external_scan_age_days' : 'vuln.internal_scan_age_days',
      value: 0,
      gaps: [stopped, site, spread],
      note: tally.zoneMissing ? 'The file names no time zone; its times were read as UTC.' : undefined,
    },
    openLonger(
      'vuln.critical_open_older_than_30d',
      tally,
      'critical',
      ended,
      [stopped, site, spread, blind, unrated, dismissed],
      over,
    ),
    openLonger(
      'vuln.high_open_older_than_30d',
      tally,
      'high',
      ended,
      [stopped, site, spread, blind, unrated, dismissed],
      over,
    ),
  ]
  const oldest = tally.oldestFix
  if (oldest !== null) {
    parts.push({
      key: 'vuln.max_unpatched_age_days',
      value: Math.floor((ended - Date.parse(oldest)) / DAY),
      gaps: [stopped, site, blind],
      note: `The oldest fix missing was published on ${oldest}. ${over}`,
    })
  }
  if (external) {
    parts.push({
      key: 'vuln.critical_external_open_count',
      value: tally.criticals,
      // Without credentials is how a stranger sees it, so that is no gap here.
      gaps: [stopped, site, spread, ports(null), unrated, dismissed],
      note: over,
    })
  }
  // A scan of web applications sees neither ports nor operating systems.
  if (tally.webHosts < tally.hosts)
    parts.push(...systemParts(tally, { assets: frame.assets, external, stopped, spread, blind, ports, over }))
  return parts.map((part) => toFact(part, frame))
}

interface Gaps {
  assets: number
  external: boolean
  stopped: string | null
  spread: string | null
  blind: string | null
  ports: (exposure: Exposure | null) => string | null
  over: string
}

function systemParts(
  tally: ScanTally,
  { assets, external, stopped, spread, blind, ports, over }: Gaps,
): Part[] {
  const site =
    tally.webHosts > 0
      ? `${many(tally.webHosts, 'host')} of them were scanned as web applications only.`
      : null
  const common = [stopped, spread, site]
  const parts: Part[] = [
    { key: 'vuln.eol_os_count', value: tally.endOfLifeSystems.size, gaps: [...common, blind], note: over },
  ]
  if (external) {
    parts.push({
      key: 'vuln.eol_internet_facing_count',
      value: tally.endOfLifeHosts.size,
      gaps: [...common, blind],
      note: `Hosts with an unsupported operating system or program. ${over}`,
    })
  }
  const exposed = (key: FactKey, exposure: Exposure): Part => ({
    key,
    value: tally.exposed[exposure].size,
    gaps: [...common, ports(exposure)],
    note: `Counted per host and port, over the ports that were scanned on ${many(tally.hosts, 'host')}.`,
  })
  parts.push(
    exposed('exposure.rdp_open_count', 'rdp'),
    exposed('exposure.smb_open_count', 'smb'),
    exposed('exposure.telnet_open_count', 'telnet'),
    {
      key: 'exposure.tls_expired_cert_count',
      value: tally.expiredCertificates.size,
      gaps: [...common, ports(null)],
      note: 'Counted per host and port.',
    },
  )
  if (tally.oldestTls !== null) {
    parts.push({
      key: 'crypto.min_tls_version',
      value: TLS_VERSIONS[tally.oldestTls] ?? '',
      gaps: [
        ...common,
        tally.tlsListed ? ports(null) : 'The scan did not list all versions that the services accept.',
      ],
    })
  }
  parts.push({
    key: 'asset.device_count',
    value: assets,
    gaps: ['A scan sees the hosts that were its targets and answered; it is no inventory.'],
  })
  return parts
}

function openLonger(
  key: FactKey,
  tally: ScanTally,
  severity: 'critical' | 'high',
  ended: number,
  gaps: Part['gaps'],
  over: string,
): Part {
  let value = 0
  for (const [published, count] of tally.publishedOn[severity]) {
    if (Math.floor((ended - Date.parse(published)) / DAY) > OLD_DAYS) value += count
  }
  const undated = tally.undated[severity]
  const unknown =
    undated > 0
      ? `${many(undated, `${severity} finding`)} without a publication date: age unknown, not counted.`
      : null
  return {
    key,
    value,
    gaps: [...gaps, unknown],
    note: `Age from the publication of the fix, else of the weakness. ${over}`,
  }
}

export function stoppedGap({ unfinishedHosts, hosts }: ScanTally): string | null {
  return unfinishedHosts > 0
    ? `The scan of ${unfinishedHosts} of ${many(hosts, 'host')} has no end time: it was stopped or is not finished.`
    : null
}

function credentialGap({ hosts, credentialedHosts, uncredentialedHosts }: ScanTally): string | null {
  if (credentialedHosts === hosts) return null
  const unknown = hosts - credentialedHosts - uncredentialedHosts
  const counts = [
    uncredentialedHosts > 0 ? `${many(uncredentialedHosts, 'host')} without credentials` : null,
    unknown > 0 ? `${many(unknown, 'host')} with unknown credentials` : null,
  ]
  return `Scanned ${counts.filter(Boolean).join(' and ')}: what was not found may still be there.`
}

function portGap(
  { hosts, portsUnknown, portListMissing, portLeftOut }: ScanTally,
  exposure: Exposure | null,
): string | null {
  const leftOut = exposure === null ? 0 : portLeftOut[exposure]
  if (leftOut > 0) return `The port was not among those scanned on ${leftOut} of ${many(hosts, 'host')}.`
  if (exposure !== null && portListMissing > 0)
    return `The file names findings and not the ports that answer on ${portListMissing} of ${many(hosts, 'host')}.`
  return portsUnknown > 0
    ? `Nothing shows that ports were scanned on ${portsUnknown} of ${many(hosts, 'host')}.`
    : null
}

function toFact(
  { key, value, gaps, note }: Part,
  { viewpoint, subject, collector, observedAt, gaps: fileGaps }: FactFrame,
): Fact {
  const reasons = [...fileGaps, ...gaps].filter((gap) => gap !== null)
  const notes = [...reasons, ...(note ? [note] : [])].join(' ').slice(0, 1000)
  return {
    key,
    scope: { viewpoint, subject },
    value,
    observedAt: observedAt.toISOString(),
    completeness: reasons.length > 0 ? 'partial' : 'complete',
    ...(notes ? { note: notes } : {}),
    collector,
  }
}

const day = (time: number) => new Date(time).toISOString().slice(0, 10)
