/** Lets `mailauth` follow an SPF record to its end for a server that nobody listed. */
import { spf } from 'mailauth/lib/spf/index.js'
import type { Asker } from './dns-asker.server.ts'
import type { RecordType } from './dns-message.server.ts'
import { type DnsRecord, type Lookup, textOf } from './observation.ts'
import type { SpfEvaluation } from './spf.ts'

// Addresses kept for documentation (RFC 5737): no sender's list holds them, unless it holds everybody.
const STRANGERS = ['192.0.2.1', '203.0.113.77'] as const

/** @returns null when the resolver failed on the way. */
export async function evaluateSpf(domain: string, asker: Asker): Promise<SpfEvaluation | null> {
  const first = await evaluateFor(STRANGERS[0], domain, asker)
  // One stranger may pass by a record that lists that very network; two pass by one that lists everybody.
  return first?.result === 'pass' ? evaluateFor(STRANGERS[1], domain, asker) : first
}

async function evaluateFor(ip: string, domain: string, asker: Asker): Promise<SpfEvaluation | null> {
  const outcome = await spf({
    sender: `postmaster@${domain}`,
    ip,
    helo: domain,
    mta: 'attested.invalid',
    resolver: resolverOf(asker),
  } as Parameters<typeof spf>[0])
  const { result, comment } = outcome.status as { result: string; comment?: string }
  if (!isResult(result)) return null
  const problem = /permanent error in processing during lookup of [^:]*: (.+)$/.exec(comment ?? '')?.[1]
  const { lookups } = outcome as { lookups?: { count: number } }
  return { result, problem: result === 'permerror' ? (problem ?? null) : null, lookups: lookups?.count ?? 0 }
}

const RESULTS: readonly string[] = ['none', 'pass', 'neutral', 'softfail', 'fail', 'permerror']
const isResult = (word: string): word is SpfEvaluation['result'] => RESULTS.includes(word)

/**
 * A resolver in the shape of node's own. Whatever failed is told as a time-out, because every other error inside an
 * `include` would be passed over, and a record that could not be followed must not look like one that could.
 */
export function resolverOf(asker: Asker) {
  return async (name: string, type: string): Promise<unknown[]> => {
    const lookup = await asker.ask(name, type as RecordType)
    if (lookup.outcome === 'answered') return lookup.records.map((record) => shape(record))
    throw Object.assign(new Error(`${type} ${name}: ${lookup.outcome}`), { code: codeOf(lookup) })
  }
}

function codeOf({ outcome, failure }: Lookup): string {
  if (outcome === 'no-data') return 'ENODATA'
  return outcome === 'no-name' || failure === 'bad-name' ? 'ENOTFOUND' : 'ETIMEOUT'
}

function shape(record: DnsRecord): unknown {
  if (record.type === 'TXT') return record.strings ?? [textOf(record)]
  if (record.type === 'MX') {
    const [priority, exchange = ''] = record.data.split(' ')
    return { priority: Number(priority), exchange: exchange === '.' ? '' : exchange }
  }
  return record.data
}
