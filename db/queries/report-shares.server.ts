/** Links by which a recipient outside the organisation reads a signed report, and what was done with them. */
import { and, count, desc, eq, gt, inArray, max, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { reportShare, reportShareAccess } from '../schema/index.ts'

export type ReportShareRow = typeof reportShare.$inferSelect
export type ShareAccessRow = typeof reportShareAccess.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(reportShare.organisationId, organisationId), eq(reportShare.id, id))

export async function insertShare(tx: Tx, row: typeof reportShare.$inferInsert) {
  await tx.insert(reportShare).values(row)
}

/** Locked to the end of the transaction, so that two tries of a passcode are counted one after the other. */
export async function lockShareByToken(
  tx: Tx,
  organisationId: string,
  tokenSha256: string,
): Promise<ReportShareRow | null> {
  const [row] = await tx
    .select()
    .from(reportShare)
    .where(and(eq(reportShare.organisationId, organisationId), eq(reportShare.tokenSha256, tokenSha256)))
    .for('update')
  return row ?? null
}

/** One of this report, locked to the end of the transaction. */
export async function lockShare(
  tx: Tx,
  organisationId: string,
  { reportId, shareId }: { reportId: string; shareId: string },
): Promise<ReportShareRow | null> {
  const [row] = await tx
    .select()
    .from(reportShare)
    .where(and(one(organisationId, shareId), eq(reportShare.reportId, reportId)))
    .for('update')
  return row ?? null
}

export async function updateShare(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<ReportShareRow, 'passcodeHash' | 'wrongTries' | 'lockedAt' | 'expiresAt' | 'revokedAt'>
  >,
) {
  await tx.update(reportShare).set(values).where(one(organisationId, id))
}

/** The newest first. */
export async function listShares(tx: Tx, organisationId: string, reportId: string) {
  return tx
    .select()
    .from(reportShare)
    .where(and(eq(reportShare.organisationId, organisationId), eq(reportShare.reportId, reportId)))
    .orderBy(desc(reportShare.sharedAt), desc(reportShare.id))
}

export async function insertAccess(tx: Tx, row: typeof reportShareAccess.$inferInsert) {
  await tx.insert(reportShareAccess).values(row)
}

/** Whether the same was done from the same address after `since`. */
export async function hasAccessSince(
  tx: Tx,
  organisationId: string,
  access: Pick<ShareAccessRow, 'shareId' | 'kind' | 'address'>,
  since: Date,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: reportShareAccess.id })
    .from(reportShareAccess)
    .where(
      and(
        eq(reportShareAccess.organisationId, organisationId),
        eq(reportShareAccess.shareId, access.shareId),
        gt(reportShareAccess.at, since),
        eq(reportShareAccess.kind, access.kind),
        eq(reportShareAccess.address, access.address),
      ),
    )
    .limit(1)
  return row !== undefined
}

/** The newest first; all of them without `limit`. */
export async function listAccess(tx: Tx, organisationId: string, shareId: string, limit?: number) {
  const query = tx
    .select()
    .from(reportShareAccess)
    .where(and(eq(reportShareAccess.organisationId, organisationId), eq(reportShareAccess.shareId, shareId)))
    .orderBy(desc(reportShareAccess.at), desc(reportShareAccess.id))
  return limit === undefined ? query : query.limit(limit)
}

/** How often each thing was done with each link, and when last. */
export async function countAccess(tx: Tx, organisationId: string, shareIds: readonly string[]) {
  if (shareIds.length === 0) return []
  return tx
    .select({
      shareId: reportShareAccess.shareId,
      kind: reportShareAccess.kind,
      times: count(),
      lastAt: sql<Date>`${max(reportShareAccess.at)}`.mapWith(reportShareAccess.at),
    })
    .from(reportShareAccess)
    .where(
      and(
        eq(reportShareAccess.organisationId, organisationId),
        inArray(reportShareAccess.shareId, [...shareIds]),
      ),
    )
    .groupBy(reportShareAccess.shareId, reportShareAccess.kind)
}
