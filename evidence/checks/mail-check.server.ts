/** Asks everything about the mail of one domain, within bounds of time, questions and speed. */
import { dmarc } from 'mailauth/lib/dmarc/index.js'
import { COMMON_SELECTORS, PROBE_SELECTOR, type SelectorLookup } from './dkim.ts'
import { dmarcRecordsOf } from './dmarc.ts'
import { type Asker, openAsker } from './dns-asker.server.ts'
import { type DnssecLookups, zoneOf } from './dnssec.ts'
import { type MailReading, readMail } from './mail-reading.ts'
import type { CheckNetwork } from './network.server.ts'
import type { Lookup, Observation } from './observation.ts'
import { openPace } from './pace.server.ts'
import { fetchMtaStsPolicy } from './policy-fetch.server.ts'
import { spfRecordsOf } from './spf.ts'
import { evaluateSpf, resolverOf } from './spf-evaluation.server.ts'
import { hasMtaStsRecord } from './transport-security.ts'

export interface MailCheckOptions {
  domain: string
  /** Selectors that the client named for this domain. */
  selectors: readonly string[]
  network: CheckNetwork
  clock: () => Date
  signal?: AbortSignal
  /** Called at each step with what is done next, in words. */
  onStep?: (step: string) => void
}

export interface MailCheck {
  reading: MailReading
  /** Everything asked and answered, for the evidence file. */
  observations: Observation[]
}

export const MAIL_STEPS = 4

export async function checkMail(options: MailCheckOptions): Promise<MailCheck> {
  const { domain, network, clock, onStep } = options
  const timeout = AbortSignal.timeout(network.patience.mailCheck)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  const seen: Observation[] = []
  const asker = keeping(
    openAsker({ network, signal, clock, pace: openPace({ atOnce: 6, everyMs: 0 }) }),
    seen,
  )

  onStep?.(`${domain}: SPF and DKIM`)
  const txt = await asker.ask(domain, 'TXT')
  const spf = spfRecordsOf(txt).length === 1 ? await evaluateSpf(domain, asker) : null
  const [mx, probe] = await Promise.all([
    asker.ask(domain, 'MX'),
    asker.ask(`${PROBE_SELECTOR}._domainkey.${domain}`, 'TXT'),
  ])
  const selectors = await askSelectors(domain, options.selectors, asker)
  onStep?.(`${domain}: DMARC`)
  const policy = await askDmarc(domain, asker)
  onStep?.(`${domain}: transport security`)
  const [mtaSts, tlsRpt] = await Promise.all([
    asker.ask(`_mta-sts.${domain}`, 'TXT'),
    asker.ask(`_smtp._tls.${domain}`, 'TXT'),
  ])
  const fetched = hasMtaStsRecord(mtaSts)
    ? await fetchMtaStsPolicy({ domain, asker, network, signal, clock })
    : null
  if (fetched) seen.push(fetched)
  onStep?.(`${domain}: DNSSEC`)
  const dnssec = await askDnssec(domain, asker)
  const reading = readMail({
    domain,
    txt,
    spf,
    selectors,
    probe,
    ...policy,
    mtaSts,
    policy: fetched,
    tlsRpt,
    mx,
    dnssec,
  })
  return { reading, observations: seen }
}

/** Keeps each observation once, in the order in which they came. */
function keeping(asker: Asker, seen: Observation[]): Asker {
  const kept = new Set<Lookup>()
  return {
    server: asker.server,
    async ask(...question) {
      const lookup = await asker.ask(...question)
      if (!kept.has(lookup)) {
        kept.add(lookup)
        seen.push(...lookup.observations)
      }
      return lookup
    },
  }
}

function askSelectors(domain: string, named: readonly string[], asker: Asker): Promise<SelectorLookup[]> {
  const all = [...new Set([...named, ...COMMON_SELECTORS])]
  return Promise.all(
    all.map(async (selector) => ({
      selector,
      isNamed: named.includes(selector),
      lookup: await asker.ask(`${selector}._domainkey.${domain}`, 'TXT'),
    })),
  )
}

/** `mailauth` knows which domain is the organisational one (the public suffix list); what it asks is kept here. */
async function askDmarc(
  domain: string,
  asker: Asker,
): Promise<{ dmarc: Lookup; inherited: { domain: string; lookup: Lookup } | null }> {
  const own = await asker.ask(`_dmarc.${domain}`, 'TXT')
  if (own.outcome === 'failed' || dmarcRecordsOf(own).length > 0) return { dmarc: own, inherited: null }
  const judged = await dmarc({
    headerFrom: domain,
    spfDomains: [],
    dkimDomains: [],
    resolver: resolverOf(asker),
  } as unknown as Parameters<typeof dmarc>[0])
  const organisational = judged ? judged.domain : domain
  if (!organisational || organisational === domain) return { dmarc: own, inherited: null }
  const lookup = await asker.ask(`_dmarc.${organisational}`, 'TXT')
  return { dmarc: own, inherited: { domain: organisational, lookup } }
}

async function askDnssec(domain: string, asker: Asker): Promise<DnssecLookups> {
  const soa = await asker.ask(domain, 'SOA', { dnssec: true })
  if (soa.outcome === 'failed') {
    const unchecked =
      soa.failure === 'servfail' ? await asker.ask(domain, 'SOA', { dnssec: true, unchecked: true }) : null
    return { soa, unchecked, ds: null, control: null }
  }
  const zone = zoneOf(domain, soa)
  const ds = await asker.ask(zone, 'DS', { dnssec: true })
  const top = zone.split('.').at(-1) ?? zone
  const control =
    soa.authenticated || ds.records.length > 0 ? null : await asker.ask(top, 'DS', { dnssec: true })
  return { soa, unchecked: null, ds, control }
}
