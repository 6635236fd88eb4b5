/** What a period did to the answers of one application: what improved, what drifted, what was answered first. */
import { COVER_RANK, driftSince, type Judged } from './drift.ts'
import { type CoverState, coverOf } from './timeline.ts'

export interface PeriodChange {
  questionId: string
  before: CoverState
  now: CoverState
  direction: 'better' | 'worse'
  reasons: string[]
}

export interface PeriodChanges {
  /** The worst first. */
  changes: PeriodChange[]
  /** Given for the first time, without being shown yet: neither progress nor drift. */
  firstAnswered: number
}

const NOTHING_YET: readonly CoverState[] = ['unproved', 'not-claimed']

/**
 * @param before null where the application was not known yet
 * @param factValue what a fact says, by its id: a scan that shows the same again is no change
 */
export function changesBetween(
  before: Judged | null,
  now: Judged,
  factValue: (factId: string) => unknown,
): PeriodChanges {
  const given = before ?? { readiness: { ...now.readiness, answers: [] }, answers: {} }
  const known = new Set(given.readiness.answers.map(({ questionId }) => questionId))
  const asked = now.readiness.answers
    .filter(({ questionId }) => !known.has(questionId))
    .map((answer) => ({
      questionId: answer.questionId,
      before: 'unrecorded' as const,
      now: coverOf(answer, now.answers),
      reasons: answer.reasons,
    }))
    .filter((change) => change.now !== 'unrecorded')
  const all = [...driftSince(given, now, [], factValue), ...asked].map(
    ({ questionId, before: then, now: state, reasons }): PeriodChange => ({
      questionId,
      before: then,
      now: state,
      direction: then === state || COVER_RANK[state] < COVER_RANK[then] ? 'worse' : 'better',
      reasons: reasons.map(({ sentence }) => sentence),
    }),
  )
  const isFirst = ({ before: then, now: state }: PeriodChange) =>
    then === 'unrecorded' && NOTHING_YET.includes(state)
  return {
    changes: all.filter((change) => !isFirst(change)).sort((a, b) => COVER_RANK[a.now] - COVER_RANK[b.now]),
    firstAnswered: all.filter(isFirst).length,
  }
}
