/** Questions that say "no" by being left blank, for whoever is about to sign them (domain/forms.md §2.7). */
import type { Answers } from './answers.ts'
import { blankAnswer } from './blank-rule.ts'
import { applicableQuestions, findAnswer } from './branching.ts'
import type { Circumstances } from './circumstances.ts'
import { type Edition, listQuestions, type Question } from './definition.ts'

/** In form order; only questions that are asked, for nobody signs a hidden one. */
export function listBlankNoes(
  edition: Edition,
  answers: Answers,
  circumstances: Circumstances = {},
): Question[] {
  if (edition.blankMeans !== 'no') return []
  const applicable = applicableQuestions(edition, answers, circumstances)
  return listQuestions(edition).filter(
    (question) =>
      applicable.has(question.id) && !findAnswer(answers, question.id) && blankAnswer(edition, question),
  )
}
