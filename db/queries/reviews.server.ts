/** Reviews of applications: invitations, decisions, replies and samples. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { applicationReview, reviewDecision, reviewReply, reviewSample } from '../schema/index.ts'

export type ReviewRow = typeof applicationReview.$inferSelect
export type DecisionRow = typeof reviewDecision.$inferSelect
export type ReviewReplyRow = typeof reviewReply.$inferSelect
export type SampleRow = typeof reviewSample.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(applicationReview.organisationId, organisationId), eq(applicationReview.id, id))

export async function insertReview(tx: Tx, row: typeof applicationReview.$inferInsert) {
  await tx.insert(applicationReview).values(row)
}

export async function findReview(tx: Tx, organisationId: string, id: string): Promise<ReviewRow | null> {
  const [row] = await tx.select().from(applicationReview).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** Locked to the end of the transaction: a sign-off and a decision come one after the other. */
export async function lockReview(
  tx: Tx,
  organisationId: string,
  id: string,
  strength: 'update' | 'share' = 'update',
): Promise<ReviewRow | null> {
  const [row] = await tx.select().from(applicationReview).where(one(organisationId, id)).for(strength)
  return row ?? null
}

export async function updateReview(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<Pick<ReviewRow, 'expiresAt' | 'revokedAt' | 'signedOffAt' | 'opinion' | 'signOff'>>,
) {
  await tx.update(applicationReview).set(values).where(one(organisationId, id))
}

/** Newest first. */
export async function listReviews(tx: Tx, organisationId: string, applicationId: string) {
  return tx
    .select()
    .from(applicationReview)
    .where(
      and(
        eq(applicationReview.organisationId, organisationId),
        eq(applicationReview.applicationId, applicationId),
      ),
    )
    .orderBy(desc(applicationReview.invitedAt), desc(applicationReview.id))
}

/** @returns whether it was the next one; not when somebody else has decided meanwhile */
export async function insertDecision(tx: Tx, row: typeof reviewDecision.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(reviewDecision)
    .values(row)
    .onConflictDoNothing({
      target: [
        reviewDecision.organisationId,
        reviewDecision.applicationId,
        reviewDecision.questionId,
        reviewDecision.sequence,
      ],
    })
    .returning({ id: reviewDecision.id })
  return rows.length === 1
}

/** Of one application, by question and in order. */
export async function listDecisions(tx: Tx, organisationId: string, applicationId: string) {
  return tx
    .select()
    .from(reviewDecision)
    .where(
      and(eq(reviewDecision.organisationId, organisationId), eq(reviewDecision.applicationId, applicationId)),
    )
    .orderBy(asc(reviewDecision.questionId), asc(reviewDecision.sequence))
}

export async function findDecision(tx: Tx, organisationId: string, id: string): Promise<DecisionRow | null> {
  const [row] = await tx
    .select()
    .from(reviewDecision)
    .where(and(eq(reviewDecision.organisationId, organisationId), eq(reviewDecision.id, id)))
    .limit(1)
  return row ?? null
}

export async function insertReply(tx: Tx, row: typeof reviewReply.$inferInsert) {
  await tx.insert(reviewReply).values(row)
}

export async function listReplies(
  tx: Tx,
  organisationId: string,
  decisionIds: readonly string[],
): Promise<ReviewReplyRow[]> {
  if (decisionIds.length === 0) return []
  return tx
    .select()
    .from(reviewReply)
    .where(
      and(eq(reviewReply.organisationId, organisationId), inArray(reviewReply.decisionId, [...decisionIds])),
    )
    .orderBy(asc(reviewReply.at), asc(reviewReply.id))
}

export async function insertSample(tx: Tx, row: typeof reviewSample.$inferInsert) {
  await tx.insert(reviewSample).values(row)
}

/** Newest first. */
export async function listSamples(tx: Tx, organisationId: string, reviewId: string) {
  return tx
    .select()
    .from(reviewSample)
    .where(and(eq(reviewSample.organisationId, organisationId), eq(reviewSample.reviewId, reviewId)))
    .orderBy(desc(reviewSample.at), desc(reviewSample.id))
}
