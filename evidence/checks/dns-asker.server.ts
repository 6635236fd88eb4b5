/** Asks the resolver and keeps what came back; every check of one run shares one asker, its answers and its bounds. */
import { getServers } from 'node:dns'
import { isIPv6 } from 'node:net'
import {
  fold,
  type Question,
  type Reading,
  type RecordType,
  readAnswer,
  writeQuestion,
} from './dns-message.server.ts'
import { type Carriage, carryByTcp, carryByUdp } from './dns-transport.server.ts'
import type { CheckNetwork, DnsServer } from './network.server.ts'
import type { DnsFailure, DnsObservation, DnsRecord, Lookup } from './observation.ts'
import type { Pace } from './pace.server.ts'

export class NoResolverError extends Error {
  override name = 'NoResolverError'
  readonly code = 'no-resolver'
}

export interface AskerOptions {
  network: CheckNetwork
  signal: AbortSignal
  pace: Pace
  clock: () => Date
}

export interface Asker {
  server: DnsServer
  ask(name: string, type: RecordType, options?: { dnssec?: boolean; unchecked?: boolean }): Promise<Lookup>
}

const TRIES = 2
const MAX_ALIASES = 8
/** Of one domain; SPF alone may need 10 lookups, each with up to 10 hosts behind it. */
const MAX_QUESTIONS = 200

/** @throws NoResolverError */
export function openAsker(options: AskerOptions): Asker {
  const server = options.network.dnsServer ?? systemServer()
  const known = new Map<string, Promise<Lookup>>()
  let questions = 0
  const askOnce = (question: Question) => {
    questions += 1
    if (questions > MAX_QUESTIONS)
      return Promise.resolve(failed(question, server, options, 'too-many-questions'))
    return options.pace.run(() => exchange(question, server, options))
  }
  return {
    server,
    ask(name, type, { dnssec = false, unchecked = false } = {}) {
      const question = { name: fold(name), type, dnssec, unchecked }
      const key = JSON.stringify(question)
      const earlier = known.get(key)
      if (earlier) return earlier
      const lookup = follow(question, askOnce)
      known.set(key, lookup)
      return lookup
    },
  }
}

function systemServer(): DnsServer {
  const [first] = getServers()
  const server = first === undefined ? null : readServer(first)
  if (server) return server
  throw new NoResolverError(
    'The machine that runs Attested has no DNS resolver set up, so nothing could be asked. Set one up and check again.',
  )
}

/** `9.9.9.9`, `127.0.0.1:5353`, `2620:fe::fe`, `[2620:fe::fe]:53`; null for anything else. */
export function readServer(text: string): DnsServer | null {
  const [, inner, innerPort] = /^\[(.+)\](?::(\d{1,5}))?$/.exec(text) ?? []
  if (inner !== undefined && isIPv6(inner)) return { address: inner, port: Number(innerPort ?? 53) }
  if (isIPv6(text)) return { address: text, port: 53 }
  const [, address, port] = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?$/.exec(text) ?? []
  return address === undefined ? null : { address, port: Number(port ?? 53) }
}

/** A resolver follows aliases itself, as a rule; where it stops half way, the rest is asked for. */
async function follow(
  question: Question,
  askOnce: (question: Question) => Promise<DnsObservation>,
): Promise<Lookup> {
  const observations: DnsObservation[] = []
  const visited = new Set<string>()
  let name = question.name
  let authenticated = true
  const end = (part: Pick<Lookup, 'outcome' | 'failure'> & { records?: DnsRecord[] }): Lookup => ({
    name: question.name,
    type: question.type,
    records: [],
    authenticated: authenticated && part.failure === null,
    observations,
    ...part,
  })
  for (let asked = 0; asked <= MAX_ALIASES; asked += 1) {
    visited.add(name)
    const seen = await askOnce({ ...question, name })
    observations.push(seen)
    authenticated &&= seen.authenticated
    if (seen.outcome !== 'answered') return end({ outcome: seen.outcome, failure: seen.failure })
    const chain = endOfChain(name, seen.answers)
    if (chain === null) return end({ outcome: 'failed', failure: 'cname-loop' })
    const records = seen.answers.filter(
      (record) => record.type === question.type && fold(record.name) === chain,
    )
    if (records.length > 0) return end({ outcome: 'answered', failure: null, records })
    if (chain === name) return end({ outcome: 'no-data', failure: null })
    if (visited.has(chain)) return end({ outcome: 'failed', failure: 'cname-loop' })
    name = chain
  }
  return end({ outcome: 'failed', failure: 'cname-loop' })
}

