/** What a person answered, in the shape its question demands; the same schema serves the form and the server. */
import { z } from 'zod'

/** What "other" is, for options that ask to be described. */
const Description = z.string().max(400).optional()

/** Cells by column id: text, a choice's id, `yes`/`no` or an ISO date; a number; an amount in minor units. */
const TableRow = z.record(z.string(), z.union([z.string(), z.number()]))
export type TableRow = z.infer<typeof TableRow>

/** A revision of evidence, named by what nobody can change. */
const AttachedFile = z.object({
  revisionId: z.uuid(),
  fileName: z.string().max(400),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type AttachedFile = z.infer<typeof AttachedFile>

export const AnswerValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('yes-no'), choice: z.enum(['yes', 'no', 'sometimes', 'not-applicable']) }),
  z.object({ kind: z.literal('single-choice'), choice: z.string(), description: Description }),
  z.object({ kind: z.literal('multiple-choice'), choices: z.array(z.string()), description: Description }),
  z.object({ kind: z.literal('band'), choice: z.string(), description: Description }),
  z.object({ kind: z.literal('number'), number: z.number() }),
  z.object({
    kind: z.literal('percent'),
    covered: z.number().int().nonnegative(),
    total: z.number().int().positive(),
  }),
  z.object({ kind: z.literal('currency'), amountMinor: z.number().int(), currency: z.string().length(3) }),
  z.object({ kind: z.literal('date'), date: z.iso.date() }),
  z.object({ kind: z.literal('product'), product: z.string().max(200) }),
  z.object({ kind: z.literal('text'), text: z.string().max(4000) }),
  z.object({ kind: z.literal('table'), rows: z.array(TableRow) }),
  z.object({ kind: z.literal('attachment'), files: z.array(AttachedFile) }),
])
export type AnswerValue = z.infer<typeof AnswerValue>

/** `dont-know` is an answer in its own right: it opens a gap with an owner and a due date and never counts as met. */
export const Answer = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('answered'),
    value: AnswerValue,
    explanation: z.string().max(4000).optional(),
  }),
  z.object({
    state: z.literal('dont-know'),
    gap: z.object({ owner: z.string().min(1).max(120), dueOn: z.iso.date() }),
    explanation: z.string().max(4000).optional(),
  }),
])
export type Answer = z.infer<typeof Answer>

/** Answers of one application by question id; a missing id is unanswered. */
export type Answers = Readonly<Record<string, Answer>>

// One door for callers: `Answer` above is the stored shape, these apply it to a question.
export { type AnswerValidation, answerSchemaFor, needsExplanation, validateAnswer } from './answer-schema.ts'
export { ANSWER_WORDS, type AnswerWords, describeAnswer } from './answer-words.ts'
export { answersAsRead } from './blank-rule.ts'
export { claimsOf } from './claims.ts'
export { progressOf, type SectionProgress } from './progress.ts'
