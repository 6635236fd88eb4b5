/** What one report item shows besides its severity: an exposed service, an unsupported system, an old protocol. */
import type { NessusItem } from './document.ts'

export type Exposure = 'rdp' | 'smb' | 'telnet'

interface Service {
  port: number
  names: readonly string[]
}

export const SERVICES: Record<Exposure, Service> = {
  rdp: { port: 3389, names: ['msrdp', 'ms-wbt-server', 'ms-term-serv', 'ms-term-services', 'rdp'] },
  smb: { port: 445, names: ['cifs', 'microsoft-ds'] },
  telnet: { port: 23, names: ['telnet'] },
}
const EXPOSURES = Object.keys(SERVICES) as Exposure[]

// Services that Nessus has spoken to: on a well-known port, they prove that another service is not there.
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

/** The remote service that a TCP item was reported on; a `?` in its name is Nessus's mark of a guess. */
export function exposureOf(item: NessusItem, port: number | null): Exposure | null {
  if (port === null || (item.protocol !== '' && item.protocol.toLowerCase() !== 'tcp')) return null
  const name = item.service.toLowerCase().replace(/\?$/, '')
  const byName = EXPOSURES.find((exposure) => SERVICES[exposure].names.includes(name))
  if (byName) return byName
  if (IDENTIFIED.has(name)) return null
  return EXPOSURES.find((exposure) => SERVICES[exposure].port === port) ?? null
}

// Unsupported Unix; Windows (remote and local); Windows 2000, XP, Server 2003, 7 and 2008 R2.
const EOL_SYSTEM_PLUGINS = new Set(['33850', '108797', '47709', '73182', '84729', '122615'])
const END_OF_LIFE =
  /\bSEoL\b|\bend[- ]of[- ](life|support)\b|\bunsupported\b.{0,40}\b(detection|version|installation|operating system|os)\b|\bunsupported (windows|unix|linux|mac ?os)/i
const OPERATING_SYSTEM =
  /\boperating system\b|\b(windows (os|nt|xp|vista|2000|2003|2008|2012|2016|7|8|8\.1|10|11|server)|unsupported windows|linux|ubuntu|debian|red hat|rhel|centos|fedora|suse|unix|mac ?os|freebsd|openbsd|netbsd|solaris|aix|hp-ux|esxi?|junos|ios(?: xe| xr)?|nx-os|fortios|pan-os)\b/i

/** `system`: the operating system gets no fixes any more; `software`: a program on it. */
export function endOfLifeOf(item: NessusItem): 'system' | 'software' | null {
  if (EOL_SYSTEM_PLUGINS.has(item.pluginId)) return 'system'
  if (!END_OF_LIFE.test(item.pluginName)) return null
  return OPERATING_SYSTEM.test(item.pluginName) ? 'system' : 'software'
}

/** Plugin 15901 reports certificates that have expired; those about to expire have another plugin. */
export function isExpiredCertificate(item: NessusItem): boolean {
  return item.pluginId === '15901'
}

/** Oldest first; positions are compared. */
export const TLS_VERSIONS = ['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const

const TLS_BY_PLUGIN: Record<string, number> = { '104743': 2, '121010': 3, '157288': 3 }
const TLS_BY_NAME: Record<string, number> = {
  sslv2: 0,
  sslv3: 1,
  tlsv1: 2,
  'tlsv1.0': 2,
  'tlsv1.1': 3,
  'tlsv1.2': 4,
  'tlsv1.3': 5,
}

/** Position in `TLS_VERSIONS` of the oldest version a service accepts; 56984 lists all of a service's versions. */
export function oldestTlsOf(item: NessusItem): number | null {
  const known = TLS_BY_PLUGIN[item.pluginId]
  if (known !== undefined) return known
  if (item.pluginId !== '56984' && item.pluginId !== '20007') return null
  const words = item.fields.plugin_output.toLowerCase().match(/(?:ssl|tls)v\d(?:\.\d)?/g) ?? []
  const versions = words.map((word) => TLS_BY_NAME[word]).filter((version) => version !== undefined)
  return versions.length > 0 ? Math.min(...versions) : null
}
