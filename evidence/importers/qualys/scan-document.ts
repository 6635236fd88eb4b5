/** `SCAN`: the results of one scan; each finding brings its severity and its fix along. */
import type { Finding } from '../importer.ts'
import { parsePort } from '../scan/ports.ts'
import type { ScanHost } from '../scan/report.ts'
import { signalsOf } from '../scan/signals.ts'
import { CVES_PER_FINDING, cut, cvesIn, toCve, withoutTags } from '../scan/text.ts'
import type { ElementListener, Wanted } from '../xml-elements.ts'
import { severityOfLevel } from './glossary.ts'
import type { QualysState } from './report-document.ts'
import { loginOf, openPortsOf, parseQualysTime } from './results.ts'

const own = (characters: number): Wanted => ({ characters })
const ITEMS = new Map([
  ['scan/ip/infos/cat/info', 'information'],
  ['scan/ip/services/cat/service', 'services'],
  ['scan/ip/vulns/cat/vuln', 'confirmed'],
  ['scan/ip/practices/cat/practice', 'potential'],
])
const TEXTS: Record<string, Wanted> = {
  title: own(600),
  solution: own(8000),
  result: own(20_000),
  'cve_id_list/cve_id/id': own(100),
}

export function createScanListener(state: QualysState): ElementListener {
  const { report } = state
  let host: ScanHost | null = null
  let category: Readonly<Record<string, string>> = {}
  let item: { path: string; kind: string; number: string; severity: string; cveid: string } | null = null
  let texts: Record<string, string> = {}
  let cves: string[] = []
  let key = ''

  const readHeader = (text: string) => {
    if (key === 'DATE') state.date ??= parseQualysTime(text)
    else if (key === 'TITLE') report.addName(withoutTags(text))
    else if (key === 'TARGET') report.addName(text)
    else if (key === 'SCAN_HOST') report.setVersion(/\(Scanner ([\w.-]{1,40})/.exec(text)?.[1])
    else if (key === 'STATUS' && !/^(finished|nohostalive)$/i.test(text))
      report.addGap(`The scan is not finished: Qualys calls it "${text.slice(0, 40)}".`)
  }

  const addItem = (target: ScanHost, { kind, number, severity, cveid }: NonNullable<typeof item>) => {
    const result = texts.result ?? ''
    const seen = state.hosts.get(target)
    const login = loginOf(number, result)
    if (seen && login !== null) seen.credentialed = login && seen.credentialed !== false
    for (const use of openPortsOf(number, result)) report.addOpenPort(target, use)
    report.count(kind)
    const port = parsePort(category.port)
    const protocol = category.protocol?.toLowerCase().slice(0, 20) || null
    if (port !== null) report.addOpenPort(target, { port, protocol, service: null })
    // What is told for information only is no finding.
    if (kind === 'information' || kind === 'services') return
    const level = severityOfLevel(severity)
    if (level === 'unknown') report.countUnrated()
    const parts: Omit<Finding, 'assetKey'> = {
      checkId: cut(number, 64) ?? 'unknown',
      title: withoutTags(texts.title ?? '').slice(0, 500) || `QID ${number.slice(0, 64)}`,
      severity: level,
      port,
      protocol,
      service: null,
      cves: [...new Set([...cvesIn(cveid), ...cves.map(toCve).filter((cve) => cve !== null)])],
      solution: cut(withoutTags(texts.solution ?? ''), 4000),
      fixAvailableOn: null,
      firstSeenOn: null,
      isSuppressed: false,
      output: cut(result, 8000),
    }
    report.addFinding(target, parts, signalsOf(parts, null, null))
  }

  return {
    open(path, attributes) {
      const kind = ITEMS.get(path)
      if (kind !== undefined) {
        const { number = '', severity = '', cveid = '' } = attributes
        item = { path, kind, number: number.slice(0, 64), severity, cveid: cveid.slice(0, 100_000) }
        texts = {}
        cves = []
      } else if (item) return TEXTS[path.slice(item.path.length + 1)]
      else if (path === 'scan/ip') {
        const address = attributes.value ?? ''
        const name = /^no registered/i.test(attributes.name ?? '') ? '' : (attributes.name ?? '')
        host = report.openHost({
          name: name || address,
          hostname: name || null,
          address: address || null,
          externalId: null,
          operatingSystem: null,
        })
        if (!state.hosts.has(host)) state.hosts.set(host, { lastFound: null, credentialed: null })
      } else if (path === 'scan/ip/os') return own(500)
      else if (path === 'scan/ip/netbios_hostname') return own(300)
      else if (path.startsWith('scan/ip/') && path.endsWith('/cat')) category = attributes
      else if (path === 'scan/header/key') {
        key = (attributes.value ?? '').toUpperCase()
        return own(500)
      }
      return undefined
    },
    close(path, text, wasCut) {
      if (item && path === item.path) {
        if (host) addItem(host, item)
        item = null
      } else if (item) {
        const below = path.slice(item.path.length + 1)
        if (below === 'cve_id_list/cve_id/id') {
          if (cves.length < CVES_PER_FINDING) cves.push(text)
        } else if (below in TEXTS) texts[below] ??= text.trim()
        if (wasCut && ['vulns', 'practices'].some((part) => path.startsWith(`scan/ip/${part}/`)))
          report.countShortened()
      } else if (path === 'scan/ip/os' && host) host.description.operatingSystem ??= cut(text, 300)
      else if (path === 'scan/ip/netbios_hostname' && host) host.description.hostname ??= cut(text, 500)
      else if (path === 'scan/header/key') readHeader(text.trim())
    },
  }
}
