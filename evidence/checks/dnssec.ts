/** DNSSEC: whether answers about the domain are signed, as far as the resolver that was asked can tell. */
import { failureWords, type Lookup } from './observation.ts'
import { MAIL_WANTS, type MailEntry } from './reading.ts'

export interface DnssecLookups {
  /** SOA with the DO bit: its AD flag is the resolver's word that it validated. */
  soa: Lookup
  /** The same without validation; asked only where `soa` failed. */
  unchecked: Lookup | null
  /** DS of the zone. */
  ds: Lookup | null
  /** DS of the top-level domain: whether this resolver passes such records on at all. */
  control: Lookup | null
}

export interface DnssecReading {
  isSigned: boolean | null
  entry: MailEntry
}

/** The zone that a name lies in, from the owner of the SOA record. */
export function zoneOf(domain: string, soa: Lookup): string {
  const all = soa.observations.flatMap(({ answers, authorities }) => [...answers, ...authorities])
  const owner = all
    .find(({ type }) => type === 'SOA')
    ?.name.toLowerCase()
    .replace(/\.$/, '')
  return owner && (domain === owner || domain.endsWith(`.${owner}`)) ? owner : domain
}

const base = { topic: 'dnssec' as const, title: 'DNSSEC', wants: MAIL_WANTS.dnssec, commands: [] }

export function readDnssec({ soa, unchecked, ds, control }: DnssecLookups): DnssecReading {
  const records = ds?.records.map(({ data }) => `DS ${data}`) ?? []
  const reading = (
    isSigned: boolean | null,
    verdict: MailEntry['verdict'],
    shown: string,
    means: string,
    notes: string[] = [],
  ): DnssecReading => ({ isSigned, entry: { ...base, verdict, shown, means, notes, records } })
  const open = (why: string) =>
    reading(null, 'unknown', 'Not known', `It could not be asked: ${why}. Check again later.`)
  if (soa.outcome === 'failed') {
    // It fails only while it is validated: the signatures are there and wrong.
    if (soa.failure === 'servfail' && unchecked && unchecked.outcome !== 'failed')
      return reading(
        null,
        'bad',
        'Signatures fail',
        'The answers are signed and the signatures do not hold, so validating receivers cannot reach the domain. Have the DNS provider repair it.',
      )
    return open(failureWords(soa.failure))
  }
  if (soa.authenticated)
    return reading(true, 'good', 'Signed', 'Answers are signed, and the resolver validated them.')
  if (ds === null || ds.outcome === 'failed') return open(failureWords(ds?.failure ?? null))
  if (ds.records.length > 0) {
    const note = 'The resolver that was asked does not validate; that the signatures hold was not shown.'
    return reading(true, 'good', 'Signed', 'The zone above vouches for signed answers (DS).', [note])
  }
  if (ds.authenticated || (control && control.records.length > 0))
    return reading(false, 'weak', 'Not signed', 'Answers about this domain can be forged on their way.')
  return open('the resolver passes no DNSSEC records on')
}
