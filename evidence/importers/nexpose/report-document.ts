/** `NexposeReport` 1.0 and 2.0: nodes with their tests first, what the tests mean only behind them. */
import { ImportError, type Severity } from '../importer.ts'
import { dayOf, provenDay } from '../scan/age.ts'
import type { Moment } from '../scan/dates.ts'
import type { CompletedFinding, createHeldFindings, HeldFinding } from '../scan/held-findings.ts'
import { parsePort } from '../scan/ports.ts'
import type { ScanHost, ScanReport } from '../scan/report.ts'
import { signalsOf } from '../scan/signals.ts'
import { CVES_PER_FINDING, cut, toCve, withoutTags } from '../scan/text.ts'
import type { ElementListener, Wanted } from '../xml-elements.ts'
import { parseNexposeTime } from './dates.ts'

export interface NexposeState {
  report: ScanReport
  held: ReturnType<typeof createHeldFindings>
  /** By id in small letters. */
  definitions: Map<string, Definition>
  scans: Map<string, Moment | null>
  /** The scan that a node's tests name; null: none. */
  hosts: Map<ScanHost, string | null>
  lastEnd: Moment | null
  /** Of scans; they name the scope where nodes name no site. */
  names: string[]
}

interface Definition {
  title: string
  severity: Severity
  publishedOn: string | null
  cves: string[]
  solution: string | null
}

const ROOT = 'nexposereport'
const NODE = `${ROOT}/nodes/node`
const ENDPOINT = `${NODE}/endpoints/endpoint`
const SERVICE = `${ENDPOINT}/services/service`
const TESTS = new Set([`${NODE}/tests/test`, `${ENDPOINT}/tests/test`, `${SERVICE}/tests/test`])
const DEFINITION = `${ROOT}/vulnerabilitydefinitions/vulnerability`
const OUTPUT: Wanted = { characters: 8200, isDeep: true }
const SOLUTION: Wanted = { characters: 4200, isDeep: true }
const NAME: Wanted = { characters: 500 }
const MAXIMUM_DEFINITIONS = 400_000
const MAXIMUM_SCANS = 10_000

export function createReportListener(state: NexposeState): ElementListener {
  const { report, held } = state
  let host: ScanHost | null = null
  let address = ''
  let isDead = false
  let names: string[] = []
  let system: { certainty: number; name: string } | null = null
  let endpoint: Readonly<Record<string, string>> = {}
  let service = ''
  let test: Omit<HeldFinding, 'host' | 'output'> | null = null
  let definition: { id: string; value: Definition } | null = null
  let isCve = false

  const currentHost = (): ScanHost => {
    if (host) return host
    const name = names[0] ?? ''
    host = report.openHost({
      name: name || address,
      hostname: name || null,
      address: address || null,
      // The console's device id tells machines apart within one console only.
      externalId: null,
      operatingSystem: system?.name ?? null,
    })
    if (!state.hosts.has(host)) state.hosts.set(host, null)
    return host
  }

  const openTest = (path: string, attributes: Readonly<Record<string, string>>): Wanted | undefined => {
    const status = attributes.status?.toLowerCase() ?? ''
    report.count('tests')
    const scan = attributes['scan-id']
    if (scan !== undefined && state.scans.has(scan)) state.hosts.set(currentHost(), scan)
    if (!isVulnerable(status)) return undefined
    const atPort = path !== `${NODE}/tests/test`
    test = {
      checkId: held.intern(cut(attributes.id, 300) ?? 'unknown'),
      port: atPort ? parsePort(endpoint.port) : null,
      protocol:
        atPort && endpoint.protocol ? held.intern(endpoint.protocol.toLowerCase().slice(0, 20)) : null,
      service: atPort && service !== '' ? held.intern(service) : null,
      firstSeenOn: dayOf(parseNexposeTime(attributes['vulnerable-since'])),
      isSuppressed: status.includes('exception'),
      isFixed: false,
      isInformation: false,
    }
    return OUTPUT
  }

  return {
    open(path, attributes) {
      if (TESTS.has(path)) return openTest(path, attributes)
      switch (path) {
        case `${ROOT}/scans/scan`:
          readScan(state, attributes)
          break
        case NODE:
          host = null
          address = attributes.address?.slice(0, 100) ?? ''
          isDead = attributes.status?.toLowerCase() === 'dead'
          names = []
          system = null
          if (attributes['site-name']) {
            report.addName(attributes['site-name'])
            state.names.length = 0
          }
          break
        case `${NODE}/names/name`:
          return NAME
        case `${NODE}/fingerprints/os`: {
          const certainty = Number(attributes.certainty) || 0
          if (system === null || certainty > system.certainty)
            system = { certainty, name: systemOf(attributes) }
          break
        }
        case ENDPOINT:
          endpoint = attributes
          service = ''
          if (attributes.status?.toLowerCase() === 'open')
            addOpenPort(report, currentHost(), attributes, null)
          break
        case SERVICE:
          service = serviceOf(attributes.name ?? '')
          if (endpoint.status?.toLowerCase() === 'open') addOpenPort(report, currentHost(), endpoint, service)
          break
        case DEFINITION:
          definition = {
            id: attributes.id?.slice(0, 300).toLowerCase() ?? '',
            value: definitionOf(attributes),
          }
          break
        case `${DEFINITION}/references/reference`:
          isCve = attributes.source?.toUpperCase() === 'CVE'
          return isCve ? NAME : undefined
        case `${DEFINITION}/solution`:
          return SOLUTION
      }
      return undefined
    },
    close(path, text) {
      if (TESTS.has(path)) {
        if (test) held.add({ ...test, host: currentHost(), output: held.keepText(tidy(text), 8000) })
        test = null
      } else if (path === NODE) {
        if (!isDead) currentHost()
      } else if (path === ENDPOINT) endpoint = {}
      else if (path === SERVICE) service = ''
      else if (path === `${NODE}/names/name`) {
        if (names.length < 10 && text.trim() !== '') names.push(text.trim())
      } else if (definition && path === `${DEFINITION}/references/reference` && isCve) {
        const cve = toCve(text)
        const { cves } = definition.value
        if (cve && cves.length < CVES_PER_FINDING && !cves.includes(cve)) cves.push(cve)
      } else if (definition && path === `${DEFINITION}/solution`)
        definition.value.solution = held.keepText(tidy(text), 4000)
      else if (definition && path === DEFINITION) {
        addDefinition(state, definition.id, definition.value)
        definition = null
      }
    },
  }
}

