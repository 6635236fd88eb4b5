/** What assessors found who reviewed the application and signed their review off before the statement was made. */
import { z } from 'zod'

export const TOLD_DECISIONS = [
  'accepted',
  'accepted-with-note',
  'asked',
  'rejected',
  'contradiction',
] as const
export const TOLD_OPINIONS = ['satisfied', 'with-conditions', 'not-satisfied'] as const

const count = z.number().int().nonnegative()

export const ToldReview = z.object({
  reviewId: z.uuid(),
  assessor: z.object({ name: z.string(), firm: z.string() }),
  /** Whether one person was invited by a link, or a member of an engaged organisation worked there. */
  by: z.enum(['link', 'engagement']),
  signedOffAt: z.iso.datetime(),
  /** Titles of the sections that lay before them; empty where it was the whole form. */
  sections: z.array(z.string()),
  /** Days of the evidence that they could open; null on a side where it was not limited. */
  evidenceFrom: z.iso.date().nullable(),
  evidenceUntil: z.iso.date().nullable(),
  /** Questions drawn by lot, each draw in the order of time; `statement-sampling.ts` says how to draw them again. */
  samples: z.array(
    z.object({ seed: z.string(), population: z.array(z.string()).min(1), drawn: z.array(z.string()).min(1) }),
  ),
  /** Questions that lay before them when they signed off. */
  questions: count,
  /** Of them, those with a decision that stood then. */
  decided: count,
  byKind: z.record(z.enum(TOLD_DECISIONS), count),
  /** Of the decided, those that another assessor of the same application decided. */
  decidedByOthers: count,
  /** Of the decided, those of which the answer, its status or its evidence is not what was decided on. */
  changedSince: count,
  opinion: z.enum(TOLD_OPINIONS),
  /** In the assessor's words. */
  summary: z.string(),
  /** Of the canonical list of decisions, as the ledger holds it in the entry of the signing off. */
  decisionsSha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ToldReview = z.infer<typeof ToldReview>
