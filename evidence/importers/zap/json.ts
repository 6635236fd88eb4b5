/** ZAP's traditional JSON report: `site` is a list of sites, or one site. */
import { asList, asObject, asText, type Json, type JsonListener, type JsonPath } from '../json-reader.ts'
import type { ScanHost } from '../scan/report.ts'
import { SHOWN_INSTANCES, type ZapAlert, type ZapReport, type ZapSite } from './report.ts'

/** Where a site's name stands behind its alerts, these wait for it. */
const MAXIMUM_WAITING = 1000

export function createZapJsonListener(report: ZapReport): JsonListener & { end(): void } {
  const head = { version: '', generated: '', created: '' }
  let place = ''
  let site: ZapSite = emptySite()
  let host: ScanHost | null = null
  let isOpen = false
  let waiting: ZapAlert[] = []

  const closeSite = () => {
    if (!isOpen) return
    host ??= report.openSite(site)
    for (const alert of waiting) report.addAlert(host, site, alert)
    waiting = []
    host = null
    site = emptySite()
    isOpen = false
  }
  const enterSite = (path: JsonPath) => {
    const now = typeof path[1] === 'number' ? String(path[1]) : ''
    if (isOpen && now === place) return
    closeSite()
    place = now
    isOpen = true
  }
  /** The path inside the site; null: not inside one. */
  const below = (path: JsonPath): JsonPath | null => {
    if (path[0] !== 'site') return null
    return typeof path[1] === 'number' ? path.slice(2) : path.slice(1)
  }
  const isKnown = () => site.name !== '' && site.host !== '' && site.port !== ''

  return {
    choose(path, kind) {
      if (path.length === 0) return kind === 'object' ? 'enter' : 'skip'
      if (path.length === 1 && kind === 'scalar')
        return ['@version', '@generated', 'created', '@created'].includes(String(path[0])) ? 'take' : 'skip'
      const inside = below(path)
      if (inside === null) return 'skip'
      if (inside.length === 0) {
        // The list itself is no site.
        if (kind === 'object') enterSite(path)
        return kind === 'scalar' ? 'skip' : 'enter'
      }
      if (inside.length === 1) {
        if (kind === 'scalar') return String(inside[0]).startsWith('@') ? 'take' : 'skip'
        return inside[0] === 'alerts' ? 'enter' : 'skip'
      }
      return inside[0] === 'alerts' && kind === 'object' ? 'take' : 'skip'
    },
    value(path, value) {
      const inside = below(path)
      if (inside === null) {
        const name = String(path[0]).replace(/^@/, '') as keyof typeof head
        head[name] = asText(value) ?? ''
        return
      }
      if (inside.length === 1) {
        const text = (asText(value) ?? String(value)).slice(0, 500)
        if (inside[0] === '@name') site.name = text
        else if (inside[0] === '@host') site.host = text
        else if (inside[0] === '@port') site.port = text
        else if (inside[0] === '@ssl') site.isTls = text.toLowerCase() === 'true'
        return
      }
      const alert = alertOf(value)
      if (!isKnown() && waiting.length < MAXIMUM_WAITING) waiting.push(alert)
      else {
        host ??= report.openSite(site)
        for (const earlier of waiting) report.addAlert(host, site, earlier)
        waiting = []
        report.addAlert(host, site, alert)
      }
    },
    end() {
      closeSite()
      report.head(head.version, head.generated, head.created)
    },
  }
}

const emptySite = (): ZapSite => ({ name: '', host: '', port: '', isTls: false })

function alertOf(value: Json): ZapAlert {
  const alert = asObject(value) ?? {}
  const text = (name: string, characters: number) => asText(alert[name])?.slice(0, characters) ?? ''
  const all = asList(alert.instances)
  const long = ['desc', 'solution', 'otherinfo'].some((name) => (asText(alert[name])?.length ?? 0) > 20_000)
  return {
    pluginId: text('pluginid', 64),
    alertRef: text('alertRef', 64),
    name: text('name', 600) || text('alert', 600),
    riskCode: text('riskcode', 10),
    confidence: text('confidence', 10),
    description: text('desc', 20_000),
    solution: text('solution', 20_000),
    otherInfo: text('otherinfo', 20_000),
    instances: all.slice(0, SHOWN_INSTANCES).map((one) => {
      const { method, uri, param } = asObject(one) ?? {}
      return {
        method: asText(method)?.slice(0, 20) ?? '',
        uri: asText(uri)?.slice(0, 1000) ?? '',
        param: asText(param)?.slice(0, 200) ?? '',
      }
    }),
    instanceCount: all.length,
    wasShortened: long,
  }
}
