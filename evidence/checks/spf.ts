/** SPF (RFC 7208): which servers may send for a domain, and what becomes of mail from all others. */
import { failureWords, type Lookup, textOf } from './observation.ts'
import { MAIL_WANTS, type MailEntry, shorten, type Verdict } from './reading.ts'

export type SpfResult = 'none' | 'pass-all' | 'neutral' | 'softfail' | 'fail' | 'permerror' | 'multiple'

/** What an evaluation by a server that nobody listed came to; null: the resolver failed on the way. */
export interface SpfEvaluation {
  result: 'none' | 'pass' | 'neutral' | 'softfail' | 'fail' | 'permerror'
  /** What is wrong with the record, in the evaluator's words. */
  problem: string | null
  lookups: number
}

export function spfRecordsOf(lookup: Lookup): string[] {
  return lookup.records.map(textOf).filter((text) => /^v=spf1(?:\s|$)/i.test(text.trim()))
}

/** @returns null when the resolver's failure leaves it open. */
export function spfResultOf(lookup: Lookup, evaluation: SpfEvaluation | null): SpfResult | null {
  if (lookup.outcome === 'failed') return null
  const records = spfRecordsOf(lookup)
  if (records.length === 0) return 'none'
  if (records.length > 1) return 'multiple'
  if (!evaluation) return null
  return evaluation.result === 'pass' ? 'pass-all' : evaluation.result
}

const VERDICTS: Record<SpfResult, Verdict> = {
  none: 'bad',
  'pass-all': 'bad',
  neutral: 'weak',
  softfail: 'good',
  fail: 'good',
  permerror: 'bad',
  multiple: 'bad',
}

const SHOWN: Record<SpfResult, string> = {
  none: 'No record',
  'pass-all': 'Anybody passes (+all)',
  neutral: 'Neutral (?all)',
  softfail: 'Softfail (~all)',
  fail: 'Fail (-all)',
  permerror: 'Not valid',
  multiple: 'More than one record',
}

const MEANS: Record<SpfResult, string> = {
  none: 'Nothing says which servers may send mail for this domain.',
  'pass-all': 'The record lets every server on the internet send mail for this domain: worse than none.',
  neutral:
    'The record names servers and says nothing about all others, so forged mail is treated like any mail.',
  softfail: 'Mail from servers that are not listed is marked as suspect.',
  fail: 'Mail from servers that are not listed is refused.',
  permerror: 'The record breaks a rule of SPF, so receivers ignore all of it.',
  multiple: 'There may be one SPF record only; receivers ignore them all.',
}

export function readSpf(lookup: Lookup, evaluation: SpfEvaluation | null): MailEntry {
  const result = spfResultOf(lookup, evaluation)
  const entry = {
    topic: 'spf' as const,
    title: 'SPF',
    records: spfRecordsOf(lookup).map((text) => shorten(text)),
    wants: MAIL_WANTS.spf,
    commands: [],
  }
  if (result === null) {
    const why =
      lookup.outcome === 'failed'
        ? failureWords(lookup.failure)
        : 'a record that it includes could not be asked for'
    return {
      ...entry,
      verdict: 'unknown',
      shown: 'Not known',
      means: `It could not be asked: ${why}. Check again later.`,
      notes: [],
    }
  }
  const notes = [
    ...(evaluation?.problem ? [`What breaks it: ${evaluation.problem}.`] : []),
    ...(evaluation && evaluation.result !== 'none' ? [`${evaluation.lookups} of at most 10 lookups.`] : []),
  ]
  return { ...entry, verdict: VERDICTS[result], shown: SHOWN[result], means: MEANS[result], notes }
}
