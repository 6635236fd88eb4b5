/** A policy told as terms and values, so that two versions of it can be compared. */
import type { PolicyContact, PolicyVersionRow } from '#db/queries/policies.server.ts'
import { formatAmount } from '#questionnaires/currency.ts'
import { DOCUMENT_ROLE_WORDS } from './policy-input.ts'

export interface PolicyFact {
  term: string
  value: string
}

/** How things are called that a policy names by their ids. */
export interface PolicyNames {
  control: (id: string) => string
  application: (id: string) => string
  evidence: (id: string) => string
}

const contact = ({ name, email, phone }: PolicyContact) => [name, email, phone].filter(Boolean).join(', ')

/** Without what is not given. */
export function policyFacts(
  version: Pick<
    PolicyVersionRow,
    'insurer' | 'policyNumber' | 'inceptionOn' | 'expiresOn' | 'timeZone' | 'terms'
  >,
  names: PolicyNames,
): PolicyFact[] {
  const { terms } = version
  const money = (minor: number) => formatAmount(minor, terms.currency)
  const facts: [string, string | null][] = [
    ['Insurer', version.insurer],
    ['Contact at the insurer', contact(terms.insurerContact)],
    ['Broker', terms.broker],
    ['Contact at the broker', contact(terms.brokerContact)],
    ['Policy number', version.policyNumber],
    ['Quote', terms.quoteReference],
    ['Begins', version.inceptionOn],
    ['Expires', version.expiresOn],
    ['Time zone', version.timeZone],
    ...terms.limits.map(({ name, amountMinor }): [string, string] => [`Limit, ${name}`, money(amountMinor)]),
    ['Retention', terms.retentionMinor === null ? null : money(terms.retentionMinor)],
    ...terms.sublimits.map(({ name, amountMinor, note }): [string, string] => [
      `Sublimit, ${name}`,
      [money(amountMinor), note].filter(Boolean).join('; '),
    ]),
    ['Waiting period', terms.waitingPeriodHours === null ? null : `${terms.waitingPeriodHours} hours`],
    ['Retroactive date', terms.retroactiveOn],
    ...terms.endorsements.map(({ title, wording, controlIds }): [string, string] => [
      `Endorsement, ${title}`,
      [controlIds.map(names.control).join(', '), wording].filter(Boolean).join('; ') || 'No control named',
    ]),
    ...terms.notices.map(({ what, toWhom, within, unit, source }): [string, string] => [
      `Notice, ${what}`,
      [`to ${toWhom} within ${within} ${unit}`, source].filter(Boolean).join('; '),
    ]),
    ['Scans', terms.scanCadence],
    ['Application', terms.applicationId === null ? null : names.application(terms.applicationId)],
    ...terms.documents.map(({ evidenceId, role }): [string, string] => [
      `File, ${names.evidence(evidenceId)}`,
      DOCUMENT_ROLE_WORDS[role],
    ]),
  ]
  return facts.flatMap(([term, value]) => (value ? [{ term, value }] : []))
}

export interface PolicyDifference {
  term: string
  before: string | null
  after: string | null
}

/** What differs, in the order of the later version; what was left out comes last. */
export function comparePolicies(
  before: readonly PolicyFact[],
  after: readonly PolicyFact[],
): PolicyDifference[] {
  const earlier = numbered(before)
  const later = numbered(after)
  const changed = [...later].flatMap(([key, { term, value }]) => {
    const old = earlier.get(key)?.value ?? null
    return old === value ? [] : [{ term, before: old, after: value }]
  })
  const gone = [...earlier].flatMap(([key, { term, value }]) =>
    later.has(key) ? [] : [{ term, before: value, after: null }],
  )
  return [...changed, ...gone]
}

/** Two limits of the same name are told apart by their order. */
function numbered(facts: readonly PolicyFact[]): Map<string, PolicyFact> {
  const seen = new Map<string, number>()
  return new Map(
    facts.map((fact) => {
      const number = seen.get(fact.term) ?? 0
      seen.set(fact.term, number + 1)
      return [`${number} ${fact.term}`, fact]
    }),
  )
}
