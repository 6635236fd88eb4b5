/** What the connections came to: per service in words, and the counts behind the facts. */
import { commandFor, versionCommand } from './commands.ts'
import {
  type Observation,
  type PortObservation,
  TLS_VERSIONS,
  type TlsObservation,
  type TlsVersion,
} from './observation.ts'
import type { WatchedPort } from './ports.ts'
import type { Verdict } from './reading.ts'

export interface ServiceEntry {
  target: string
  address: string
  port: number
  label: string
  verdict: Verdict
  means: string
  tls: TlsEntry | null
  commands: string[]
}

export interface TlsEntry {
  verdict: Verdict
  /** In words: the certificate's days and name, and the oldest version. */
  lines: string[]
  subject: string | null
  issuer: string | null
  validTo: string | null
  daysLeft: number | null
  oldestVersion: TlsVersion | null
}

export interface Counted {
  /** Distinct addresses and ports that answer. */
  open: number
  /** Why the number proves no absence; empty: it does. */
  gaps: string[]
}

export interface ExposureReading {
  /** Services that answer, worst first. */
  services: ServiceEntry[]
  /** Addresses that were asked, and those of them that answered nothing at all. */
  addresses: number
  silentAddresses: string[]
  /** Targets that were not contacted, with the reason as a sentence. */
  refused: { target: string; reason: string }[]
  portsAsked: number[]
  /** null where ports were not asked for. */
  exposed: Record<'rdp' | 'smb' | 'telnet' | 'admin', Counted | null> | null
  /** null where certificates were not asked for. */
  expiredCertificates: Counted | null
  /** null where no TLS service was found. */
  oldestTls: { version: TlsVersion; gaps: string[] } | null
}

interface Frame {
  ports: readonly WatchedPort[]
  kinds: readonly string[]
  now: Date
}

const DAY = 86_400_000
const SOON_DAYS = 21

export function readExposure(seen: readonly Observation[], { ports, kinds, now }: Frame): ExposureReading {
  const knocks = seen.filter((one) => one.kind === 'port')
  const handshakes = seen.filter((one) => one.kind === 'tls')
  const refused = seen.flatMap((one) =>
    one.kind === 'refused' ? [{ target: one.target, reason: one.reason }] : [],
  )
  const tried = knocks.filter(({ state }) => state !== 'not-asked' && state !== 'unreachable')
  const addresses = [...new Set(tried.map(({ address }) => address))]
  const answers = (knock: PortObservation) => knock.state === 'open' || knock.state === 'closed'
  const silentAddresses = addresses.filter(
    (address) => !knocks.some((k) => k.address === address && answers(k)),
  )
  const common = commonGaps(knocks, refused, addresses, silentAddresses)
  const count = (exposure: WatchedPort['exposure']) => countOpen(exposure, { ports, knocks, common })
  const tls = handshakes.map((one) => ({ one, entry: readTls(one, now) }))
  const services = knocks
    .filter(({ state }) => state === 'open')
    .map((knock) => describeService(knock, ports, tls.find(({ one }) => isSame(one, knock)) ?? null))
  return {
    services: services.sort(
      (a, b) => RANK[a.verdict] - RANK[b.verdict] || a.target.localeCompare(b.target) || a.port - b.port,
    ),
    addresses: addresses.length,
    silentAddresses,
    refused,
    portsAsked: ports.map(({ port }) => port),
    exposed: kinds.includes('ports')
      ? { rdp: count('rdp'), smb: count('smb'), telnet: count('telnet'), admin: count('admin') }
      : null,
    expiredCertificates: kinds.includes('certificates') ? countExpired(tls, common) : null,
    oldestTls: oldestOf(handshakes, common),
  }
}

const RANK: Record<Verdict, number> = { bad: 0, weak: 1, unknown: 2, good: 3 }
const isSame = (a: TlsObservation, b: PortObservation) =>
  a.target === b.target && a.address === b.address && a.port === b.port

function commonGaps(
  knocks: readonly PortObservation[],
  refused: readonly { target: string }[],
  addresses: string[],
  silent: string[],
): string[] {
  const unreached = knocks.filter(({ state }) => state === 'not-asked' || state === 'unreachable')
  return [
    ...(refused.length > 0
      ? [
          `${refused
            .map(({ target }) => target)
            .slice(0, 5)
            .join(', ')} could not be asked.`,
        ]
      : []),
    ...(addresses.length === 0 ? ['No address was asked.'] : []),
    ...(unreached.length > 0
      ? [`${unreached.length} of ${knocks.length} connections could not be tried.`]
      : []),
    // Silence everywhere may as well be a cable out on our side.
    ...(addresses.length > 0 && silent.length === addresses.length
      ? ['No address answered anything, so whether they were reached at all is not shown.']
      : []),
  ]
}

function countOpen(
  exposure: WatchedPort['exposure'],
  {
    ports,
    knocks,
    common,
  }: { ports: readonly WatchedPort[]; knocks: readonly PortObservation[]; common: string[] },
): Counted | null {
  const wanted = ports.filter((port) => port.exposure === exposure).map(({ port }) => port)
  if (wanted.length === 0) return null
  const mine = knocks.filter(({ port }) => wanted.includes(port))
  const open = new Set(
    mine.filter(({ state }) => state === 'open').map(({ address, port }) => `${address} ${port}`),
  )
  const gaps = [...common]
  if (exposure === 'smb' && mine.length > 0 && mine.every(({ state }) => state === 'silent'))
    gaps.push('Many networks let nothing out to port 445, so silence may come from our side.')
  const unclear = ports.filter((port) => port.exposure === 'unclear').map(({ port }) => port)
  if (exposure === 'admin' && knocks.some(({ port, state }) => state === 'open' && unclear.includes(port)))
    gaps.push('A page on port 8443 or 10443 answers, which may be an administration page; it is not counted.')
  return { open: open.size, gaps }
}

