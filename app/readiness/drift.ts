/** What is no longer as it was when the insured attested: since when, by what, and whether the broker should hear of it. */

import type { Answers } from '#questionnaires/answers.ts'
import { sortedBy } from './order.ts'
import type { AnswerReadiness, Readiness, Reason } from './status.ts'
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

/** The worse, the lower. */
export const COVER_RANK: Record<CoverState, number> = {
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
 * @param factValue what a fact says, by its id
 */
export function driftSince(
  signed: Judged,
  now: Judged,
  strips: readonly Strip[],
  factValue: (factId: string) => unknown = () => null,
): DriftedAnswer[] {
  const today = new Map(now.readiness.answers.map((answer) => [answer.questionId, answer]))
  const drifted = signed.readiness.answers.flatMap((earlier) => {
    const answer = today.get(earlier.questionId)
    const before = coverOf(earlier, signed.answers)
    // A question that no longer applies claims nothing any more.
    const state = answer ? coverOf(answer, now.answers) : 'not-claimed'
    const known = new Set(earlier.reasons.map(({ sentence }) => sentence))
    const fresh = (answer?.reasons ?? []).filter(({ sentence }) => !known.has(sentence))
    const against = answer ? newlyAgainst(earlier, answer, factValue) : []
    if (before === state && against.length === 0) return []
    const direction =
      before === state || COVER_RANK[state] < COVER_RANK[before] ? ('worse' as const) : ('better' as const)
    const reasons = before === state ? against : fresh
    const last = strips.find(({ id }) => id === earlier.questionId)?.segments.at(-1)
    return [
      {
        questionId: earlier.questionId,
        before,
        now: state,
        direction,
        since: last?.from ?? now.readiness.asOf.slice(0, 10),
        reasons,
        factIds: reasons.flatMap(({ factIds }) => factIds),
        revisionIds: reasons.flatMap(({ revisionIds }) => revisionIds),
        tellBroker: direction === 'worse' && (state === 'contradicted' || state === 'excepted'),
      },
    ]
  })
  return sortedBy(
    drifted,
    ({ now: state }) => COVER_RANK[state],
    ({ since }) => since,
    ({ questionId }) => questionId,
  )
}

const isAgainst = ({ outcome }: Reason) => outcome === 'contradicts' || outcome === 'weakens'

/**
 * What speaks against an answer and did not when it was signed: by another rule, or by the same one with another
 * value. A scan that was repeated and shows the same is no news, though its sentence has another date.
 */
export function newlyAgainst(
  earlier: { reasons: readonly Reason[] },
  answer: Pick<AnswerReadiness, 'reasons'>,
  factValue: (factId: string) => unknown,
): Reason[] {
  const sign = ({ ruleId, outcome, factIds, sentence }: Reason) =>
    factIds.length === 0 && ruleId === null
      ? sentence
      : [ruleId, outcome, ...factIds.map((id) => String(factValue(id))).sort()].join(' ')
  const known = new Set(earlier.reasons.filter(isAgainst).map(sign))
  return answer.reasons.filter((reason) => isAgainst(reason) && !known.has(sign(reason)))
}
