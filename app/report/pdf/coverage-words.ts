/** Coverage over time in words. */
import type { Coverage } from '../statement-parts.ts'
import { count, wordDate } from './wording.ts'

type Segment = Coverage['controls'][number]['segments'][number]
type State = Segment['state']

const DAY = 86_400_000

export const STATE_WORDS = {
  proved: 'Proved: evidence in force showed what was claimed',
  excepted: 'Contradicted, under an exception in force',
  unproved: 'Open: claimed, and nothing in force showed it',
  contradicted: 'Contradicted by evidence, without an exception',
  'not-claimed': 'Not claimed',
  unrecorded: 'No answer on record',
} as const satisfies Record<State, string>

const SINCE = {
  inception: 'the policy’s inception',
  attestation: 'the first attestation',
  application: 'the day the application was begun',
} as const satisfies Record<Coverage['since'], string>

export const daysOf = ({ first, last }: Coverage) => (Date.parse(last) - Date.parse(first)) / DAY + 1

export function leadOfCoverage(coverage: Coverage): string {
  const { first, last, since, isCut } = coverage
  const total = daysOf(coverage)
  return `What the record shows of each control on every day from ${wordDate(first)} to ${wordDate(last)}, ${count(total, 'day')} in all. ${isCut ? 'Earlier days are left out.' : `The first day is ${SINCE[since]}.`} Days in UTC, as known when this statement was frozen.`
}

/** How many days of a control were not proved, or that none was. */
export function gapsOf(segments: readonly Segment[]): string {
  const daysIn = (state: State) =>
    segments.reduce((sum, segment) => (segment.state === state ? sum + segment.days : sum), 0)
  const gaps = [
    { days: daysIn('unproved'), word: 'open' },
    { days: daysIn('contradicted'), word: 'contradicted' },
    { days: daysIn('excepted'), word: 'excepted' },
  ].filter(({ days }) => days > 0)
  if (gaps.length > 0) return gaps.map(({ days, word }) => `${count(days, 'day')} ${word}`).join(', ')
  if (daysIn('proved') > 0) return 'no gap'
  return daysIn('not-claimed') > 0 ? 'not claimed' : 'not answered'
}
