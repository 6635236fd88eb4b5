/** Four invented clients in four states: signed, contradicted, half answered, just begun. */
import type { Answer } from '#questionnaires/answers.ts'
import type { ClientInput } from '../client-input.ts'
import {
  band,
  count,
  day,
  dollars,
  many,
  no,
  pick,
  product,
  share,
  unknown,
  words,
  yes,
} from './answer-shorthand.ts'

const DAY = 86_400_000

/** A calendar day so many days from now; negative for the past. */
export function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10)
}

export const DEMO_MSP = {
  organisationName: 'Lakeside Managed IT (demo)',
  name: 'Dana Reyes',
  title: 'Lead technician',
}

export function demoClients(now: Date) {
  const client = (
    input: Pick<ClientInput, 'legalName' | 'industry' | 'headcount' | 'annualRevenue' | 'domains'> &
      Partial<ClientInput>,
  ): ClientInput => ({
    tradingName: null,
    currency: 'USD',
    contactName: null,
    contactTitle: null,
    contactEmail: null,
    policyInceptionOn: null,
    policyRenewalOn: null,
    notes: null,
    ...input,
  })
  return {
    dental: client({
      legalName: 'Harbour Street Dental Group',
      industry: 'Healthcare',
      headcount: 42,
      annualRevenue: 6_400_000,
      domains: ['harbourstreetdental.example'],
      contactName: 'Miriam Okafor',
      contactTitle: 'Chief executive',
      contactEmail: 'miriam.okafor@harbourstreetdental.example',
      policyInceptionOn: dayFrom(now, -320),
      policyRenewalOn: dayFrom(now, 45),
    }),
    accounting: client({
      legalName: 'Brightwater Accounting LLP',
      industry: 'Professional services',
      headcount: 27,
      annualRevenue: 3_900_000,
      domains: ['brightwater-accounting.example'],
      contactName: 'Tomas Lindqvist',
      contactTitle: 'Managing partner',
      contactEmail: 'tomas@brightwater-accounting.example',
      policyInceptionOn: dayFrom(now, -200),
      policyRenewalOn: dayFrom(now, 165),
      notes: 'Asked for a higher payment-fraud limit at renewal.',
    }),
    joinery: client({
      legalName: 'Kestrel Joinery, Inc.',
      industry: 'Manufacturing',
      headcount: 63,
      annualRevenue: 11_250_000,
      domains: ['kestreljoinery.example'],
      contactName: 'Ruth Adeyemi',
      contactTitle: 'Finance director',
      contactEmail: 'ruth@kestreljoinery.example',
      policyRenewalOn: dayFrom(now, 88),
    }),
    school: client({
      legalName: 'Orchard Lane Schools Trust',
      industry: 'Education',
      headcount: 140,
      annualRevenue: 9_000_000,
      domains: ['orchardlane.example'],
      contactName: 'Priya Nair',
      contactTitle: 'Director of operations',
      contactEmail: 'priya.nair@orchardlane.example',
    }),
  }
}