/** Where the aliases of one answer lead; null for a circle. */
function endOfChain(name: string, answers: DnsRecord[]): string | null {
  const seen = new Set([name])
  let current = name
  while (true) {
    const alias = answers.find((record) => record.type === 'CNAME' && fold(record.name) === current)
    if (!alias) return current
    current = fold(alias.data)
    if (seen.has(current)) return null
    seen.add(current)
  }
}

async function exchange(
  question: Question,
  server: DnsServer,
  options: AskerOptions,
): Promise<DnsObservation> {
  const written = writeQuestion(question)
  if (!written) return failed(question, server, options, 'bad-name')
  const startedAt = options.clock()
  const started = performance.now()
  const judge = (bytes: Buffer): Reading | null => {
    const reading = readAnswer(bytes, written.id, question)
    return !reading.ok && reading.why === 'foreign' ? null : reading
  }
  const carriage: Carriage<Reading> = {
    server,
    bytes: written.bytes,
    timeoutMs: options.network.patience.dns,
    signal: options.signal,
    judge,
  }
  let transport: 'udp' | 'tcp' = 'udp'
  let carried = await carryByUdp(carriage)
  for (let tried = 1; tried < TRIES && !carried.ok && carried.why === 'timeout'; tried += 1)
    carried = await carryByUdp(carriage)
  if (carried.ok && isCut(carried.value)) {
    transport = 'tcp'
    carried = await carryByTcp(carriage)
  }
  const base = {
    ...blank(question, server, startedAt),
    transport,
    milliseconds: Math.round(performance.now() - started),
  }
  if (!carried.ok) return { ...base, failure: carried.why }
  if (!carried.value.ok)
    return { ...base, failure: carried.value.why === 'oversize' ? 'oversize' : 'malformed' }
  const { rcode, authenticated, answers, authorities } = carried.value.answer
  return { ...base, rcode, authenticated, answers, authorities, ...judgeCode(rcode, answers) }
}

/** A cut answer may break off in the middle of a record. */
function isCut(reading: Reading): boolean {
  return reading.ok ? reading.answer.truncated : reading.why === 'malformed'
}

function judgeCode(rcode: string, answers: DnsRecord[]): Pick<DnsObservation, 'outcome' | 'failure'> {
  if (rcode === 'NXDOMAIN') return { outcome: 'no-name', failure: null }
  if (rcode === 'NOERROR') return { outcome: answers.length > 0 ? 'answered' : 'no-data', failure: null }
  return { outcome: 'failed', failure: rcode === 'SERVFAIL' ? 'servfail' : 'refused' }
}

function blank(question: Question, server: DnsServer, at: Date): DnsObservation {
  return {
    kind: 'dns',
    ...question,
    server: `${server.address.includes(':') ? `[${server.address}]` : server.address}:${server.port}`,
    transport: 'udp',
    askedAt: at.toISOString(),
    milliseconds: 0,
    outcome: 'failed',
    rcode: null,
    authenticated: false,
    answers: [],
    authorities: [],
    failure: null,
  }
}

function failed(
  question: Question,
  server: DnsServer,
  { clock }: AskerOptions,
  failure: DnsFailure,
): DnsObservation {
  return { ...blank(question, server, clock()), failure }
}
