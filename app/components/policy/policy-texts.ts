/** A policy as the texts of its form: fields, and lists of rows. */

import { POLICY_LISTS, type PolicyList } from '#app/services/policy-input.ts'
import { majorUnitsOf } from '#app/services/typed-amount.ts'
import type { PolicyVersionRow } from '#db/queries/policies.server.ts'
import { typedTextsOf } from '../typed-texts.ts'

export const POLICY_FIELDS = [
  'insurer',
  'insurerContactName',
  'insurerContactEmail',
  'insurerContactPhone',
  'broker',
  'brokerContactName',
  'brokerContactEmail',
  'brokerContactPhone',
  'policyNumber',
  'quoteReference',
  'inceptionOn',
  'expiresOn',
  'timeZone',
  'currency',
  'retention',
  'waitingPeriodHours',
  'retroactiveOn',
  'scanCadence',
  'applicationId',
  'reason',
] as const
export type PolicyField = (typeof POLICY_FIELDS)[number]
export type PolicyRowTexts = Readonly<Record<string, string | readonly string[]>>
export interface PolicyTexts {
  fields: Partial<Record<PolicyField, string>>
  lists: Record<PolicyList, PolicyRowTexts[]>
}

const fieldsOf = typedTextsOf(POLICY_FIELDS)

/** What was posted, to fill the form again. @param values with the lists already among them */
export function typedPolicy(values: Readonly<Record<string, unknown>>): PolicyTexts {
  const list = (name: PolicyList) => values[name] as PolicyRowTexts[]
  return {
    fields: fieldsOf(values),
    lists: Object.fromEntries(
      (Object.keys(POLICY_LISTS) as PolicyList[]).map((name) => [name, list(name)]),
    ) as PolicyTexts['lists'],
  }
}

type Known = Partial<Omit<PolicyVersionRow, 'terms'>> & { terms?: Partial<PolicyVersionRow['terms']> }

/** What is known of a policy, as its form shows it. */
export function policyTexts({ terms = {}, ...known }: Known): PolicyTexts {
  const currency = terms.currency ?? 'USD'
  const money = (minor: number) => majorUnitsOf(minor, currency)
  const { insurerContact, brokerContact } = terms
  const fields: Partial<Record<PolicyField, string | null | undefined>> = {
    insurer: known.insurer,
    insurerContactName: insurerContact?.name,
    insurerContactEmail: insurerContact?.email,
    insurerContactPhone: insurerContact?.phone,
    broker: terms.broker,
    brokerContactName: brokerContact?.name,
    brokerContactEmail: brokerContact?.email,
    brokerContactPhone: brokerContact?.phone,
    policyNumber: known.policyNumber,
    quoteReference: terms.quoteReference,
    inceptionOn: known.inceptionOn,
    expiresOn: known.expiresOn,
    timeZone: known.timeZone,
    currency,
    retention: terms.retentionMinor == null ? null : money(terms.retentionMinor),
    waitingPeriodHours: terms.waitingPeriodHours == null ? null : String(terms.waitingPeriodHours),
    retroactiveOn: terms.retroactiveOn,
    scanCadence: terms.scanCadence,
    applicationId: terms.applicationId,
  }
  return {
    fields: Object.fromEntries(
      Object.entries(fields).flatMap(([name, text]) => (text == null ? [] : [[name, text]])),
    ),
    lists: {
      limits: (terms.limits ?? []).map(({ name, amountMinor }) => ({ name, amount: money(amountMinor) })),
      sublimits: (terms.sublimits ?? []).map(({ name, amountMinor, note }) => ({
        ...{ name, amount: money(amountMinor), note: note ?? '' },
      })),
      endorsements: (terms.endorsements ?? []).map(({ title, wording, controlIds }) => ({
        ...{ title, wording: wording ?? '', controlIds },
      })),
      notices: (terms.notices ?? []).map(({ within, source, ...notice }) => ({
        ...{ ...notice, within: String(within), source: source ?? '' },
      })),
      documents: (terms.documents ?? []).map((document) => ({ ...document })),
    },
  }
}
