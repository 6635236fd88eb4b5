/** The domain's DMARC policy as a receiver of mail saw it published. */
import type { Fact } from '../../facts.ts'
import type { Moment } from '../scan/dates.ts'
import { type FactSetting, makeFact } from '../scan/make-fact.ts'
import type { DmarcHead } from './document.ts'

const POLICIES = ['none', 'quarantine', 'reject']
/** Two machines' clocks differ a little. */
const CLOCK_TOLERANCE = 5 * 60_000

export function dmarcFacts(
  head: DmarcHead,
  { end, collector, now, gaps }: { end: Moment | null; collector: string; now: Date; gaps: string[] },
): { facts: Fact[]; hurdle: string | null } {
  const domain = head.domain?.toLowerCase().replace(/\.$/, '') ?? ''
  if (domain === '') return { facts: [], hurdle: 'The report names no domain, so no facts follow from it.' }
  if (end === null)
    return { facts: [], hurdle: 'The report names no end of its period, so no facts follow from it.' }
  if (end.time > now.getTime() + CLOCK_TOLERANCE) {
    return {
      facts: [],
      hurdle: `The report's period ends in the future (${new Date(end.time).toISOString()}): a clock or the file is wrong. No facts follow from it.`,
    }
  }
  const setting: FactSetting = {
    viewpoint: 'external',
    subject: domain,
    collector,
    observedAt: new Date(Math.min(end.time, now.getTime())),
    gaps,
    note: `As published when ${head.organisation || 'the receiver'} evaluated mail.`,
  }
  const isTest = /^(y|yes|true)$/i.test(head.testing ?? '')
  const test = isTest ? 'The policy is published as a test, so receivers do not apply it in full.' : null
  const facts: Fact[] = []
  if (head.p !== undefined)
    facts.push(makeFact(setting, 'email.dmarc_policy', policyOf(head.p), { gaps: [test] }))
  const inherited = head.sp === undefined || head.sp === ''
  if (!inherited) {
    facts.push(makeFact(setting, 'email.dmarc_subdomain_policy', policyOf(head.sp ?? ''), { gaps: [test] }))
  } else if (head.p !== undefined) {
    const note = "The report names no policy of subdomains; without one, the domain's applies to them."
    facts.push(makeFact(setting, 'email.dmarc_subdomain_policy', policyOf(head.p), { gaps: [test, note] }))
  }
  if (/^\d{1,3}$/.test(head.pct ?? '') && Number(head.pct) <= 100)
    facts.push(makeFact(setting, 'email.dmarc_pct', Number(head.pct)))
  return {
    facts,
    hurdle: head.p === undefined ? 'The report names no policy of the domain.' : null,
  }
}

function policyOf(text: string): string {
  const word = text.toLowerCase()
  return POLICIES.includes(word) ? word : 'invalid'
}
