/** What a finding shows besides its severity: an exposed service, an unsupported system, an old protocol. */

export type Exposure = 'rdp' | 'smb' | 'telnet'

interface Service {
  port: number
  names: readonly string[]
}

/** The names under which scanners list them; Nmap's and IANA's among them. */
export const SERVICES: Record<Exposure, Service> = {
  rdp: { port: 3389, names: ['msrdp', 'ms-wbt-server', 'ms-term-serv', 'ms-term-services', 'rdp'] },
  smb: { port: 445, names: ['cifs', 'microsoft-ds', 'smb'] },
  telnet: { port: 23, names: ['telnet'] },
}
export const EXPOSURES = Object.keys(SERVICES) as Exposure[]

// Services that a scanner has spoken to: on a well-known port, they prove that another service is not there.
const IDENTIFIED = new Set([
  'www',
  'http',
  'https',
  'ssh',
  'ftp',
  'smtp',
  'imap',
  'pop3',
  'dns',
  'ldap',
  'vnc',
  'mysql',
  'mssql',
  'postgresql',
])

export interface PortUse {
  port: number | null
  protocol: string | null
  service: string | null
}

/** The remote service that answers on a TCP port; a `?` behind its name is a scanner's mark of a guess. */
export function exposureOf({ port, protocol, service }: PortUse): Exposure | null {
  if (port === null || (protocol && protocol.toLowerCase() !== 'tcp')) return null
  const name = (service ?? '').toLowerCase().replace(/\?$/, '')
  const byName = EXPOSURES.find((exposure) => SERVICES[exposure].names.includes(name))
  if (byName) return byName
  if (IDENTIFIED.has(name)) return null
  return EXPOSURES.find((exposure) => SERVICES[exposure].port === port) ?? null
}

const SERVICE_FOUND =
  /\bopen (tcp )?ports?\b|\bport\b.{0,20}\bopen\b|\bsyn scanner\b|\b(service|services|server|protocol|rdp|smb|cifs|telnet|desktop|rdp\)|smb\))\W.{0,30}\b(detect\w*|enabled|running|exposed|accessible|reachable|open)\b|\b(unencrypted|cleartext)\b.{0,20}\btelnet\b|\btelnet\b.{0,20}\b(unencrypted|cleartext)\b|\b(exposed|accessible|reachable)\b.{0,30}\b(rdp|remote desktop|smb|telnet)\b/i
const OF_A_SERVICE =
  /\bcertificate|\bcipher|\bsigning\b|\bversions?\b|v\d|\b(tls|ssl)\b|\bvulnerab|\bnetwork level\b|\bencryption\b|\bshares?\b|\bguest\b|\bpasswords?\b|\bCVE-/i

/** Titles that say that a service is there at all: closing it is their remedy, which no other finding on its port has. */
export function reportsService(title: string): boolean {
  return SERVICE_FOUND.test(title) && !OF_A_SERVICE.test(title)
}

const END_OF_LIFE =
  /\bSEoL\b|\bEOL\/Obsolete\b|\bend[- ]of[- ](life|support)\b|\bunsupported\b.{0,40}\b(detection|version|installation|operating system|os)\b|\bunsupported (windows|unix|linux|mac ?os)/i
const OPERATING_SYSTEM =
  /\boperating system\b|\b(windows (os|nt|xp|vista|2000|2003|2008|2012|2016|7|8|8\.1|10|11|server)|unsupported windows|linux|ubuntu|debian|red hat|rhel|centos|fedora|suse|unix|mac ?os|freebsd|openbsd|netbsd|solaris|aix|hp-ux|esxi?|junos|ios(?: xe| xr)?|nx-os|fortios|pan-os)\b/i

/** `system`: the operating system gets no fixes any more; `software`: a program on it. */
export function endOfLifeOf(title: string): 'system' | 'software' | null {
  if (!END_OF_LIFE.test(title)) return null
  return OPERATING_SYSTEM.test(title) ? 'system' : 'software'
}

/** Titles of certificates that have expired; those about to expire are no such thing yet. */
export function isExpiredCertificateTitle(title: string): boolean {
  return /\bcertificate\b.{0,40}\b(has )?expired\b|\bexpired\b.{0,30}\bcertificate\b/i.test(title)
}

/** Oldest first; positions are compared. */
export const TLS_VERSIONS = ['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const

const TLS_BY_NAME: Record<string, number> = {
  sslv2: 0,
  sslv3: 1,
  tlsv1: 2,
  'tlsv1.0': 2,
  'tlsv1.1': 3,
  'tlsv1.2': 4,
  'tlsv1.3': 5,
}

/** Position in `TLS_VERSIONS` of the oldest version that a text names (`SSLv3`, `TLSv1.2`); null: it names none. */
export function oldestTlsIn(text: string): number | null {
  const words = text.toLowerCase().match(/(?:ssl|tls)v\d(?:\.\d)?/g) ?? []
  const versions = words.map((word) => TLS_BY_NAME[word]).filter((version) => version !== undefined)
  return versions.length > 0 ? Math.min(...versions) : null
}

/** What one finding tells the facts. */
export interface Signals {
  exposure: Exposure | null
  endOfLife: 'system' | 'software' | null
  expiredCertificate: boolean
  oldestTls: number | null
  /** The finding lists all versions that its service accepts. */
  tlsListed: boolean
  /** When the weakness became known, YYYY-MM-DD: the clock of its age where no fix is dated. */
  publishedOn: string | null
  /**
   * `critical` where the tool's own scale ends below it and CVSS says 9.0 or more; `info` where the tool rates what is
   * no weakness; else the finding's severity.
   */
  countedAs?: 'critical' | 'info'
  /** Somebody judged it a false positive in the tool. */
  isFalsePositive?: boolean
}

export const NO_SIGNALS: Signals = {
  exposure: null,
  endOfLife: null,
  expiredCertificate: false,
  oldestTls: null,
  tlsListed: false,
  publishedOn: null,
}

/** What the title, the port and the service of a finding tell, in any scanner's words. */
export function signalsOf(
  found: PortUse & { title: string },
  publishedOn: string | null,
  cvss: number | null,
): Signals {
  return {
    ...NO_SIGNALS,
    exposure: exposureOf(found),
    endOfLife: endOfLifeOf(found.title),
    expiredCertificate: isExpiredCertificateTitle(found.title),
    publishedOn,
    ...(cvss !== null && cvss >= 9 ? { countedAs: 'critical' as const } : {}),
  }
}
