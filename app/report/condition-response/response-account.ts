/** What the line-by-line response to an insurer's conditions tells; plain data, so that it can be drawn in a worker. */
import { z } from 'zod'

const Cited = z.strictObject({
  title: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  observedOn: z.string(),
})

const AnsweredCondition = z.strictObject({
  /** From 1, in the order of the document. */
  number: z.int(),
  reference: z.string().nullable(),
  condition: z.string(),
  source: z.string(),
  /** In words, such as "Before the bind". */
  timing: z.string(),
  dueOn: z.string().nullable(),
  standing: z.string(),
  /** Closed or waived: an answer is no longer missing. */
  isSettled: z.boolean(),
  /** Null where nobody has answered yet. */
  response: z
    .strictObject({
      answer: z.string(),
      respondedOn: z.string(),
      respondedBy: z.string(),
      cited: z.array(Cited),
    })
    .nullable(),
  /** Of the insurer, as recorded. */
  decision: z
    .strictObject({
      outcome: z.string(),
      why: z.string().nullable(),
      decidedBy: z.string(),
      decidedOn: z.string(),
    })
    .nullable(),
})
export type AnsweredCondition = z.infer<typeof AnsweredCondition>

export const ResponseAccount = z.strictObject({
  /** ISO 8601. */
  madeAt: z.string(),
  organisation: z.string(),
  client: z.string(),
  form: z.string(),
  edition: z.string(),
  insurer: z.string().nullable(),
  quoteReference: z.string().nullable(),
  quotedOn: z.string().nullable(),
  boundOn: z.string().nullable(),
  binderExpiresOn: z.string().nullable(),
  conditions: z.array(AnsweredCondition),
})
export type ResponseAccount = z.infer<typeof ResponseAccount>
