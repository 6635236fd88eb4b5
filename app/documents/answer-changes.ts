/** What a set of answers that came back would change: shown to a person before anything is taken over. */
import { type Answer, type Answers, describeAnswer } from '#questionnaires/answers.ts'
import { findAnswer } from '#questionnaires/branching.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'

export interface AnswerChange {
  questionId: string
  item: string
  prompt: string
  kind: 'added' | 'changed' | 'cleared'
  /** In words. */
  before: string
  /** In words. */
  after: string
}

/**
 * In form order, without what stays the same.
 * @param after `null` takes an answer back and must be said explicitly; a question that is absent stays as it is
 */
export function compareAnswers(
  edition: Edition,
  before: Answers,
  after: Readonly<Record<string, Answer | null>>,
): AnswerChange[] {
  return listQuestions(edition).flatMap((question): AnswerChange[] => {
    if (!Object.hasOwn(after, question.id)) return []
    const held = findAnswer(before, question.id)
    const given = after[question.id] ?? undefined
    if (isSame(held, given)) return []
    return [
      {
        questionId: question.id,
        item: question.reference.item,
        prompt: question.prompt,
        kind: !given ? 'cleared' : held ? 'changed' : 'added',
        before: describeAnswer(question, held),
        after: describeAnswer(question, given),
      },
    ]
  })
}

/** The order of members says nothing, that of rows and choices does. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const members = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...members].every((key) => isSame(Reflect.get(a, key), Reflect.get(b, key)))
}