export function completeFinding(
  { host: _, isInformation: __, isFixed: ___, ...kept }: HeldFinding,
  { report, definitions, lastEnd }: NexposeState,
): CompletedFinding {
  const definition = definitions.get(kept.checkId.toLowerCase())
  const severity = definition?.severity ?? 'unknown'
  if (severity === 'unknown') report.countUnrated()
  if (!definition) report.count('withoutDefinition')
  const parts = {
    ...kept,
    title: definition?.title || kept.checkId,
    severity,
    cves: definition?.cves ?? [],
    solution: definition?.solution ?? null,
    fixAvailableOn: null,
  }
  const publishedOn = definition?.publishedOn ?? provenDay(kept.firstSeenOn, lastEnd)
  return { parts, signals: signalsOf(parts, publishedOn, null) }
}

/** `vulnerable-exploited`, `vulnerable-version`, `vulnerable-potential`; with an exception they are passed over by order. */
const isVulnerable = (status: string) => /^(exception-)?vulnerable\b/.test(status)

function readScan(state: NexposeState, attributes: Readonly<Record<string, string>>): void {
  const end = parseNexposeTime(attributes.endTime)
  const status = attributes.status?.toLowerCase() ?? ''
  if (attributes.name && state.names.length < 3) state.names.push(attributes.name.slice(0, 200))
  if (status !== '' && status !== 'finished')
    state.report.addGap(`A scan is not finished: Nexpose calls it "${status.slice(0, 40)}".`)
  if (attributes.id && state.scans.size < MAXIMUM_SCANS) state.scans.set(attributes.id.slice(0, 100), end)
  if (end && (state.lastEnd === null || end.time > state.lastEnd.time)) state.lastEnd = end
}

function definitionOf(attributes: Readonly<Record<string, string>>): Definition {
  return {
    title: withoutTags(attributes.title ?? '').slice(0, 500),
    severity: severityOf(attributes.severity ?? ''),
    publishedOn: dayOf(parseNexposeTime(attributes.published)),
    cves: [],
    solution: null,
  }
}

/** 8–10 critical, 4–7 severe, 1–3 moderate, in Rapid7's words; 0 is none. */
function severityOf(text: string): Severity {
  const level = /^\s*\d{1,2}\s*$/.test(text) ? Number(text) : Number.NaN
  if (level >= 8 && level <= 10) return 'critical'
  if (level >= 4 && level < 8) return 'high'
  if (level >= 1 && level < 4) return 'medium'
  return level === 0 ? 'info' : 'unknown'
}

function addDefinition({ definitions }: NexposeState, id: string, definition: Definition): void {
  if (definitions.size >= MAXIMUM_DEFINITIONS)
    throw new ImportError(
      'too-large',
      `The file defines more than ${MAXIMUM_DEFINITIONS} checks. Export it in parts.`,
    )
  if (id !== '' && !definitions.has(id)) definitions.set(id, definition)
}

function addOpenPort(
  report: ScanReport,
  host: ScanHost,
  { port, protocol = 'tcp' }: Readonly<Record<string, string>>,
  service: string | null,
): void {
  report.addOpenPort(host, { port: parsePort(port), protocol, service })
}

/** Rapid7's own names, where others have one for the same. */
export function serviceOf(name: string): string {
  const trimmed = name.trim().slice(0, 100)
  if (/^<?unknown>?$/i.test(trimmed)) return ''
  return /^rdp$|remote desktop/i.test(trimmed) ? 'rdp' : trimmed
}

function systemOf({ vendor, product, family, version }: Readonly<Record<string, string>>): string {
  const name = product || family || ''
  const maker = vendor && !name.toLowerCase().startsWith(vendor.toLowerCase()) ? vendor : ''
  return [maker, name, version].filter(Boolean).join(' ').slice(0, 300)
}

/** Without the indentation of the markup around it. */
const tidy = (text: string) => text.replace(/[ \t]*\n\s*/g, '\n').trim()
