/** Answers carried between two small forms. */
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { type CarriedAnswers, type CarryInput, carryForward } from '#questionnaires/carry-forward.ts'
import { edition, type Fields } from './compare-sample-editions.ts'

export const dontKnow: Answer = {
  state: 'dont-know',
  gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' },
}

/** A limit of so many days. */
export const days = (value: number) => ({ threshold: { is: 'at-most', value, unit: 'days' } })

/** What becomes of these answers between two forms of these questions. */
export function carry(
  older: Fields[],
  newer: Fields[],
  answers: Answers,
  more: Partial<CarryInput> & { forms?: [Fields, Fields] } = {},
): CarriedAnswers {
  const { forms = [{}, {}], ...input } = more
  return carryForward({
    older: edition('1', older, forms[0]),
    newer: edition('2', newer, { follows: '1', ...forms[1] }),
    answers,
    purpose: 'draft',
    ...input,
  })
}

/** One question "q" with one answer, in two wordings: what became of it, in one word, and the answer. */
export function carryOne(
  older: Fields,
  newer: Fields,
  answer: Answer,
  more: Parameters<typeof carry>[3] = {},
) {
  const { kept, proposed, open, dropped } = carry(
    [{ id: 'q', ...older }],
    [{ id: 'q', ...newer }],
    { q: answer },
    more,
  )
  if (kept.q) return ['kept', kept.q.answer]
  if (proposed.q?.answer) return ['proposed', proposed.q.answer, ...proposed.q.lost]
  if (proposed.q) return ['shown', null]
  return [
    open.includes('q') && dropped.some(({ questionId }) => questionId === 'q') ? 'dropped' : 'lost',
    null,
  ]
}
