/** DMARC (RFC 7489 and its successor): what receivers do with mail that forges a domain. */
import { failureWords, type Lookup, textOf } from './observation.ts'
import { MAIL_WANTS, type MailEntry, shorten } from './reading.ts'
import { readTags } from './tags.ts'

export type DmarcPolicy = 'absent' | 'none' | 'quarantine' | 'reject' | 'invalid'

export interface DmarcReading {
  /** null: the resolver failed. Then nothing else is known either. */
  policy: DmarcPolicy | null
  subdomainPolicy: DmarcPolicy | null
  /** Share of mail; null without a valid record. */
  percent: number | null
  reportsReceived: boolean | null
  entry: MailEntry
}

export function dmarcRecordsOf(lookup: Lookup): string[] {
  return lookup.records.map(textOf).filter((text) => /^v\s*=\s*DMARC1\b/i.test(text.trim()))
}

/**
 * @param own `_dmarc.` of the domain itself
 * @param inherited `_dmarc.` of its organisational domain; null where that is the domain itself, or was not needed
 */
export function readDmarc(
  domain: string,
  own: Lookup,
  inherited: { domain: string; lookup: Lookup } | null,
): DmarcReading {
  const ownRecords = dmarcRecordsOf(own)
  if (own.outcome === 'failed') return unknown(own)
  if (ownRecords.length > 0 || !inherited) return judge(domain, ownRecords, null)
  if (inherited.lookup.outcome === 'failed') return unknown(inherited.lookup)
  return judge(domain, dmarcRecordsOf(inherited.lookup), inherited.domain)
}

const base = { topic: 'dmarc' as const, title: 'DMARC', wants: MAIL_WANTS.dmarc, commands: [] }

function unknown(lookup: Lookup): DmarcReading {
  const means = `It could not be asked: ${failureWords(lookup.failure)}. Check again later.`
  const entry: MailEntry = { ...base, verdict: 'unknown', shown: 'Not known', records: [], means, notes: [] }
  return { policy: null, subdomainPolicy: null, percent: null, reportsReceived: null, entry }
}

function plain(policy: 'absent' | 'invalid', records: string[], means: string): DmarcReading {
  const shown = policy === 'absent' ? 'No record' : 'Not valid'
  const entry: MailEntry = {
    ...base,
    verdict: 'bad',
    shown,
    records: records.map((text) => shorten(text)),
    means,
    notes: [],
  }
  return { policy, subdomainPolicy: policy, percent: null, reportsReceived: false, entry }
}

/** @param from the organisational domain whose record applies; null for a record of its own */
function judge(domain: string, records: string[], from: string | null): DmarcReading {
  const [text] = records
  if (text === undefined)
    return plain('absent', [], 'Nothing tells receivers what to do with mail that forges this domain.')
  if (records.length > 1)
    return plain('invalid', records, 'There may be one DMARC record only; receivers ignore them all.')
  const tags = readTags(text)
  // The version stands first, written exactly so.
  if (!tags || !/^v\s*=\s*DMARC1\s*(;|$)/.test(text.trim()))
    return plain('invalid', records, 'The record cannot be read as DMARC, so receivers ignore it.')
  const stated = readPolicy(tags.get('p'))
  if (stated === 'absent' || stated === 'invalid')
    return plain(
      'invalid',
      records,
      'The record states no valid policy (p=), so receivers only watch or ignore it.',
    )
  const ofSubdomains = tags.has('sp') ? readPolicy(tags.get('sp')) : stated
  const policy = from === null ? stated : ofSubdomains
  const percent = readPercent(tags)
  const addresses = (tags.get('rua') ?? '').split(',').map((part) => part.trim())
  const reportsReceived = addresses.some((uri) => /^mailto:[^@\s]+@[^@\s]+$/i.test(uri))
  const isFull = policy === 'quarantine' || policy === 'reject'
  const weaknesses = [
    ...(isFull ? [] : ['forged mail is still delivered']),
    ...(percent < 100 ? [`the policy covers ${percent} % of it`] : []),
    ...(isFull && rank(ofSubdomains) < rank(policy) ? ['subdomains are less protected'] : []),
    ...(reportsReceived ? [] : ['no reports are received']),
  ]
  const entry: MailEntry = {
    ...base,
    verdict: isFull
      ? percent < 100 || rank(ofSubdomains) < rank(policy)
        ? 'weak'
        : 'good'
      : policy === 'none'
        ? 'weak'
        : 'bad',
    shown: `${policy}${percent < 100 ? `, ${percent} %` : ''}`,
    records: [shorten(text)],
    means: `${MEANS[policy]}${weaknesses.length > 0 ? ` But ${weaknesses.join(', and ')}.` : ''}`,
    notes: [
      ...(from === null ? [] : [`${domain} has no record of its own; that of ${from} applies.`]),
      ...(tags.has('np') ? [`Names that do not exist: ${shorten(tags.get('np') ?? '', 40)}.`] : []),
      ...(tags.get('t')?.toLowerCase() === 'y'
        ? ['The record says t=y: it is being tested and not applied in full.']
        : []),
    ],
  }
  return { policy, subdomainPolicy: ofSubdomains, percent, reportsReceived, entry }
}

const MEANS: Record<DmarcPolicy, string> = {
  absent: 'Nothing tells receivers what to do with mail that forges this domain.',
  none: 'Receivers only report mail that forges this domain.',
  quarantine: 'Receivers mark mail that forges this domain as suspect.',
  reject: 'Receivers refuse mail that forges this domain.',
  invalid: 'The policy is not valid, so receivers ignore it.',
}

const ORDER: DmarcPolicy[] = ['absent', 'invalid', 'none', 'quarantine', 'reject']
const rank = (policy: DmarcPolicy) => ORDER.indexOf(policy)

function readPolicy(value: string | undefined): DmarcPolicy {
  if (value === undefined) return 'absent'
  const word = value.toLowerCase()
  return word === 'none' || word === 'quarantine' || word === 'reject' ? word : 'invalid'
}

/** `t=y` of the successor means what `pct=0` meant; without either, all mail is meant. */
function readPercent(tags: Map<string, string>): number {
  const written = tags.get('pct')
  if (written !== undefined) return /^(100|\d{1,2})$/.test(written) ? Number(written) : 100
  return tags.get('t')?.toLowerCase() === 'y' ? 0 : 100
}
