/** The rules one question sets for its answer, as a Zod schema that the form's resolver and the server both run. */
import { z } from 'zod'
import { valueSchemaFor } from './answer-value-schema.ts'
import { day, wording } from './answer-wording.ts'
import type { Answer, AnswerValue } from './answers.ts'
import type { Question } from './definition.ts'

export type AnswerValidation =
  | { ok: true; answer: Answer }
  | { ok: false; fieldErrors: { path: string; message: string }[] }

/**
 * Schema of the answer to one question; its output is trimmed, in option order and without empty explanations.
 * @param now clock for dates that may not lie in the future
 */
export function answerSchemaFor(question: Question, now: Date): z.ZodType<Answer, Answer> {
  const explanation = wording(4000, '', true).optional()
  const answered = z
    .object({ state: z.literal('answered'), value: valueSchemaFor(question, now), explanation })
    .superRefine((answer, context) => {
      if (answer.explanation || !needsExplanation(question, answer.value)) return
      context.addIssue({ code: 'custom', path: ['explanation'], message: explanationDemand(answer.value) })
    })
  const dontKnow = z.object({
    state: z.literal('dont-know'),
    gap: z.object(
      {
        owner: wording(120, 'Name the person who will find out.'),
        dueOn: day('Give the date by which this will be known.', '2000-01-01'),
      },
      { error: 'Name the person who will find out, and by when.' },
    ),
    explanation,
  })
  const schema = z
    .discriminatedUnion('state', [answered, dontKnow], {
      error: 'Answer the question or choose "I don\'t know".',
    })
    .transform(({ explanation, ...answer }): Answer => (explanation ? { ...answer, explanation } : answer))
  // The form starts from the stored shape, and Zod's inferred input is wider than that.
  return schema as unknown as z.ZodType<Answer, Answer>
}

/** @returns the answer as it should be stored, or every field that is wrong; paths are dotted, such as `value.choice`. */
export function validateAnswer(question: Question, answer: unknown, now: Date): AnswerValidation {
  const result = answerSchemaFor(question, now).safeParse(answer)
  if (result.success) return { ok: true, answer: result.data }
  return {
    ok: false,
    fieldErrors: result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  }
}

/** A "no" to a yes/no question always, other answers where the edition asks for it. */
export function needsExplanation(question: Question, value: AnswerValue): boolean {
  if (value.kind === 'yes-no' && value.choice === 'no') return true
  const chosen = 'choice' in value ? [value.choice] : 'choices' in value ? value.choices : []
  return chosen.some((choice) => question.explain.includes(choice))
}

function explanationDemand(value: AnswerValue): string {
  return value.kind === 'yes-no' && value.choice === 'no'
    ? 'Explain the "no": what is not covered, why, and what is planned.'
    : 'This answer needs an explanation.'
}
