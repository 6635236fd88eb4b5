/** An answer that somebody or something suggests for a question: nothing until a person confirms it. */
import { z } from 'zod'
import { Answer } from './answers.ts'

/** Where a proposal comes from, frozen with its words: what it rests on may change or go. */
export const ProposalSource = z.discriminatedUnion('kind', [
  z.object({
    /** `bank`: the client's answer bank, from any form; `earlier-edition`: the application this one was migrated from. */
    kind: z.enum(['bank', 'earlier-edition']),
    applicationId: z.string(),
    questionId: z.string(),
    formTitle: z.string(),
    edition: z.string(),
    item: z.string(),
    /** The words that were answered. */
    prompt: z.string(),
    /** The answer in words. */
    shown: z.string(),
    answeredBy: z.string(),
    answeredAt: z.iso.datetime(),
  }),
  z.object({
    kind: z.literal('fact'),
    key: z.string(),
    /** The fact in words. */
    shown: z.string(),
    observedAt: z.iso.datetime(),
    revisionId: z.string(),
  }),
])
export type ProposalSource = z.infer<typeof ProposalSource>

export const Proposal = z.object({
  /** null: nothing can be proposed; the source is shown so that a person can answer anew. */
  answer: Answer.nullable(),
  sources: z.array(ProposalSource).min(1),
  /** What got lost or changed on the way, in sentences: "95 of 100 became no more than a yes". */
  lost: z.array(z.string()),
  /** What changed about the question since the answer was given, in sentences; its words are compared besides. */
  changed: z.array(z.string()).optional(),
})
export type Proposal = z.infer<typeof Proposal>