function countExpired(tls: readonly { one: TlsObservation; entry: TlsEntry }[], common: string[]): Counted {
  const expired = tls.filter(({ entry }) => entry.daysLeft !== null && entry.daysLeft < 0)
  const failed = tls.filter(({ one }) => one.outcome === 'failed')
  return {
    open: new Set(expired.map(({ one }) => `${one.address} ${one.port} ${one.target}`)).size,
    gaps: [
      ...common,
      ...(failed.length > 0 ? [`${failed.length} services did not complete a handshake.`] : []),
    ],
  }
}

function oldestOf(handshakes: readonly TlsObservation[], common: string[]): ExposureReading['oldestTls'] {
  const answered = handshakes.filter(({ outcome }) => outcome === 'answered')
  const oldest = TLS_VERSIONS.find((version) => answered.some((one) => accepts(one, version) === true))
  if (!oldest) return null
  const older = TLS_VERSIONS.slice(0, TLS_VERSIONS.indexOf(oldest))
  const open = older.filter((version) => answered.some((one) => accepts(one, version) === null))
  return {
    version: oldest,
    gaps: [...common, ...(open.length > 0 ? [`${open.join(' and ')} could not be tried everywhere.`] : [])],
  }
}

const accepts = (one: TlsObservation, version: TlsVersion) =>
  one.versions.find((tried) => tried.version === version)?.accepted ?? null

function describeService(
  knock: PortObservation,
  ports: readonly WatchedPort[],
  tls: { one: TlsObservation; entry: TlsEntry } | null,
): ServiceEntry {
  const watched = ports.find(({ port }) => port === knock.port)
  const verdicts: Record<WatchedPort['exposure'], Verdict> = {
    rdp: 'bad',
    smb: 'bad',
    telnet: 'bad',
    admin: 'bad',
    unclear: 'weak',
    plain: 'good',
  }
  const risky = /FTP|SQL/.test(watched?.label ?? '')
  const own: Verdict = risky ? 'bad' : verdicts[watched?.exposure ?? 'plain']
  const verdict = tls && RANK[tls.entry.verdict] < RANK[own] ? tls.entry.verdict : own
  const old = tls?.entry.oldestVersion
  const commands = [
    commandFor(knock),
    ...(tls ? [commandFor(tls.one)] : []),
    ...(tls && old && old < 'TLS 1.2' ? [versionCommand(tls.one, old)] : []),
  ]
  return {
    target: knock.target,
    address: knock.address,
    port: knock.port,
    label: watched?.label ?? `Port ${knock.port}`,
    verdict,
    means: watched?.means ?? '',
    tls: tls?.entry ?? null,
    commands: commands.filter((command) => command !== null),
  }
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

const CHAIN: Record<string, string> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in an authority that nobody trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificates between it and a trusted authority are missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not trusted',
}

export function readTls(seen: TlsObservation, now: Date): TlsEntry {
  const { certificate, chainFault, nameMatches, outcome } = seen
  const nothing = { subject: null, issuer: null, validTo: null, daysLeft: null, oldestVersion: null }
  if (outcome === 'no-tls') return { ...nothing, verdict: 'weak', lines: ['It answers, but not in TLS.'] }
  if (outcome === 'failed' || !certificate)
    return {
      ...nothing,
      verdict: 'unknown',
      lines: [`The handshake was not completed (${seen.fault ?? 'no certificate'}).`],
    }
  const daysLeft = Math.floor((Date.parse(certificate.validTo) - now.getTime()) / DAY)
  const oldestVersion = TLS_VERSIONS.find((version) => accepts(seen, version) === true) ?? null
  const isOld = oldestVersion === 'TLS 1.0' || oldestVersion === 'TLS 1.1'
  const lines = [
    daysLeft < 0
      ? `The certificate expired ${days(-daysLeft)} ago.`
      : `The certificate is valid for ${days(daysLeft)} more.`,
    ...(chainFault && !(chainFault === 'CERT_HAS_EXPIRED' && daysLeft < 0)
      ? [`Browsers do not trust it: ${CHAIN[chainFault] ?? chainFault}.`]
      : []),
    ...(nameMatches === false
      ? [`It is made out to other names: ${certificate.names || certificate.subject}.`]
      : []),
    ...(nameMatches === null ? ['It was asked by address, so its name was not compared.'] : []),
    ...(oldestVersion
      ? [
          isOld
            ? `It still accepts ${oldestVersion}; insurers want TLS 1.2 or newer.`
            : `The oldest version it accepts is ${oldestVersion}.`,
        ]
      : []),
  ]
  const isBroken = chainFault !== null || nameMatches === false || daysLeft < 0
  const verdict: Verdict = isBroken ? 'bad' : isOld || daysLeft < SOON_DAYS ? 'weak' : 'good'
  const { subject, issuer, validTo } = certificate
  return { verdict, lines, subject, issuer, validTo, daysLeft, oldestVersion }
}
