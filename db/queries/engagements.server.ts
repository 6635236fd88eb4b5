/** Engagements as the host grants them and as the guest holds them, with their applications and what was opened. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  applicationReview,
  client,
  engagement,
  engagementAccess,
  engagementApplication,
  heldEngagement,
} from '../schema/index.ts'

export type EngagementRow = typeof engagement.$inferSelect
export type EngagementApplicationRow = typeof engagementApplication.$inferSelect
export type EngagementAccessRow = typeof engagementAccess.$inferSelect
export type { Handover } from '../schema/engagements.ts'
export type HeldEngagementRow = typeof heldEngagement.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(engagement.organisationId, organisationId), eq(engagement.id, id))

export async function insertEngagement(
  tx: Tx,
  row: typeof engagement.$inferInsert,
  applications: (typeof engagementApplication.$inferInsert)[],
) {
  await tx.insert(engagement).values(row)
  await tx.insert(engagementApplication).values(applications)
}

/** Locked to the end of the transaction: whoever ends it waits for what is being decided, or comes first. */
export async function lockEngagement(
  tx: Tx,
  organisationId: string,
  id: string,
  strength: 'update' | 'share',
): Promise<EngagementRow | null> {
  const [row] = await tx.select().from(engagement).where(one(organisationId, id)).for(strength)
  return row ?? null
}

export async function lockEngagementByToken(
  tx: Tx,
  organisationId: string,
  tokenSha256: string,
): Promise<EngagementRow | null> {
  const [row] = await tx
    .select()
    .from(engagement)
    .where(and(eq(engagement.organisationId, organisationId), eq(engagement.tokenSha256, tokenSha256)))
    .for('update')
  return row ?? null
}

export async function updateEngagement(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<EngagementRow>,
) {
  await tx.update(engagement).set(values).where(one(organisationId, id))
}

/** Newest first. */
export async function listEngagements(tx: Tx, organisationId: string): Promise<EngagementRow[]> {
  return tx
    .select()
    .from(engagement)
    .where(eq(engagement.organisationId, organisationId))
    .orderBy(desc(engagement.offeredAt), desc(engagement.id))
}

/** Of these engagements, each with its client's name and the review that acceptance made of it; by client. */
export async function listEngagementApplications(
  tx: Tx,
  organisationId: string,
  engagementIds: readonly string[],
) {
  if (engagementIds.length === 0) return []
  return tx
    .select({ granted: engagementApplication, clientName: client.legalName, review: applicationReview })
    .from(engagementApplication)
    .innerJoin(
      client,
      and(
        eq(client.organisationId, engagementApplication.organisationId),
        eq(client.id, engagementApplication.clientId),
      ),
    )
    .leftJoin(
      applicationReview,
      and(
        eq(applicationReview.organisationId, engagementApplication.organisationId),
        eq(applicationReview.engagementId, engagementApplication.engagementId),
        eq(applicationReview.applicationId, engagementApplication.applicationId),
      ),
    )
    .where(
      and(
        eq(engagementApplication.organisationId, organisationId),
        inArray(engagementApplication.engagementId, [...engagementIds]),
      ),
    )
    .orderBy(asc(client.legalName), asc(engagementApplication.applicationId))
}

export async function insertEngagementAccess(tx: Tx, row: typeof engagementAccess.$inferInsert) {
  await tx.insert(engagementAccess).values(row)
}

/** Newest first. */
export async function listEngagementAccess(tx: Tx, organisationId: string, engagementId: string) {
  return tx
    .select()
    .from(engagementAccess)
    .where(
      and(
        eq(engagementAccess.organisationId, organisationId),
        eq(engagementAccess.engagementId, engagementId),
      ),
    )
    .orderBy(desc(engagementAccess.at), desc(engagementAccess.id))
}

export async function insertHeldEngagement(tx: Tx, row: typeof heldEngagement.$inferInsert) {
  await tx.insert(heldEngagement).values(row)
}

export async function findHeldEngagement(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<HeldEngagementRow | null> {
  const [row] = await tx
    .select()
    .from(heldEngagement)
    .where(and(eq(heldEngagement.organisationId, organisationId), eq(heldEngagement.id, id)))
    .limit(1)
  return row ?? null
}

/** Newest first. */
export async function listHeldEngagements(tx: Tx, organisationId: string): Promise<HeldEngagementRow[]> {
  return tx
    .select()
    .from(heldEngagement)
    .where(eq(heldEngagement.organisationId, organisationId))
    .orderBy(desc(heldEngagement.acceptedAt), desc(heldEngagement.id))
}

export async function updateHeldEngagement(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<HeldEngagementRow>,
) {
  await tx
    .update(heldEngagement)
    .set(values)
    .where(and(eq(heldEngagement.organisationId, organisationId), eq(heldEngagement.id, id)))
}
