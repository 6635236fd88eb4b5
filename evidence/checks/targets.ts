/** What a permission to check covers: addresses, networks and host names, and which target lies inside. */
import ipaddr from 'ipaddr.js'

export type Target =
  | { kind: 'address'; text: string }
  | { kind: 'network'; text: string }
  | { kind: 'name'; text: string }

// Wider than this nobody signs for one client; a slip of the pen would open half the internet.
const WIDEST = { ipv4: 20, ipv6: 48 } as const
/** Addresses that one run contacts at most. */
export const MAX_ADDRESSES = 64

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?'
const NAME = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$`)

const isAddress = (text: string) =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'))

/** @returns null for what is none of the three, or for a network that is too wide to be meant. */
export function readTarget(typed: string): Target | null {
  const text = typed.trim().toLowerCase().replace(/\.$/, '')
  const [address = '', prefix, ...rest] = text.split('/')
  if (isAddress(address) && rest.length === 0) {
    if (prefix === undefined) return { kind: 'address', text: ipaddr.process(address).toString() }
    return readNetwork(address, prefix)
  }
  return NAME.test(text) ? { kind: 'name', text } : null
}

function readNetwork(address: string, prefix: string): Target | null {
  const parsed = ipaddr.parse(address)
  const length = /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
  if (length < WIDEST[parsed.kind()] || length > parsed.toByteArray().length * 8) return null
  const first =
    parsed.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${parsed}/${length}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/${length}`)
  return { kind: 'network', text: `${first}/${length}` }
}

/** Whether a written permission for `permitted` reaches `target`. Names are covered by their own name only. */
export function covers(permitted: readonly string[], target: Target): boolean {
  return permitted.some((text) => {
    const granted = readTarget(text)
    if (!granted) return false
    if (granted.text === target.text) return true
    if (granted.kind !== 'network' || target.kind === 'name') return false
    const [inner = '', innerLength] = target.text.split('/')
    const [outer, outerLength] = ipaddr.parseCIDR(granted.text)
    const parsed = ipaddr.parse(inner)
    if (parsed.kind() !== outer.kind()) return false
    if (innerLength !== undefined && Number(innerLength) < outerLength) return false
    return parsed.match(outer, outerLength)
  })
}

/** How many addresses a network has, as far as anybody counts. */
export function sizeOf(target: Target): number {
  if (target.kind !== 'network') return 1
  const [address, length] = ipaddr.parseCIDR(target.text)
  return 2 ** (address.toByteArray().length * 8 - length)
}

/** The addresses of a network, or the one address; a name is left to DNS. @throws RangeError above `MAX_ADDRESSES` */
export function addressesOf(target: Target): string[] {
  if (target.kind === 'name') return []
  if (target.kind === 'address') return [target.text]
  const count = sizeOf(target)
  if (count > MAX_ADDRESSES) throw new RangeError(`${target.text} has more than ${MAX_ADDRESSES} addresses`)
  const bytes = ipaddr.parseCIDR(target.text)[0].toByteArray()
  const last = bytes.length - 1
  return Array.from({ length: count }, (_, offset) =>
    ipaddr.fromByteArray([...bytes.slice(0, last), (bytes[last] ?? 0) + offset]).toString(),
  )
}

/** One text with commas, spaces or lines between the targets. @returns the first word that is none, if any. */
export function readTargets(typed: string): { targets: Target[]; wrong: string | null } {
  const words = typed.split(/[\s,;]+/).filter(Boolean)
  const targets = new Map<string, Target>()
  for (const word of words) {
    const target = readTarget(word)
    if (!target) return { targets: [], wrong: word }
    targets.set(target.text, target)
  }
  return { targets: [...targets.values()], wrong: null }
}
