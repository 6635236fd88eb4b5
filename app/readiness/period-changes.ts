/** What a period did to the answers of one form: what improved, what drifted, what was answered first. */
import { matchQuestions } from '#questionnaires/compare-matching.ts'
import { type Edition, findQuestion, listQuestions } from '#questionnaires/definition.ts'
import { COVER_RANK, driftSince, type Judged } from './drift.ts'
import { type CoverState, coverOf } from './timeline.ts'

export interface PeriodChange {
  questionId: string
  before: CoverState
  now: CoverState
  /** `first`: no answer to this question was on record before, so that it is neither progress nor drift. */
  direction: 'better' | 'worse' | 'first'
  reasons: string[]
}

/**
 * The worst first.
 * @param before what the form showed, under the questions of `now`; null where it was not on record
 * @param factValue what a fact says, by its id: a scan that shows the same again is no change
 */
export function changesBetween(
  before: Judged | null,
  now: Judged,
  factValue: (factId: string) => unknown,
): PeriodChange[] {
  const given = before ?? { readiness: { ...now.readiness, answers: [] }, answers: {} }
  const known = new Set(given.readiness.answers.map(({ questionId }) => questionId))
  const applying = new Set(now.readiness.answers.map(({ questionId }) => questionId))
  const asked = now.readiness.answers
    .filter(({ questionId }) => !known.has(questionId))
    .map((answer) => ({
      questionId: answer.questionId,
      before: 'unrecorded' as const,
      now: coverOf(answer, now.answers),
      reasons: answer.reasons,
    }))
    .filter((change) => change.now !== 'unrecorded')
  return [
    // What nobody had answered and nobody has to answer any more changed nothing.
    ...driftSince(given, now, [], factValue).filter(
      ({ before: then, questionId }) => then !== 'unrecorded' || applying.has(questionId),
    ),
    ...asked,
  ]
    .map(
      ({ questionId, before: then, now: state, reasons }): PeriodChange => ({
        questionId,
        before: then,
        now: state,
        direction: directionOf(then, state),
        reasons: reasons.map(({ sentence }) => sentence),
      }),
    )
    .sort((a, b) => COVER_RANK[a.now] - COVER_RANK[b.now])
}

function directionOf(before: CoverState, now: CoverState): PeriodChange['direction'] {
  if (before === now) return 'worse'
  if (before === 'unrecorded') return 'first'
  return COVER_RANK[now] < COVER_RANK[before] ? 'worse' : 'better'
}

/**
 * What was judged in one edition, under the questions of another. Only where one question became one about the same
 * control: a part shows something else than the whole did, and what is asked about nothing is never judged.
 * @param between editions of the form between the two, in order (editions.ts `chainBetween`)
 */
export function underQuestionsOf(
  newer: Edition,
  { older, between, judged }: { older: Edition; between: readonly Edition[]; judged: Judged },
): Judged {
  const { from, split } = matchQuestions(older, newer, between)
  const became = new Map(
    listQuestions(newer).flatMap(({ id, control }): [string, string][] => {
      const [source, ...others] = from.get(id) ?? []
      if (source === undefined || others.length > 0 || split.has(source)) return []
      return findQuestion(older, source)?.control === control ? [[source, id]] : []
    }),
  )
  const { readiness, answers } = judged
  return {
    readiness: {
      ...readiness,
      answers: readiness.answers.flatMap((answer) => {
        const questionId = became.get(answer.questionId)
        return questionId === undefined ? [] : [{ ...answer, questionId }]
      }),
    },
    answers: Object.fromEntries(
      Object.entries(answers).flatMap(([id, answer]) => {
        const questionId = became.get(id)
        return questionId === undefined ? [] : [[questionId, answer]]
      }),
    ),
  }
}
