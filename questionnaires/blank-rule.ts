/** What a question left blank says: nothing, or "no" where the edition's own rule reads it so (domain/forms.md §2.7). */
import type { Answer, Answers } from './answers.ts'
import { type Edition, listQuestions, type Question } from './definition.ts'

const BLANK_NO: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'no' } }

/** The answer that an empty field of this question is; undefined where a blank is no answer. */
export function blankAnswer(
  { blankMeans }: Pick<Edition, 'blankMeans'>,
  question: Question,
): Answer | undefined {
  return blankMeans === 'no' && question.kind === 'yes-no' ? BLANK_NO : undefined
}

/** The answers as the insurer reads the form: with the "no" of every blank that says one, hidden questions included. */
export function answersAsRead(edition: Edition, answers: Answers): Answers {
  if (edition.blankMeans !== 'no') return answers
  const blanks = listQuestions(edition).flatMap((question): [string, Answer][] => {
    const blank = Object.hasOwn(answers, question.id) ? undefined : blankAnswer(edition, question)
    return blank ? [[question.id, blank]] : []
  })
  return { ...answers, ...Object.fromEntries(blanks) }
}
