/** A client as the texts of its form, and the names of its fields in words. */

import { currencyExponent } from '#questionnaires/currency.ts'
import { typedTextsOf } from '../typed-texts.ts'
import { CLIENT_FIELDS, type ClientFieldName, type ClientTexts } from './client-form.tsx'

export interface ClientDetails {
  legalName: string
  tradingName: string | null
  industry: string | null
  headcount: number | null
  annualRevenueMinor: number | null
  currency: string
  domains: readonly string[]
  contactName: string | null
  contactTitle: string | null
  contactEmail: string | null
  policyInceptionOn: string | null
  policyRenewalOn: string | null
  notes: string | null
}

export function textsOf(client: ClientDetails): Required<ClientTexts> {
  const { annualRevenueMinor: minor, currency } = client
  return {
    legalName: client.legalName,
    tradingName: client.tradingName ?? '',
    industry: client.industry ?? '',
    headcount: client.headcount?.toString() ?? '',
    annualRevenue: minor === null ? '' : String(minor / 10 ** currencyExponent(currency)),
    currency,
    domains: client.domains.join('\n'),
    contactName: client.contactName ?? '',
    contactTitle: client.contactTitle ?? '',
    contactEmail: client.contactEmail ?? '',
    policyInceptionOn: client.policyInceptionOn ?? '',
    policyRenewalOn: client.policyRenewalOn ?? '',
    notes: client.notes ?? '',
  }
}

/** What was posted, to fill the form again. */
export const typedTexts = typedTextsOf(CLIENT_FIELDS)

export const fieldLabels: Record<ClientFieldName, string> = {
  legalName: 'Legal name',
  tradingName: 'Trading name',
  industry: 'Industry',
  headcount: 'Headcount',
  annualRevenue: 'Annual revenue',
  currency: 'Currency',
  domains: 'Internet domains',
  contactName: 'Contact name',
  contactTitle: 'Contact’s title',
  contactEmail: 'Contact’s e-mail',
  policyInceptionOn: 'Inception',
  policyRenewalOn: 'Renewal',
  notes: 'Notes',
}

/** The fields in which two versions differ; white space at the ends and line ends do not count. */
export function differingFields(saved: ClientTexts, typed: ClientTexts): ClientFieldName[] {
  const plain = (text = '') => text.replace(/\r\n/g, '\n').trim()
  return CLIENT_FIELDS.filter((name) => plain(saved[name]) !== plain(typed[name]))
}
