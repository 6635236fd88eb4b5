/** Counts what facts count by machine or by its port, and not by finding: ten findings on one open port are one open port. */
import {
  endOfLifeOf,
  exposureOf,
  isExpiredCertificateTitle,
  reportsService,
} from '#evidence/importers/scan/signals.ts'
import type { FixPlan, InsurerKey, OpenFindings } from './fixes.ts'
import { remedyOf } from './remedies.ts'

const EXPOSURE_KEYS = {
  rdp: 'exposure.rdp_open_count',
  smb: 'exposure.smb_open_count',
  telnet: 'exposure.telnet_open_count',
} as const

const PLACE_KEYS = {
  'exposure.rdp_open_count': 'port',
  'exposure.smb_open_count': 'port',
  'exposure.telnet_open_count': 'port',
  'exposure.tls_expired_cert_count': 'port',
  'vuln.eol_os_count': 'machine',
  'vuln.eol_internet_facing_count': 'machine',
} as const satisfies Partial<Record<InsurerKey, 'port' | 'machine'>>
type PlaceKey = keyof typeof PLACE_KEYS

/** Findings whose places are counted; null: whatever it is. */
export interface PlacePart {
  checkRef: string
  isExternal: true | null
  use: { port: number; protocol: string | null; service: string | null } | null
}

/** One number to be counted: the distinct machines, or their ports, over all of its parts. */
export interface PlaceCount {
  by: 'port' | 'machine'
  parts: PlacePart[]
}

interface Request extends PlaceCount {
  key: PlaceKey
  /** `open`: all there are; `closed`: what the chosen fixes close; `left`: what none of them is about; else a fix. */
  of: 'open' | 'closed' | 'left' | { fix: string }
}

/** What a database has to count for a plan. */
export function requestPlaces(open: readonly OpenFindings[], plan: FixPlan): Request[] {
  const chosen = new Set(plan.chosen.map(({ key }) => key))
  const listed = new Set([...plan.chosen, ...plan.further].map(({ key }) => key))
  const requests = new Map<string, Request & { seen: Set<string> }>()
  const add = (of: Request['of'], key: PlaceKey, part: PlacePart) => {
    const name = `${key} ${JSON.stringify(of)}`
    const request = requests.get(name) ?? { key, of, by: PLACE_KEYS[key], parts: [], seen: new Set() }
    requests.set(name, request)
    const written = JSON.stringify(part)
    if (!request.seen.has(written)) request.parts.push(part)
    request.seen.add(written)
  }
  for (const group of open) {
    const fix = remedyOf(group).key
    for (const { key, part, isCause } of placesOf(group)) {
      add('open', key, part)
      if (isCause && listed.has(fix)) add({ fix }, key, part)
      // A port is closed by whoever was told that it is open; a machine is up to date when nothing of it is left.
      if (key in EXPOSED) {
        if (isCause && chosen.has(fix)) add('closed', key, part)
      } else if (!chosen.has(fix)) add('left', key, part)
    }
  }
  return [...requests.values()].map(({ seen: _seen, ...request }) => request)
}

const EXPOSED = Object.fromEntries(Object.values(EXPOSURE_KEYS).map((key) => [key, true]))

function placesOf(group: OpenFindings): { key: PlaceKey; part: PlacePart; isCause: boolean }[] {
  const { checkRef, title, isExternal, port, protocol, service } = group
  const whole = { checkRef, isExternal: null, use: null }
  const places: { key: PlaceKey; part: PlacePart; isCause: boolean }[] = []
  const exposure = isExternal ? exposureOf(group) : null
  if (exposure && port !== null) {
    const part = { checkRef, isExternal: true as const, use: { port, protocol, service } }
    places.push({ key: EXPOSURE_KEYS[exposure], part, isCause: reportsService(title) })
  }
  const endOfLife = endOfLifeOf(title)
  if (endOfLife === 'system') places.push({ key: 'vuln.eol_os_count', part: whole, isCause: true })
  if (endOfLife && isExternal) {
    const part = { ...whole, isExternal: true as const }
    places.push({ key: 'vuln.eol_internet_facing_count', part, isCause: true })
  }
  if (isExpiredCertificateTitle(title))
    places.push({ key: 'exposure.tls_expired_cert_count', part: whole, isCause: true })
  return places
}

/** @param counts of the requests, in their order */
export function withPlaces(plan: FixPlan, requests: readonly Request[], counts: readonly number[]): FixPlan {
  const numbers = new Map(
    requests.map(({ key, of }, index) => [`${key} ${JSON.stringify(of)}`, counts[index] ?? 0]),
  )
  const numberOf = (key: PlaceKey, of: Request['of']) => numbers.get(`${key} ${JSON.stringify(of)}`) ?? 0
  const keys = Object.keys(PLACE_KEYS) as PlaceKey[]
  const left = { ...plan.left }
  for (const key of keys) {
    const open = numberOf(key, 'open')
    delete left[key]
    if (open > 0)
      left[key] = { open, left: key in EXPOSED ? open - numberOf(key, 'closed') : numberOf(key, 'left') }
  }
  const counted = (fixes: FixPlan['chosen']) =>
    fixes.map((fix) => {
      const places = keys.filter((key) => fix.counts[key] !== undefined)
      return {
        ...fix,
        counts: {
          ...fix.counts,
          ...Object.fromEntries(places.map((key) => [key, numberOf(key, { fix: fix.key })])),
        },
      }
    })
  return { ...plan, chosen: counted(plan.chosen), further: counted(plan.further), left }
}
