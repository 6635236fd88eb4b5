/** `ASSET_DATA_REPORT`: hosts with their findings first, what the checks mean only behind them. */
import { dayOf } from '../scan/age.ts'
import type { Moment } from '../scan/dates.ts'
import type { createHeldFindings } from '../scan/held-findings.ts'
import { parsePort } from '../scan/ports.ts'
import type { ScanHost, ScanReport } from '../scan/report.ts'
import { CVES_PER_FINDING, cut, toCve, withoutTags } from '../scan/text.ts'
import type { ElementListener, Wanted } from '../xml-elements.ts'
import { addCheck, type Check, severityOfLevel } from './glossary.ts'
import { enabledTlsOf, loginOf, openPortsOf, parseQualysTime, serviceOf } from './results.ts'

export interface QualysState {
  report: ScanReport
  held: ReturnType<typeof createHeldFindings>
  checks: Map<string, Check>
  hosts: Map<ScanHost, { lastFound: Moment | null; credentialed: boolean | null }>
  date: Moment | null
}

const ROOT = 'asset_data_report'
const HOST = `${ROOT}/host_list/host`
const INFO = `${HOST}/vuln_info_list/vuln_info`
const DETAILS = `${ROOT}/glossary/vuln_details_list/vuln_details`

const wanted = (prefix: string, paths: Record<string, number>) =>
  Object.entries(paths).map(([path, characters]) => [`${prefix}/${path}`, { characters }] as [string, Wanted])
const TEXTS = new Map<string, Wanted>([
  ...wanted(`${ROOT}/header`, {
    generation_datetime: 60,
    'target/user_asset_groups/asset_group_title': 200,
    'target/asset_tag_list/included_tags/asset_tag': 200,
  }),
  ...wanted(HOST, {
    ip: 100,
    tracking_method: 40,
    dns: 500,
    netbios: 300,
    operating_system: 500,
    qg_hostid: 200,
    host_id: 200,
    ec2_instance_id: 200,
  }),
  ...wanted(INFO, {
    qid: 64,
    type: 40,
    port: 20,
    service: 100,
    protocol: 20,
    result: 20_000,
    first_found: 60,
    last_found: 60,
    vuln_status: 40,
    disabled: 10,
    ignored: 10,
  }),
  ...wanted(DETAILS, { qid: 64, title: 600, severity: 20, solution: 8000, 'cve_id_list/cve_id/id': 100 }),
])

export function createReportListener(state: QualysState): ElementListener {
  const { report, held, checks } = state
  let host: ScanHost | null = null
  let about: Record<string, string> = {}
  let info: Record<string, string> = {}
  let details: Record<string, string> = {}
  let cves: string[] = []
  let qidAttribute = ''

  const currentHost = (): ScanHost => {
    if (host) return host
    const address = about.ip ?? ''
    const name = [about.dns, about.netbios].find((one) => one && !/^no registered/i.test(one)) ?? ''
    host = report.openHost({
      name: name || address,
      hostname: name || null,
      address: address || null,
      externalId: about.qg_hostid || about.ec2_instance_id || about.host_id || null,
      operatingSystem: about.operating_system || null,
    })
    // The agent's results are local ones, as with a login.
    const isAgent = /agent/i.test(about.tracking_method ?? '')
    if (!state.hosts.has(host))
      state.hosts.set(host, { lastFound: null, credentialed: isAgent ? true : null })
    return host
  }

  const addFinding = () => {
    const target = currentHost()
    const qid = info.qid || qidAttribute
    const result = info.result ?? ''
    const seen = state.hosts.get(target)
    const found = parseQualysTime(info.last_found ?? '')
    const login = loginOf(qid, result)
    if (seen) {
      if (found && (seen.lastFound === null || found.time > seen.lastFound.time)) seen.lastFound = found
      // Where two checks disagree, a login that failed is the likelier truth.
      if (login !== null) seen.credentialed = login && seen.credentialed !== false
    }
    for (const use of openPortsOf(qid, result)) report.addOpenPort(target, use)
    const type = (info.type ?? '').toLowerCase()
    const isInformation = type === 'ig'
    report.count(isInformation ? 'information' : type === 'practice' ? 'potential' : 'confirmed')
    const isFixed = /^fixed$/i.test(info.vuln_status ?? '')
    if (isFixed) report.count('fixed')
    const protocol = info.protocol?.toLowerCase()
    const service = serviceOf(info.service ?? '')
    const tls = enabledTlsOf(qid, result)
    held.add({
      host: target,
      checkId: held.intern(cut(qid, 64) ?? 'unknown'),
      port: parsePort(info.port),
      protocol: protocol ? held.intern(protocol) : null,
      service: service ? held.intern(service) : null,
      firstSeenOn: dayOf(parseQualysTime(info.first_found ?? '')),
      // What a service accepts may stand behind the first thousands of characters.
      output: held.keepText(tls === '' ? result : `${tls}\n${result}`, 8000),
      isSuppressed: [info.disabled, info.ignored].some((flag) => /^(1|true|yes)$/i.test(flag ?? '')),
      isFixed,
      isInformation,
    })
  }

  const addDetails = () => {
    const qid = details.qid || qidAttribute
    if (qid === '') return
    addCheck(checks, held.intern(qid), {
      title: withoutTags(details.title ?? '').slice(0, 500),
      severity: severityOfLevel(details.severity ?? ''),
      solution: held.keepText(withoutTags(details.solution ?? ''), 4000),
      cves: [...new Set(cves.map(toCve).filter((cve) => cve !== null))],
    })
  }

  return {
    open(path, attributes) {
      if (path === HOST) {
        host = null
        about = {}
      } else if (path === INFO) info = {}
      else if (path === DETAILS) {
        details = {}
        cves = []
      } else if (path === `${INFO}/qid` || path === `${DETAILS}/qid`)
        qidAttribute = (attributes.id ?? '').replace(/^qid_/i, '')
      return TEXTS.get(path)
    },
    close(path, text, wasCut) {
      if (path === INFO) addFinding()
      else if (path === HOST) currentHost()
      else if (path === DETAILS) addDetails()
      else if (!TEXTS.has(path)) return
      else if (path.startsWith(`${INFO}/`)) {
        info[path.slice(INFO.length + 1)] ??= text.trim()
        if (wasCut) report.countShortened()
      } else if (path.startsWith(`${HOST}/`)) about[path.slice(HOST.length + 1)] ??= text.trim()
      else if (path === `${DETAILS}/cve_id_list/cve_id/id`) {
        if (cves.length < CVES_PER_FINDING) cves.push(text)
      } else if (path.startsWith(`${DETAILS}/`)) details[path.slice(DETAILS.length + 1)] ??= text.trim()
      else if (path.endsWith('/generation_datetime')) state.date ??= parseQualysTime(text)
      else if (text.trim() !== '')
        report.addName(`${path.endsWith('tag') ? 'tag' : 'asset group'} ${text.trim()}`)
    },
  }
}
