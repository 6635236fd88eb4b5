/** `NeXposeSimpleXML`: the older form, with codes for results and without any severity. */
import type { Moment } from '../scan/dates.ts'
import { parsePort } from '../scan/ports.ts'
import type { ScanHost, ScanReport } from '../scan/report.ts'
import { signalsOf } from '../scan/signals.ts'
import { CVES_PER_FINDING, cut, toCve } from '../scan/text.ts'
import type { ElementListener, Wanted } from '../xml-elements.ts'
import { parseNexposeTime } from './dates.ts'
import { serviceOf } from './report-document.ts'

const ROOT = 'nexposesimplexml'
const DEVICE = `${ROOT}/devices/device`
const SERVICE = `${DEVICE}/services/service`
const FOUND = new Set([`${DEVICE}/vulnerabilities/vulnerability`, `${SERVICE}/vulnerabilities/vulnerability`])
const IDS = new Set([...FOUND].map((path) => `${path}/id`))
const SHORT: Wanted = { characters: 500 }

export interface SimpleState {
  report: ScanReport
  lastEnd: Moment | null
}

export function createSimpleListener(state: SimpleState): ElementListener {
  const { report } = state
  let host: ScanHost | null = null
  let service: Readonly<Record<string, string>> | null = null
  let found: { id: string; code: string; cves: string[] } | null = null
  let isCve = false
  let records = 0

  const addFinding = (target: ScanHost, { id, code, cves }: NonNullable<typeof found>) => {
    report.count('tests')
    // VE exploited, VV by version, VP potential; EE, EV and EP the same with an exception; the rest is no weakness.
    if (!/^[VE][EVP]$/.test(code)) return
    records += 1
    report.setRecords(records)
    report.countUnrated()
    const parts = {
      checkId: cut(id, 300) ?? 'unknown',
      title: cut(id, 500) ?? 'A check without a name',
      severity: 'unknown' as const,
      port: parsePort(service?.port),
      protocol: cut(service?.protocol, 20)?.toLowerCase() ?? null,
      service: service ? serviceOf(service.name ?? '') || null : null,
      cves: [...new Set(cves)],
      solution: null,
      fixAvailableOn: null,
      firstSeenOn: null,
      isSuppressed: code.startsWith('E'),
      output: null,
    }
    report.addFinding(target, parts, signalsOf(parts, null, null))
  }

  return {
    open(path, attributes) {
      if (FOUND.has(path))
        found = { id: attributes.id ?? '', code: attributes.resultCode?.toUpperCase() ?? '', cves: [] }
      else if (IDS.has(path)) {
        isCve = attributes.type?.toLowerCase() === 'cve'
        return isCve ? SHORT : undefined
      } else if (path === DEVICE) {
        const address = attributes.address ?? ''
        host = report.openHost({
          name: address,
          hostname: null,
          address: address || null,
          externalId: null,
          operatingSystem: null,
        })
      } else if (path === SERVICE) {
        service = attributes
        if (host) {
          const { port, protocol = 'tcp', name = '' } = attributes
          report.addOpenPort(host, { port: parsePort(port), protocol, service: serviceOf(name) })
        }
      } else if (path === `${ROOT}/generated` || path === `${DEVICE}/fingerprint/description`) return SHORT
      return undefined
    },
    close(path, text) {
      if (FOUND.has(path)) {
        if (host && found) addFinding(host, found)
        found = null
      } else if (IDS.has(path)) {
        const cve = isCve ? toCve(text) : null
        if (found && cve && found.cves.length < CVES_PER_FINDING) found.cves.push(cve)
      } else if (path === SERVICE) service = null
      else if (path === `${ROOT}/generated`) state.lastEnd ??= parseNexposeTime(text)
      else if (path === `${DEVICE}/fingerprint/description` && host)
        host.description.operatingSystem ??= cut(text, 300)
    },
  }
}
