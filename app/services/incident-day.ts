/** The two views of an incident's day, answer by answer, and sorted by what they say. */
import type { HistoryPoint } from './history-page.server.ts'

type PointAnswer = HistoryPoint['answers'][number]
export type DayGroup = 'contradicted' | 'excepted' | 'open' | 'proved' | 'not-claimed'

/** Contradictions first: what an insurer asks about. */
export const DAY_GROUPS: { id: DayGroup; title: string }[] = [
  { id: 'contradicted', title: 'Contradicted' },
  { id: 'excepted', title: 'Contradicted, under an exception' },
  { id: 'open', title: 'Stated, not proved' },
  { id: 'proved', title: 'Proved' },
  { id: 'not-claimed', title: 'No claim to prove' },
]

function groupOf({ status, isExcepted }: PointAnswer): DayGroup {
  if (status === 'contradicted') return isExcepted ? 'excepted' : 'contradicted'
  if (status === 'supported') return 'proved'
  return status === 'not-claimed' ? 'not-claimed' : 'open'
}

/** Grouped by what was true; an answer that was known only then stands with what was known. */
export function compareDay(asIs: HistoryPoint, asKnown: HistoryPoint) {
  const known = new Map(asKnown.answers.map((answer) => [answer.questionId, answer]))
  const listed = new Set(asIs.answers.map(({ questionId }) => questionId))
  const pairs = [
    ...asIs.answers.map((answer) => ({ shown: answer, asIs: answer, asKnown: known.get(answer.questionId) })),
    ...asKnown.answers
      .filter(({ questionId }) => !listed.has(questionId))
      .map((answer) => ({ shown: answer, asIs: undefined, asKnown: answer })),
  ]
  const standing = (answer: PointAnswer | undefined) =>
    answer ? { status: answer.status, isExcepted: answer.isExcepted } : null
  return DAY_GROUPS.map((group) => ({
    ...group,
    answers: pairs
      .filter(({ shown }) => groupOf(shown) === group.id)
      .map((pair) => ({
        questionId: pair.shown.questionId,
        item: pair.shown.item,
        prompt: pair.shown.prompt,
        shown: pair.shown.shown,
        asIs: standing(pair.asIs),
        asKnown: standing(pair.asKnown),
        reasons: pair.shown.reasons.map(({ sentence }) => sentence),
      })),
    knownCount: asKnown.answers.filter((answer) => groupOf(answer) === group.id).length,
  }))
}
