/** The facts of a domain's mail records. What could not be asked gives none: missing is unsupported, never contradicted. */
import type { FactKey } from '../fact-dictionary.ts'
import type { Fact } from '../facts.ts'
import type { MailReading } from './mail-reading.ts'

export const COLLECTOR = 'Attested live check'

export interface MailFactFrame {
  observedAt: Date
  /** By key: domains of the client about which the same is not known. Then no fact can speak for all of them. */
  otherDomainsUnknown: (key: FactKey) => readonly string[]
}

interface Value {
  key: FactKey
  value: number | boolean | string | null
  isPartial?: boolean
  note?: string
}

export function valuesOf({ exists, spf, dkim, dmarc, mtaSts, tlsRpt, dnssec }: MailReading): Value[] {
  if (!exists) return []
  return [
    { key: 'email.spf_result', value: spf },
    {
      key: 'email.dkim_selectors_found',
      value: dkim.found,
      isPartial: !dkim.isComplete,
      note: 'Counted over the selectors that the client named and those that well-known services use by default.',
    },
    {
      key: 'email.dkim_unresolved_selectors',
      value: dkim.unresolvedNamed,
      note: 'Counted over the selectors that the client named.',
    },
    { key: 'email.dmarc_policy', value: dmarc.policy },
    { key: 'email.dmarc_subdomain_policy', value: dmarc.subdomainPolicy },
    { key: 'email.dmarc_pct', value: dmarc.percent },
    { key: 'email.dmarc_rua_present', value: dmarc.reportsReceived },
    { key: 'email.mta_sts_mode', value: mtaSts },
    { key: 'email.tls_rpt_present', value: tlsRpt },
    { key: 'email.dnssec_signed', value: dnssec },
  ]
}

/** What is known of a domain, by key. */
export function knownKeys(reading: MailReading): FactKey[] {
  return valuesOf(reading).flatMap(({ key, value }) => (value === null ? [] : [key]))
}

export function mailFacts(reading: MailReading, frame: MailFactFrame): Fact[] {
  return valuesOf(reading).flatMap(({ key, value, isPartial, note }): Fact[] => {
    if (value === null) return []
    const others = frame.otherDomainsUnknown(key)
    const gaps = [
      ...(isPartial ? ['Some of the questions could not be asked.'] : []),
      ...(others.length > 0 ? [`Not known of ${nameSome(others)} of the same client.`] : []),
    ]
    const words = [note, ...gaps].filter((part) => part !== undefined).join(' ')
    return [
      {
        key,
        scope: { viewpoint: 'external', subject: reading.domain },
        value,
        observedAt: frame.observedAt.toISOString(),
        completeness: gaps.length > 0 ? 'partial' : 'complete',
        ...(words ? { note: words.slice(0, 1000) } : {}),
        collector: COLLECTOR,
      },
    ]
  })
}

function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}
