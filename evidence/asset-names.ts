/** Host names and addresses as they are compared: one spelling for what tools write in many. */
import ipaddr from 'ipaddr.js'

/** Names that any machine may carry tell none apart. */
const NO_NAMES = new Set([
  '',
  'localhost',
  'localhost.localdomain',
  'unknown',
  'none',
  'null',
  'n/a',
  '-',
  '(none)',
])

/** Lower case, without a trailing dot; null for what names no particular machine, such as an address. */
export function foldHostname(name: string | null): string | null {
  const folded = (name ?? '').normalize('NFC').trim().toLowerCase().replace(/\.+$/, '')
  if (NO_NAMES.has(folded) || ipaddr.isValid(folded)) return null
  return folded
}

/** In one spelling: an IPv4 address in IPv6 clothes is that IPv4 address. Null for what is no address. */
export function foldAddress(address: string | null): string | null {
  const text = (address ?? '')
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
  // Shorthand such as `1` or `10.1` is no address that a scanner means.
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null
  return ipaddr.isValid(text) ? ipaddr.process(text).toString() : null
}

const SHARED = new Set(['loopback', 'linkLocal', 'unspecified', 'multicast', 'broadcast', 'reserved'])

/** Whether an address can tell machines apart at all: loopback and link-local ones are everywhere. */
export function isTelling(address: string): boolean {
  return !SHARED.has(ipaddr.parse(address).range())
}

/** A name with a domain; a NetBIOS name has none. */
export function isQualified(hostname: string): boolean {
  return hostname.includes('.')
}

/** `fs01` of `fs01.lake.example`. */
export function firstLabel(hostname: string): string {
  return hostname.split('.')[0] ?? hostname
}

/** Makers whose tools give a machine the same id. */
const FAMILIES: [family: string, words: RegExp][] = [
  ['tenable', /\b(nessus|tenable)/],
  ['qualys', /\bqualys/],
  ['rapid7', /\b(rapid7|nexpose|insightvm)/],
  ['microsoft', /\b(microsoft|defender|intune|entra|azure)/],
  ['amazon', /\b(aws|amazon|inspector)/],
]

/** Tools in one family share their ids; any other tool is a family of its own. */
export function toolFamily(tool: string): string {
  const folded = tool.trim().toLowerCase()
  return FAMILIES.find(([, words]) => words.test(folded))?.[0] ?? folded
}
