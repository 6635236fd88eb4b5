/** How far an application is, section by section, counting only the questions that apply. */
import type { Answers } from './answers.ts'
import { blankAnswer } from './blank-rule.ts'
import { applicableQuestions, findAnswer, isRequired } from './branching.ts'
import type { Circumstances } from './circumstances.ts'
import type { Edition } from './definition.ts'

export interface SectionProgress {
  sectionId: string
  /** Questions that apply now. */
  applicable: number
  /** With an answer other than "I don't know"; what is left blank on purpose is not counted. */
  answered: number
  dontKnow: number
  /** Ids of required questions without any answer, in form order; where a blank says "no", it is one. */
  requiredMissing: string[]
}

/** One entry a section, in form order; a section without applicable questions has `applicable: 0`. */
export function progressOf(
  edition: Edition,
  answers: Answers,
  circumstances: Circumstances = {},
): SectionProgress[] {
  const applicable = applicableQuestions(edition, answers, circumstances)
  return edition.sections.map((section) => {
    const questions = section.questions.filter((question) => applicable.has(question.id))
    const states = questions.map((question) => findAnswer(answers, question.id)?.state)
    return {
      sectionId: section.id,
      applicable: questions.length,
      answered: states.filter((state) => state === 'answered').length,
      dontKnow: states.filter((state) => state === 'dont-know').length,
      requiredMissing: questions
        .filter(
          (question, index) =>
            !states[index] && isRequired(question, circumstances.today) && !blankAnswer(edition, question),
        )
        .map((question) => question.id),
    }
  })
}
