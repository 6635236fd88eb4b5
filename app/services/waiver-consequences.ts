/** Which answers to insurers a declined service concerns, and what becomes of each. */
import type { AffectedAnswer, AnswerEffect } from '#app/report/waiver/waiver-text.ts'
import type { AskedQuestion } from './asked-questions.server.ts'

// Ways of asking to which "not in place" is an answer. A product or a date that is asked for can only be left unproved.
const DENIABLE: readonly AskedQuestion['kind'][] = [
  'yes-no',
  'single-choice',
  'multiple-choice',
  'band',
  'percent',
]

export interface ShownAnswer extends AffectedAnswer {
  /** What is answered now, in words; null while it is open. */
  answered: string | null
  href: string
}

/** Of the questions about these controls, as they are asked. */
export function answersAffectedBy(
  controlIds: readonly string[],
  asked: readonly AskedQuestion[],
): ShownAnswer[] {
  return asked
    .filter(({ controlId }) => controlIds.includes(controlId))
    .map(({ formTitle, edition, item, prompt, kind, isSigned, answered, href }) => ({
      form: formTitle,
      edition,
      item,
      prompt,
      effect: effectOn(kind),
      isSigned,
      answered,
      href,
    }))
}

const effectOn = (kind: AskedQuestion['kind']): AnswerEffect =>
  DENIABLE.includes(kind) ? 'no' : 'unsupported'
