/** Which machine a scan's host is among those already known of a client, and why: never on evidence that conflicts. */
import { firstLabel, foldAddress, foldHostname, isQualified, isTelling, toolFamily } from './asset-names.ts'

export const IDENTITY_RULES = [
  'new',
  'external-id',
  'hostname',
  'hostname-address',
  'short-name',
  'address',
  'key',
  'person',
] as const
export type IdentityRule = (typeof IDENTITY_RULES)[number]

/** A host as one import shows it. Names and addresses are folded (`foldTraits`). */
export interface Traits {
  /** Its name within its file. */
  key: string
  hostname: string | null
  address: string | null
  externalId: string | null
  tool: string
  seenAt: Date
}

export interface KnownSighting extends Traits {
  assetId: string
}

export interface Match {
  key: string
  /** null: a machine not seen before; `sameAs` names another key of this file that is the same new machine. */
  assetId: string | null
  sameAs: string | null
  rule: IdentityRule
  /** In words, for whoever wonders why two sightings are one machine. */
  reason: string
}

/** An address is taken for the same machine within this time only: later another machine may have been given it. */
export const ADDRESS_DAYS = 30
const DAY = 86_400_000

export function foldTraits(traits: Traits): Traits {
  return { ...traits, hostname: foldHostname(traits.hostname), address: foldAddress(traits.address) }
}

type Test = (host: Traits, known: Traits) => boolean

const sameId: Test = (host, known) =>
  host.externalId !== null &&
  host.externalId.toLowerCase() === known.externalId?.toLowerCase() &&
  toolFamily(host.tool) === toolFamily(known.tool)
const sameFullName: Test = (host, known) =>
  host.hostname !== null && isQualified(host.hostname) && host.hostname === known.hostname
const sameAddress: Test = (host, known) =>
  host.address !== null && host.address === known.address && isTelling(host.address)
const isRecent: Test = (host, known) =>
  Math.abs(host.seenAt.getTime() - known.seenAt.getTime()) <= ADDRESS_DAYS * DAY

/** From the strongest to the weakest; each is tried on all hosts of a file before the next one is. */
const STEPS: { rule: IdentityRule; test: Test; isStrong: boolean; words: (host: Traits) => string }[] = [
  { rule: 'external-id', test: sameId, isStrong: true, words: ({ externalId }) => `Same id ${externalId}` },
  {
    rule: 'hostname',
    test: sameFullName,
    isStrong: true,
    words: ({ hostname }) => `Same host name ${hostname}`,
  },
  {
    rule: 'hostname-address',
    test: (host, known) => host.hostname !== null && sharesLabel(host, known) && sameAddress(host, known),
    isStrong: false,
    words: ({ hostname, address }) => `Same name ${hostname} and address ${address}`,
  },
  {
    rule: 'short-name',
    test: (host, known) => host.hostname !== null && sharesLabel(host, known),
    isStrong: false,
    words: ({ hostname }) => `Same short name ${firstLabel(hostname ?? '')}, which no other machine has,`,
  },
  {
    rule: 'address',
    test: (host, known) => sameAddress(host, known) && isRecent(host, known),
    isStrong: false,
    words: ({ address }) => `Same address ${address} within ${ADDRESS_DAYS} days`,
  },
  {
    rule: 'key',
    test: (host, known) =>
      isNameless(host) && isNameless(known) && host.key === known.key && host.tool === known.tool,
    isStrong: false,
    words: ({ key }) => `Same name ${key}`,
  },
]

const isNameless = ({ hostname, address, externalId }: Traits) =>
  hostname === null && address === null && externalId === null

/** A NetBIOS name against another one or against a full name; two full names that differ are two names. */
function sharesLabel(host: Traits, known: Traits): boolean {
  if (host.hostname === null || known.hostname === null) return false
  if (isQualified(host.hostname) && isQualified(known.hostname)) return host.hostname === known.hostname
  return firstLabel(host.hostname) === firstLabel(known.hostname)
}

/**
 * @param known every sighting that counts; of a merged machine under the id that stayed
 * @param hosts of one import, folded
 * @returns one match for each host, in their order; the same whatever order `known` comes in
 */
export function identifyAssets(known: readonly KnownSighting[], hosts: readonly Traits[]): Match[] {
  const machines = new Machines(known)
  const matches = new Map<string, Match>()
  for (const step of STEPS) {
    for (const host of hosts) {
      if (matches.has(host.key)) continue
      const found = machines.pick(host, step.test)
      if (!found || speaksAgainst(host, found.sightings, step.rule)) continue
      if (step.rule === 'short-name' && !machines.isOnlyOne(host, hosts, found.id)) continue
      // One scan tells its hosts apart: only an id or a full name makes two of them one machine.
      if (!step.isStrong && machines.isTaken(found.id)) continue
      machines.take(found.id)
      matches.set(host.key, toMatch(host, found, step))
    }
    // A second host of the file with the same id or name as a new one belongs to that one.
    if (step.isStrong) joinWithinFile(hosts, matches, step)
  }
  return hosts.map((host) => matches.get(host.key) ?? newMachine(host))
}

interface Found {
  id: string
  sightings: readonly Traits[]
  newest: Traits
}

/** The known machines with what has been seen of each. */
class Machines {
  readonly #byId = new Map<string, KnownSighting[]>()
  readonly #byTrait = new Map<string, Set<string>>()
  readonly #taken = new Set<string>()

