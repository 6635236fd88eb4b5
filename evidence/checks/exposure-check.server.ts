/** Looks at the ports and certificates of authorised targets, a few connections at a time. */
import { isIP } from 'node:net'
import { type Contact, findContact } from './contact.server.ts'
import { type Asker, openAsker } from './dns-asker.server.ts'
import { type ExposureReading, readExposure } from './exposure-reading.ts'
import type { CheckNetwork } from './network.server.ts'
import type { Observation, PortObservation, TlsObservation } from './observation.ts'
import { openPace } from './pace.server.ts'
import { checkPort } from './port-check.server.ts'
import { addressesOf, MAX_ADDRESSES, readTarget } from './targets.ts'
import { checkTls } from './tls-check.server.ts'

export type ExposureKind = 'ports' | 'certificates'

export interface ExposureCheckOptions {
  /** Covered by a permission, which the caller has checked. */
  targets: readonly string[]
  kinds: readonly ExposureKind[]
  network: CheckNetwork
  clock: () => Date
  signal?: AbortSignal
  onStep?: (done: number, total: number, step: string) => void
}

export interface ExposureCheck {
  reading: ExposureReading
  observations: Observation[]
}

interface Place {
  target: string
  address: string
}

/** Connections under way at once, over all targets. */
const AT_ONCE = 8

export async function checkExposure(options: ExposureCheckOptions): Promise<ExposureCheck> {
  const { network, clock, kinds } = options
  const timeout = AbortSignal.timeout(network.patience.exposureCheck)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  const asker = openAsker({ network, signal, clock, pace: openPace({ atOnce: 4, everyMs: 0 }) })
  const { places, observations } = await findPlaces(options, asker)
  const watched = network.ports.filter(({ tls }) => kinds.includes('ports') || tls)
  const pace = openPace({ atOnce: AT_ONCE, everyMs: network.connectionEvery })
  const total = places.length * watched.length
  let done = 0
  // Port by port over all machines, so that no machine meets all knocks at once.
  const knocks = watched.flatMap(({ port }) => places.map((place) => ({ ...place, port })))
  const ports: PortObservation[] = await Promise.all(
    knocks.map((knock) =>
      pace.run(async () => {
        const seen = await checkPort({ ...knock, timeoutMs: network.patience.connect, signal, clock })
        done += 1
        options.onStep?.(done, total, `${knock.target}: port ${knock.port}`)
        return seen
      }),
    ),
  )
  const open = ports.filter(
    ({ state, port }) => state === 'open' && watched.some((w) => w.port === port && w.tls),
  )
  const handshakes: TlsObservation[] = await Promise.all(
    (kinds.includes('certificates') ? open : []).map(({ target, address, port }) =>
      pace.run(() => {
        options.onStep?.(total, total, `${target}: certificate on port ${port}`)
        const serverName = isIP(target) ? null : target
        return checkTls({ target, address, port, serverName, network, signal, clock })
      }),
    ),
  )
  const all = [...observations, ...ports, ...handshakes]
  return { observations: all, reading: readExposure(all, { ports: watched, kinds, now: clock() }) }
}

/** Each target's addresses; names are asked for once, and what they led to is what is contacted. */
async function findPlaces({ targets, network, clock }: ExposureCheckOptions, asker: Asker) {
  const observations: Observation[] = []
  const places: Place[] = []
  const contacted = new Set<string>()
  for (const text of targets) {
    const target = readTarget(text)
    if (!target) continue
    // The addresses of a network are targets of their own: one forbidden one does not speak for its neighbours.
    const subjects = target.kind === 'name' ? [target.text] : addressesOf(target)
    for (const subject of subjects) {
      const contact = withinLimit(await findContact(subject, asker, network), subject, contacted)
      if (target.kind === 'name') {
        const lookups = await Promise.all([asker.ask(subject, 'A'), asker.ask(subject, 'AAAA')])
        observations.push(...lookups.flatMap((lookup) => lookup.observations))
      }
      if (contact.ok) {
        for (const address of contact.addresses) contacted.add(address)
        places.push(...contact.addresses.map((address) => ({ target: subject, address })))
      } else {
        const { addresses, reason } = contact
        observations.push({
          kind: 'refused',
          target: subject,
          addresses,
          reason,
          askedAt: clock().toISOString(),
        })
      }
    }
  }
  return { places: withoutTwins(places), observations }
}

/** How many addresses a name has is its owner's doing: what would exceed the limit is refused whole, and told as a gap. */
function withinLimit(contact: Contact, target: string, contacted: ReadonlySet<string>): Contact {
  if (!contact.ok) return contact
  const { addresses } = contact
  const further = addresses.filter((address) => !contacted.has(address)).length
  if (contacted.size + further <= MAX_ADDRESSES) return contact
  const reason = `${target} leads to ${addresses.length} addresses; one run contacts at most ${MAX_ADDRESSES} in all. Check it in a run of its own.`
  return { ok: false, why: 'refused', addresses, reason }
}

/** Two names of one address are contacted as two, for each has its certificate; an address twice is one. */
function withoutTwins(places: Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.target} ${place.address}`, place])).values()]
}
