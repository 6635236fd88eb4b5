/** What a live check saw, as it was seen: question, who was asked, what came back, and when. Facts are read out of it later. */

export interface DnsRecord {
  name: string
  type: string
  ttl: number
  /** As `dig` writes it: bytes outside printable ASCII as `\DDD`. */
  data: string
  /** Of a TXT record: its character strings, in the same writing. */
  strings?: string[]
}

/** `no-name`: the name does not exist (NXDOMAIN); `no-data`: it exists without such a record. */
export type DnsOutcome = 'answered' | 'no-data' | 'no-name' | 'failed'

export type DnsFailure =
  | 'timeout'
  | 'unreachable'
  | 'malformed'
  | 'servfail'
  | 'refused'
  | 'oversize'
  | 'cname-loop'
  | 'bad-name'
  | 'out-of-time'
  | 'too-many-questions'

export interface DnsObservation {
  kind: 'dns'
  name: string
  type: string
  /** Asked with the DO bit. */
  dnssec: boolean
  /** Asked with the CD bit: the resolver was told not to validate. */
  unchecked: boolean
  /** `address:port` of the resolver. */
  server: string
  transport: 'udp' | 'tcp'
  askedAt: string
  milliseconds: number
  outcome: DnsOutcome
  rcode: string | null
  /** The AD flag: the resolver says that it has validated the answer. */
  authenticated: boolean
  answers: DnsRecord[]
  authorities: DnsRecord[]
  failure: DnsFailure | null
}

export interface HttpObservation {
  kind: 'http'
  url: string
  /** The address that was connected to; null when none was. */
  address: string | null
  askedAt: string
  milliseconds: number
  /** `refused`: we did not contact it. */
  outcome: 'answered' | 'refused' | 'failed'
  status: number | null
  contentType: string | null
  body: string | null
  /** The code of what went wrong, as Node or OpenSSL names it. */
  fault: string | null
  /** The host was reached, and its certificate is not valid for its name. */
  badCertificate: boolean
}

/** `silent`: no answer in time; `unreachable`: the network between us said that there is no way. */
export type PortState = 'open' | 'closed' | 'silent' | 'unreachable' | 'not-asked'

export interface PortObservation {
  kind: 'port'
  /** As the permission or the request names it. */
  target: string
  address: string
  port: number
  askedAt: string
  milliseconds: number
  state: PortState
  fault: string | null
}

export interface Certificate {
  subject: string
  issuer: string
  names: string
  validFrom: string
  validTo: string
  sha256: string
}

export const TLS_VERSIONS = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const
export type TlsVersion = (typeof TLS_VERSIONS)[number]

export interface TlsObservation {
  kind: 'tls'
  target: string
  address: string
  port: number
  /** The name sent and compared; null when an address was asked. */
  serverName: string | null
  askedAt: string
  milliseconds: number
  /** `no-tls`: it answers, but not in TLS. */
  outcome: 'answered' | 'no-tls' | 'failed'
  certificate: Certificate | null
  /** Why the chain is not trusted, as OpenSSL names it; null when it is. */
  chainFault: string | null
  nameMatches: boolean | null
  /** null: could not be tried. */
  versions: { version: TlsVersion; accepted: boolean | null }[]
  fault: string | null
}

/** A target that was not contacted at all, and why in words. */
export interface RefusedTarget {
  kind: 'refused'
  target: string
  addresses: string[]
  reason: string
  askedAt: string
}

export type Observation = DnsObservation | HttpObservation | PortObservation | TlsObservation | RefusedTarget

/** The text of a TXT record: its strings without anything between them (RFC 7208 §3.3). */
export function textOf(record: DnsRecord): string {
  return record.strings?.join('') ?? record.data
}

/** One question with whatever it took to answer it; CNAMEs are followed. */
export interface Lookup {
  name: string
  type: string
  outcome: DnsOutcome
  failure: DnsFailure | null
  /** The records of the wanted type at the end of the chain. */
  records: DnsRecord[]
  authenticated: boolean
  observations: DnsObservation[]
}

const FAILURES: Record<DnsFailure, string> = {
  timeout: 'the resolver did not answer in time',
  unreachable: 'the resolver could not be reached',
  malformed: 'the resolver’s answer could not be read',
  servfail: 'the resolver failed to find an answer (SERVFAIL)',
  refused: 'the resolver refused the question',
  oversize: 'the answer is larger than any such record needs',
  'cname-loop': 'the aliases (CNAME) lead in a circle',
  'bad-name': 'the name cannot exist in DNS',
  'out-of-time': 'the time for the whole check was used up',
  'too-many-questions': 'the domain needs more questions than one check may ask',
}

/** Without a full stop, to stand after a colon or in brackets. */
export function failureWords(failure: DnsFailure | null): string {
  return failure === null ? 'no answer came' : FAILURES[failure]
}
