/** MTA-STS (RFC 8461) and TLS-RPT (RFC 8460): whether mail on its way in must be encrypted, and who hears of failures. */
import { failureWords, type HttpObservation, type Lookup, textOf } from './observation.ts'
import { MAIL_WANTS, type MailEntry, shorten } from './reading.ts'
import { readTags } from './tags.ts'

export type MtaStsMode = 'absent' | 'none' | 'testing' | 'enforce' | 'invalid'

export interface MtaStsPolicy {
  mode: 'none' | 'testing' | 'enforce'
  mx: string[]
  /** Seconds. */
  maxAge: number
}

/** The first value of each field counts, `mx` may stand many times (RFC 8461 §3.2). */
export function readMtaStsPolicy(text: string): MtaStsPolicy | null {
  const fields = new Map<string, string>()
  const mx: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([A-Za-z0-9_]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    if (name === 'mx') mx.push(value.toLowerCase())
    else if (name && !fields.has(name)) fields.set(name, value)
  }
  const mode = fields.get('mode')
  const age = fields.get('max_age') ?? ''
  const maxAge = /^\d{1,10}$/.test(age) ? Number(age) : Number.NaN
  if (fields.get('version') !== 'STSv1' || !(maxAge <= 31_557_600)) return null
  if (mode !== 'none' && mode !== 'testing' && mode !== 'enforce') return null
  return mode !== 'none' && mx.length === 0 ? null : { mode, mx, maxAge }
}

export function mxMatches(host: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return host === pattern
  const dot = host.indexOf('.')
  return dot > 0 && host.slice(dot) === pattern.slice(1)
}

const recordsOf = (lookup: Lookup, version: RegExp) =>
  lookup.records.map((record) => textOf(record).trim()).filter((text) => version.test(text))

/** Whether there is one record at all; only then is the policy fetched. */
export function hasMtaStsRecord(txt: Lookup): boolean {
  const records = recordsOf(txt, /^v=STSv1\b/)
  return records.length === 1 && /^[A-Za-z0-9]{1,32}$/.test(readTags(records[0] ?? '')?.get('id') ?? '')
}

export interface MtaStsReading {
  mode: MtaStsMode | null
  entry: MailEntry
}

/** @param fetched null: not fetched, because there is no valid record. `mx`: to compare with the policy. */
export function readMtaSts(txt: Lookup, fetched: HttpObservation | null, mx: Lookup): MtaStsReading {
  const records = recordsOf(txt, /^v=STSv1\b/)
  const base = {
    topic: 'mta-sts' as const,
    title: 'MTA-STS',
    wants: MAIL_WANTS['mta-sts'],
    commands: [],
    records: [...records, ...(fetched?.body ? [fetched.body] : [])].map((text) => shorten(text)),
  }
  const entry = (verdict: MailEntry['verdict'], shown: string, means: string, notes: string[] = []) => ({
    ...base,
    verdict,
    shown,
    means,
    notes,
  })
  const open = (why: string) => ({
    mode: null,
    entry: entry('unknown', 'Not known', `It could not be asked: ${why}. Check again later.`),
  })
  const invalid = (why: string) => ({ mode: 'invalid' as const, entry: entry('weak', 'Not valid', why) })
  if (txt.outcome === 'failed') return open(failureWords(txt.failure))
  if (records.length === 0) return { mode: 'absent', entry: entry('weak', 'No record', MEANS.absent) }
  if (!hasMtaStsRecord(txt))
    return invalid('The record is there more than once or has no id, so senders act as if there were none.')
  if (!fetched) return open('the policy was not fetched')
  if (fetched.outcome === 'refused') return open(`the policy host was not contacted (${fetched.fault})`)
  if (fetched.badCertificate)
    return invalid(
      `The policy host’s certificate is not valid (${fetched.fault}), so senders ignore the policy.`,
    )
  if (fetched.outcome === 'failed') return open(`the policy host did not answer (${fetched.fault})`)
  if (fetched.status !== 200)
    return invalid(
      `The policy host answers with status ${fetched.status} instead of the policy; redirects are not followed.`,
    )
  if (!/^text\/plain\b/i.test(fetched.contentType ?? ''))
    return invalid('The policy is not sent as text/plain, so senders ignore it.')
  const policy = readMtaStsPolicy(fetched.body ?? '')
  if (!policy) return invalid('The policy file breaks a rule of MTA-STS, so senders ignore it.')
  const hosts = mx.records.map(({ data }) => data.replace(/^\d+ /, '').replace(/\.$/, '').toLowerCase())
  const uncovered = hosts.filter((host) => !policy.mx.some((pattern) => mxMatches(host, pattern)))
  const notes =
    policy.mode !== 'none' && uncovered.length > 0
      ? [
          `The policy does not name ${uncovered.join(', ')}, which receives mail: delivery there fails or is reported.`,
        ]
      : []
  const verdict = policy.mode === 'enforce' && notes.length === 0 ? 'good' : 'weak'
  return { mode: policy.mode, entry: entry(verdict, policy.mode, MEANS[policy.mode], notes) }
}

const MEANS: Record<Exclude<MtaStsMode, 'invalid'>, string> = {
  absent: 'Senders may be talked into delivering without encryption.',
  none: 'A policy is published and switched off.',
  testing: 'Senders report failures and deliver nevertheless.',
  enforce: 'Senders deliver encrypted and to the named servers only.',
}

export interface TlsRptReading {
  isPresent: boolean | null
  entry: MailEntry
}

export function readTlsRpt(lookup: Lookup): TlsRptReading {
  const records = recordsOf(lookup, /^v=TLSRPTv1\b/)
  const base = {
    topic: 'tls-rpt' as const,
    title: 'TLS-RPT',
    wants: MAIL_WANTS['tls-rpt'],
    commands: [],
    notes: [],
    records: records.map((text) => shorten(text)),
  }
  if (lookup.outcome === 'failed') {
    const means = `It could not be asked: ${failureWords(lookup.failure)}. Check again later.`
    return { isPresent: null, entry: { ...base, verdict: 'unknown', shown: 'Not known', means } }
  }
  const rua = records.length === 1 ? readTags(records[0] ?? '')?.get('rua') : undefined
  const isPresent = (rua ?? '')
    .split(',')
    .some((uri) => /^\s*(mailto:[^@\s]+@\S+|https:\/\/\S+)\s*$/i.test(uri))
  const isBroken = records.length > 0 && !isPresent
  return {
    isPresent,
    entry: {
      ...base,
      verdict: isPresent ? 'good' : 'weak',
      shown: isPresent ? 'Reports are received' : isBroken ? 'Not valid' : 'No record',
      means: isPresent
        ? 'Failures of encrypted delivery are reported to the domain.'
        : isBroken
          ? 'The record is there more than once or names no place for reports.'
          : 'Nobody at the domain hears when encrypted delivery fails.',
    },
  }
}