/** A client whose answers the evidence carries. */
export function dentalAnswers(now: Date): Record<string, Answer> {
  return {
    industry: pick('healthcare'),
    headcount: count(42),
    'annual-revenue': dollars(6_400_000),
    domains: words('harbourstreetdental.example'),
    'security-contact': words('Miriam Okafor, chief executive, miriam.okafor@harbourstreetdental.example'),
    'server-estate': many('own-premises', 'cloud'),
    'mfa-email': yes,
    'remote-access': many('vpn', 'remote-support'),
    'mfa-remote-access': yes,
    'mfa-remote-third-parties': yes,
    directory: pick('both'),
    'mfa-directory-admin': yes,
    'cloud-platforms': many('microsoft-365', 'registrar'),
    'mfa-cloud-admin': yes,
    'mfa-backup-admin': yes,
    'mfa-endpoint-server-admin': yes,
    'admin-mfa-methods': many('security-key', 'number-matching'),
    'separate-admin-accounts': yes,
    'dmarc-policy': pick('quarantine'),
    'email-filtering': many('additional-product', 'link-rewriting', 'attachment-sandbox', 'external-tagging'),
    'email-filter-product': product('Microsoft Defender for Office 365 Plan 1'),
    'edr-workstations': share(38, 38),
    'edr-servers': share(4, 4),
    'edr-product': product('SentinelOne Singularity'),
    'edr-monitoring': pick('around-the-clock'),
    'rdp-not-exposed': yes,
    'external-scan': pick('monthly'),
    'external-scan-date': day(dayFrom(now, -4)),
    'patch-time': pick('within-30-days'),
    'unsupported-systems': pick('none'),
    'backup-frequency': pick('daily'),
    'backup-protection': many('immutable', 'separate-credentials'),
    'backup-product': product('Cove Data Protection'),
    'cloud-data-backup': yes,
    'restore-test': pick('within-12-months'),
    'restore-test-date': day(dayFrom(now, -40)),
    'restore-test-result': pick('complete'),
    'record-kinds': many('contact', 'government-id', 'health'),
    'record-count': band('under-100k'),
    'encryption-devices': pick('all'),
    'ir-plan': yes,
    'ir-plan-date': day(dayFrom(now, -75)),
    training: pick('all'),
    'training-count': share(42, 42),
    'payment-callback': yes,
    'callback-threshold': dollars(0),
    'dual-authorisation': yes,
    'it-provider': pick('fully'),
    'it-provider-name': words('Lakeside Managed IT: everything except the dental practice software.'),
    'msp-access': yes,
    incidents: pick('none'),
    circumstances: pick('none-known'),
    'cover-start': day(dayFrom(now, 45)),
    'cover-limit': dollars(2_000_000),
    'cover-parts': many('response', 'interruption', 'extortion', 'liability', 'payment-fraud'),
    'payment-fraud-limit': dollars(250_000),
  }
}

/** The same kind of client, saying more than its scans carry. */
export function accountingAnswers(now: Date): Record<string, Answer> {
  return {
    ...dentalAnswers(now),
    industry: pick('professional-services'),
    headcount: count(27),
    'annual-revenue': dollars(3_900_000),
    domains: words('brightwater-accounting.example'),
    'security-contact': words('Tomas Lindqvist, managing partner, tomas@brightwater-accounting.example'),
    'edr-workstations': share(25, 27),
    'edr-servers': share(2, 2),
    'backup-protection': many('separate-credentials'),
    'restore-test': unknown('Dana Reyes', dayFrom(now, 10)),
    'restore-test-date': day(dayFrom(now, -400)),
    'separate-admin-accounts': no(
      'Two partners still use their daily accounts as administrators. Separate accounts are ordered for next month.',
    ),
    'record-count': band('under-100k'),
    'training-count': share(26, 27),
    training: pick('most'),
    'it-provider-name': words('Lakeside Managed IT: network, servers and Microsoft 365.'),
    'cover-start': day(dayFrom(now, 165)),
  }
}

/** Begun by somebody who does not know everything, and says so. */
export function joineryAnswers(now: Date): Record<string, Answer> {
  const all = dentalAnswers(now)
  const kept = ['mfa-email', 'remote-access', 'directory', 'cloud-platforms', 'server-estate'].map((id) => [
    id,
    all[id],
  ])
  return {
    ...(Object.fromEntries(kept) as Record<string, Answer>),
    industry: pick('manufacturing'),
    headcount: count(63),
    'annual-revenue': dollars(11_250_000),
    domains: words('kestreljoinery.example'),
    'security-contact': words('Ruth Adeyemi, finance director, ruth@kestreljoinery.example'),
    'mfa-remote-access': no(
      'The VPN asks for a password only. MFA is planned together with the firewall replacement in spring.',
    ),
    'mfa-remote-third-parties': unknown('Ruth Adeyemi', dayFrom(now, 12)),
    'mfa-directory-admin': unknown('Dana Reyes', dayFrom(now, 5)),
  }
}
