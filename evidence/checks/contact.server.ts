/** From a name to addresses that may be contacted: resolved once, judged all, and connected to by address. */
import { isIP } from 'node:net'
import type { Asker } from './dns-asker.server.ts'
import type { CheckNetwork } from './network.server.ts'
import { failureWords } from './observation.ts'

export type Contact =
  | { ok: true; addresses: string[] }
  /** `refused`: an address must not be contacted; `unknown`: the resolver failed; `none`: there is no address. */
  | { ok: false; why: 'refused' | 'unknown' | 'none'; addresses: string[]; reason: string }

/**
 * One forbidden address refuses the whole name: whoever controls the name chooses which one we would meet.
 * The caller connects to these addresses and never to the name, which could lead elsewhere a second later.
 */
export async function findContact(target: string, asker: Asker, network: CheckNetwork): Promise<Contact> {
  if (isIP(target)) return judge(target, [target], network)
  const lookups = await Promise.all([asker.ask(target, 'A'), asker.ask(target, 'AAAA')])
  const addresses = lookups.flatMap(({ records }) => records.map(({ data }) => data))
  const failed = lookups.find(({ outcome }) => outcome === 'failed')
  if (failed) {
    const reason = `The addresses of ${target} could not be found: ${failureWords(failed.failure)}.`
    return { ok: false, why: 'unknown', addresses, reason }
  }
  if (addresses.length === 0)
    return { ok: false, why: 'none', addresses, reason: `${target} has no address.` }
  return judge(target, addresses, network)
}

function judge(target: string, addresses: string[], network: CheckNetwork): Contact {
  for (const address of addresses) {
    const why = network.whyNot(address)
    if (why === null) continue
    const reason =
      address === target
        ? `${address} ${why}. Nothing was contacted.`
        : `${target} leads to ${address}, which ${why}. Nothing was contacted.`
    return { ok: false, why: 'refused', addresses, reason }
  }
  return { ok: true, addresses: [...new Set(addresses)] }
}
