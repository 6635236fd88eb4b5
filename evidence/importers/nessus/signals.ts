/** What Nessus's plugins show besides a severity; the plugins with a fixed meaning are known by their ids. */
import { endOfLifeOf, exposureOf, oldestTlsIn, type Signals } from '../scan/signals.ts'
import type { NessusItem } from './document.ts'

// Unsupported Unix; Windows (remote and local); Windows 2000, XP, Server 2003, 7 and 2008 R2.
const EOL_SYSTEM_PLUGINS = new Set(['33850', '108797', '47709', '73182', '84729', '122615'])
const EXPIRED_CERTIFICATE_PLUGIN = '15901'
/** Lists all versions that a service accepts. */
const TLS_LIST_PLUGIN = '56984'
const TLS_BY_PLUGIN: Record<string, number> = { '104743': 2, '121010': 3, '157288': 3 }

export function nessusSignals(item: NessusItem, port: number | null, publishedOn: string | null): Signals {
  const tls = oldestTlsOf(item)
  return {
    exposure: exposureOf({ port, protocol: item.protocol, service: item.service }),
    endOfLife: EOL_SYSTEM_PLUGINS.has(item.pluginId) ? 'system' : endOfLifeOf(item.pluginName),
    // Certificates about to expire have another plugin.
    expiredCertificate: item.pluginId === EXPIRED_CERTIFICATE_PLUGIN,
    oldestTls: tls,
    tlsListed: tls !== null && item.pluginId === TLS_LIST_PLUGIN,
    publishedOn,
  }
}

function oldestTlsOf(item: NessusItem): number | null {
  const known = TLS_BY_PLUGIN[item.pluginId]
  if (known !== undefined) return known
  if (item.pluginId !== TLS_LIST_PLUGIN && item.pluginId !== '20007') return null
  return oldestTlsIn(item.fields.plugin_output)
}
