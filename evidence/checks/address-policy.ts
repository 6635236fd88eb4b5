/** Which addresses may be contacted at all: public ones. Everything else belongs to somebody's inside. */
import ipaddr from 'ipaddr.js'

const WORDS: Record<string, string> = {
  unspecified: 'stands for no machine at all',
  broadcast: 'is a broadcast address',
  multicast: 'is a multicast address',
  linkLocal: 'is link-local; cloud machines keep their own secrets there',
  loopback: 'is this machine itself',
  private: 'is private',
  uniqueLocal: 'is private',
  deprecatedSiteLocal: 'is private',
  carrierGradeNat: 'lies inside a provider’s network (CGNAT)',
}

// Public by number, yet only ever answered by the cloud that a machine runs in.
const METADATA = new Set(['168.63.129.16'])

/** Why an address must not be contacted, to stand behind it in a sentence; null for a public one. */
export function whyNotPublic(address: string): string | null {
  if (!ipaddr.isValid(address)) return 'is no address'
  // An IPv4 address in IPv6 clothes is judged as what it is.
  const parsed = ipaddr.process(address)
  if (METADATA.has(parsed.toString())) return 'belongs to the cloud that the machine runs in'
  const range = parsed.range()
  if (range === 'unicast') return null
  return WORDS[range] ?? 'is reserved and reachable by nobody on the internet'
}
