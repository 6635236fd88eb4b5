/** How the checks reach the outside: injected, so that tests run on loopback and a server never can by a setting. */
import { networkInterfaces } from 'node:os'
import { whyNotPublic } from './address-policy.ts'
import { WATCHED_PORTS, type WatchedPort } from './ports.ts'

export interface DnsServer {
  address: string
  port: number
}

export interface CheckNetwork {
  /** The recursive resolver that is asked; null: the first that this machine is set up with. */
  dnsServer: DnsServer | null
  /** Why this address must not be contacted, or null. Asked of every resolved address, right before connecting to it. */
  whyNot(address: string): string | null
  ports: readonly WatchedPort[]
  /** Of MTA-STS policy hosts. */
  httpsPort: number
  /** PEM of authorities trusted beside the public ones. */
  authorities: readonly string[]
  /** Milliseconds; `dns` for one try. */
  patience: {
    dns: number
    connect: number
    tls: number
    mailCheck: number
    exposureCheck: number
    webhook: number
  }
  /** Milliseconds between the starts of two connections. */
  connectionEvery: number
}

/** What production uses. Our own addresses are public on many hosted machines, and still ours. */
export const STRICT_NETWORK: CheckNetwork = {
  dnsServer: null,
  whyNot: (address) => whyNotPublic(address) ?? (isOwn(address) ? 'is this machine itself' : null),
  ports: WATCHED_PORTS,
  httpsPort: 443,
  authorities: [],
  patience: {
    dns: 2500,
    connect: 3000,
    tls: 5000,
    mailCheck: 45_000,
    exposureCheck: 300_000,
    webhook: 15_000,
  },
  connectionEvery: 25,
}

function isOwn(address: string): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some((own) => own.address === address))
}
