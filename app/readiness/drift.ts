/** What is no longer as it was when the insured attested: since when, by what, and whether the broker should hear of it. */

import type { Answers } from '#questionnaires/answers.ts'
import { sortedBy } from './order.ts'
import type { Readiness, Reason } from './status.ts'
import { type CoverState, coverOf, type Strip } from './timeline.ts'

export interface DriftedAnswer {
  questionId: string
  before: CoverState
  now: CoverState
  /** First day of the present state, YYYY-MM-DD. */
  since: string
  /** `worse` can cost the cover; `better` is told because it may end an exception or a condition. */
  direction: 'worse' | 'better'
  /** The reasons of today that were not given at the attestation. */
  reasons: Reason[]
  /** Facts and revisions that those reasons rest on, so that the page can say by whom or by which scan. */
  factIds: string[]
  revisionIds: string[]
  /**
   * Whether an answer that was signed as true is shown to be false. Duties to tell differ by policy and law
   * (practice.md §4); a contradiction is what a broker has to judge, a proof that merely grew old is not.
   */
  tellBroker: boolean
}

/** Readiness with the answers that it judges. */
export interface Judged {
  readiness: Readiness
  answers: Answers
}

const RANK: Record<CoverState, number> = {
  contradicted: 0,
  excepted: 1,
  unproved: 2,
  unrecorded: 3,
  'not-claimed': 4,
  proved: 5,
}

/**
 * @param signed readiness of the signed application at its attestation, as it was known then
 * @param now readiness of the same application today
 * @param strips of its answers, day by day up to today
 */
export function driftSince(signed: Judged, now: Judged, strips: readonly Strip[]): DriftedAnswer[] {
  const before = new Map(signed.readiness.answers.map((answer) => [answer.questionId, answer]))
  const drifted = now.readiness.answers.flatMap((answer) => {
    const earlier = before.get(answer.questionId)
    const change = earlier && changeOf(coverOf(earlier, signed.answers), coverOf(answer, now.answers))
    if (!earlier || !change) return []
    const known = new Set(earlier.reasons.map(({ sentence }) => sentence))
    const reasons = answer.reasons.filter(({ sentence }) => !known.has(sentence))
    const last = strips.find(({ id }) => id === answer.questionId)?.segments.at(-1)
    return [
      {
        questionId: answer.questionId,
        ...change,
        since: last?.from ?? now.readiness.asOf.slice(0, 10),
        reasons,
        factIds: reasons.flatMap(({ factIds }) => factIds),
        revisionIds: reasons.flatMap(({ revisionIds }) => revisionIds),
        tellBroker:
          change.now === 'contradicted' || change.now === 'excepted' ? change.direction === 'worse' : false,
      },
    ]
  })
  return sortedBy(
    drifted,
    ({ now: state }) => RANK[state],
    ({ since }) => since,
    ({ questionId }) => questionId,
  )
}

function changeOf(before: CoverState, now: CoverState) {
  if (before === now) return null
  return { before, now, direction: RANK[now] < RANK[before] ? ('worse' as const) : ('better' as const) }
}
