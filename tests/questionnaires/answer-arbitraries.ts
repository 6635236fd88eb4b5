/** Random answers that fit their questions, for properties over whole editions. */
import fc from 'fast-check'
import type { Answer, Answers, AnswerValue } from '#questionnaires/answers.ts'
import { type Edition, listQuestions, optionsOf, type Question } from '#questionnaires/definition.ts'

const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' } }
const answered = (value: AnswerValue): Answer => ({ state: 'answered', value })

/** Any mixture of answers, "I don't know" and blanks, fitting the question's kind. */
export function answersTo(edition: Edition): fc.Arbitrary<Answers> {
  const entries = listQuestions(edition).map((question) =>
    fc
      .option(fc.oneof({ weight: 6, arbitrary: valueFor(question).map(answered) }, fc.constant(dontKnow)))
      .map((answer) => [question.id, answer] as const),
  )
  return fc.tuple(...entries).map((pairs) => {
    const given = pairs.flatMap(([id, answer]): [string, Answer][] => (answer ? [[id, answer]] : []))
    return Object.fromEntries(given)
  })
}

function valueFor(question: Question): fc.Arbitrary<AnswerValue> {
  const choice = fc.constantFrom('none', ...optionsOf(question).map((option) => option.id))
  switch (question.kind) {
    case 'yes-no':
      return fc
        .constantFrom('yes' as const, 'no' as const, 'sometimes' as const)
        .map((given) => ({ kind: 'yes-no', choice: given }))
    case 'single-choice':
    case 'band':
      return choice.map((given) => ({ kind: question.kind, choice: given }))
    case 'multiple-choice':
      return fc.uniqueArray(choice).map((choices) => ({ kind: 'multiple-choice', choices }))
    case 'percent':
      return fc.nat(50).map((covered) => ({ kind: 'percent', covered, total: 50 }))
    case 'number':
      return fc.nat().map((number) => ({ kind: 'number', number }))
    case 'currency':
      return fc.nat().map((amountMinor) => ({ kind: 'currency', amountMinor, currency: question.currency }))
    case 'date':
      return fc.constant({ kind: 'date', date: '2026-01-01' })
    case 'product':
      return fc.string().map((product) => ({ kind: 'product', product }))
    case 'text':
      return fc.string().map((text) => ({ kind: 'text', text }))
    case 'table':
      return fc.array(fc.constant({}), { maxLength: 2 }).map((rows) => ({ kind: 'table', rows }))
    case 'attachment':
      return fc.constant({ kind: 'attachment', files: [] })
  }
}