  constructor(known: readonly KnownSighting[]) {
    for (const sighting of known) {
      const list = this.#byId.get(sighting.assetId)
      if (list) list.push(sighting)
      else this.#byId.set(sighting.assetId, [sighting])
      for (const trait of traitsOf(sighting)) {
        const ids = this.#byTrait.get(trait)
        if (ids) ids.add(sighting.assetId)
        else this.#byTrait.set(trait, new Set([sighting.assetId]))
      }
    }
  }

  /** The one machine that fits; where several do, the one that also shares most else, or none. */
  pick(host: Traits, test: Test): Found | null {
    const ids = new Set(traitsOf(host).flatMap((trait) => [...(this.#byTrait.get(trait) ?? [])]))
    const fitting = [...ids].flatMap((id): (Found & { likeness: number })[] => {
      const sightings = this.#byId.get(id) ?? []
      const seen = sightings.filter((sighting) => test(host, sighting))
      const newest = newestOf(seen)
      if (!newest || idConflicts(host, sightings)) return []
      return [
        { id, sightings, newest, likeness: Math.max(...sightings.map((known) => likeness(host, known))) },
      ]
    })
    const best = Math.max(...fitting.map((found) => found.likeness))
    const [only, ...others] = fitting.filter((found) => found.likeness === best)
    return only && others.length === 0 ? only : null
  }

  /** Whether no other machine of the client, nor another host of this file, has that short name. */
  isOnlyOne(host: Traits, hosts: readonly Traits[], id: string): boolean {
    const label = firstLabel(host.hostname ?? '')
    const others = [...(this.#byTrait.get(`label ${label}`) ?? [])].filter((other) => other !== id)
    const inFile = hosts.filter(({ hostname }) => hostname !== null && firstLabel(hostname) === label)
    return others.length === 0 && new Set(inFile.map(({ key }) => key)).size === 1
  }

  isTaken(id: string): boolean {
    return this.#taken.has(id)
  }

  take(id: string): void {
    this.#taken.add(id)
  }
}

function traitsOf({ key, hostname, address, externalId }: Traits): string[] {
  return [
    externalId === null ? null : `id ${externalId.toLowerCase()}`,
    hostname === null ? null : `label ${firstLabel(hostname)}`,
    address === null ? null : `address ${address}`,
    `key ${key}`,
  ].filter((trait) => trait !== null)
}

/** How many traits agree, all of them and the tool counting most: tells apart what a member has split. */
function likeness(host: Traits, known: Traits): number {
  const agreeing = [
    host.externalId !== null && host.externalId === known.externalId,
    host.hostname !== null && host.hostname === known.hostname,
    host.address !== null && host.address === known.address,
  ].filter(Boolean).length
  const isSame =
    host.hostname === known.hostname && host.address === known.address && host.externalId === known.externalId
  return agreeing * 4 + (isSame ? 2 : 0) + (isSame && host.tool === known.tool ? 1 : 0)
}

/** The same tool gives one machine one id. */
function idConflicts(host: Traits, sightings: readonly Traits[]): boolean {
  const ids = sightings.filter(({ tool, externalId }) => externalId !== null && tool === host.tool)
  return host.externalId !== null && ids.length > 0 && !ids.some((known) => sameId(host, known))
}

/** Evidence that a machine found by another trait is another one: its names, all of them, differ. */
function speaksAgainst(host: Traits, sightings: readonly Traits[], rule: IdentityRule): boolean {
  const { hostname } = host
  if (rule === 'external-id' || hostname === null) return false
  const named = sightings.filter((known) => known.hostname !== null)
  const qualified = named.filter((known) => isQualified(known.hostname ?? ''))
  if (isQualified(hostname) && qualified.length > 0)
    return !qualified.some((known) => known.hostname === hostname)
  return named.length > 0 && !named.some((known) => sharesLabel(host, known))
}

function joinWithinFile(
  hosts: readonly Traits[],
  matches: Map<string, Match>,
  { rule, test, words }: (typeof STEPS)[number],
): void {
  const first = new Map<string, Traits>()
  for (const host of hosts) {
    const trait = rule === 'external-id' ? host.externalId?.toLowerCase() : host.hostname
    if (!trait || matches.has(host.key)) continue
    const earlier = first.get(trait)
    if (!earlier) first.set(trait, host)
    else if (test(host, earlier) && !idConflicts(host, [earlier])) {
      const reason = `${words(host)} as ${earlier.key} in the same file.`
      matches.set(host.key, { key: host.key, assetId: null, sameAs: earlier.key, rule, reason })
    }
  }
}

function toMatch(host: Traits, found: Found, { rule, words }: (typeof STEPS)[number]): Match {
  const { tool, seenAt } = found.newest
  return {
    key: host.key,
    assetId: found.id,
    sameAs: null,
    rule,
    reason: `${words(host)} as in ${tool}, ${dayWords(seenAt)}.`,
  }
}

function newMachine(host: Traits): Match {
  return {
    key: host.key,
    assetId: null,
    sameAs: null,
    rule: 'new',
    reason: `Seen for the first time in ${host.tool}, ${dayWords(host.seenAt)}.`,
  }
}

/** Of equal times the tool that comes first, so that the words do not depend on any order. */
function newestOf(sightings: readonly Traits[]): Traits | null {
  return sightings.reduce<Traits | null>((newest, sighting) => {
    if (newest === null) return sighting
    const ahead = sighting.seenAt.getTime() - newest.seenAt.getTime()
    return ahead > 0 || (ahead === 0 && sighting.tool < newest.tool) ? sighting : newest
  }, null)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function dayWords(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}
