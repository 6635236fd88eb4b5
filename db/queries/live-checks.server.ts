/** Permissions to check, named selectors, and the runs of live checks. */
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { checkPermission, dkimSelectorList, evidence, evidenceRevision, liveCheck } from '../schema/index.ts'

export type PermissionRow = typeof checkPermission.$inferSelect
export type LiveCheckRow = typeof liveCheck.$inferSelect

const onePermission = (organisationId: string, id: string) =>
  and(eq(checkPermission.organisationId, organisationId), eq(checkPermission.id, id))
const oneCheck = (organisationId: string, id: string) =>
  and(eq(liveCheck.organisationId, organisationId), eq(liveCheck.id, id))

export async function insertPermission(tx: Tx, row: typeof checkPermission.$inferInsert) {
  await tx.insert(checkPermission).values(row)
}

/** Newest first, with the title of the evidence that holds the writing. */
export async function listPermissions(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select({ permission: checkPermission, evidence: { id: evidence.id, title: evidence.title } })
    .from(checkPermission)
    .leftJoin(
      evidenceRevision,
      and(
        eq(evidenceRevision.organisationId, checkPermission.organisationId),
        eq(evidenceRevision.id, checkPermission.revisionId),
      ),
    )
    .leftJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRevision.organisationId),
        eq(evidence.id, evidenceRevision.evidenceId),
      ),
    )
    .where(and(eq(checkPermission.organisationId, organisationId), eq(checkPermission.clientId, clientId)))
    .orderBy(desc(checkPermission.recordedAt))
}

export async function findPermission(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<PermissionRow | null> {
  const [row] = await tx.select().from(checkPermission).where(onePermission(organisationId, id)).limit(1)
  return row ?? null
}

/** @returns null when there is none that still stands. */
export async function revokePermission(
  tx: Tx,
  organisationId: string,
  id: string,
  values: { revokedAt: Date; revokedByName: string; revokedReason: string },
): Promise<PermissionRow | null> {
  const [row] = await tx
    .update(checkPermission)
    .set(values)
    .where(and(onePermission(organisationId, id), isNull(checkPermission.revokedAt)))
    .returning()
  return row ?? null
}

export async function listSelectors(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select()
    .from(dkimSelectorList)
    .where(and(eq(dkimSelectorList.organisationId, organisationId), eq(dkimSelectorList.clientId, clientId)))
    .orderBy(asc(dkimSelectorList.domain))
}

export async function saveSelectors(tx: Tx, row: typeof dkimSelectorList.$inferInsert) {
  const { selectors, changedByName, changedAt } = row
  await tx
    .insert(dkimSelectorList)
    .values(row)
    .onConflictDoUpdate({
      target: [dkimSelectorList.organisationId, dkimSelectorList.clientId, dkimSelectorList.domain],
      set: { selectors, changedByName, changedAt },
    })
}

export async function insertCheck(tx: Tx, row: typeof liveCheck.$inferInsert) {
  await tx.insert(liveCheck).values(row)
}

export async function findCheck(tx: Tx, organisationId: string, id: string): Promise<LiveCheckRow | null> {
  const [row] = await tx.select().from(liveCheck).where(oneCheck(organisationId, id)).limit(1)
  return row ?? null
}

export async function lockCheck(tx: Tx, organisationId: string, id: string): Promise<LiveCheckRow | null> {
  const [row] = await tx.select().from(liveCheck).where(oneCheck(organisationId, id)).for('update')
  return row ?? null
}

export async function updateCheck(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<
      LiveCheckRow,
      'state' | 'stepsDone' | 'stepsTotal' | 'step' | 'failure' | 'outcome' | 'revisionId' | 'finishedAt'
    >
  >,
) {
  await tx.update(liveCheck).set(values).where(oneCheck(organisationId, id))
}

/** Newest first, with the evidence that the run left, so that a withdrawn one can be told. */
export async function listChecks(tx: Tx, organisationId: string, clientId: string, limit: number) {
  return tx
    .select({
      check: liveCheck,
      evidence: {
        id: evidence.id,
        // Taken back as a whole, or this file of it alone.
        withdrawnAt:
          sql<Date | null>`coalesce(${evidence.withdrawnAt}, ${evidenceRevision.withdrawnAt})`.mapWith(
            evidence.withdrawnAt,
          ),
      },
    })
    .from(liveCheck)
    .leftJoin(
      evidenceRevision,
      and(
        eq(evidenceRevision.organisationId, liveCheck.organisationId),
        eq(evidenceRevision.id, liveCheck.revisionId),
      ),
    )
    .leftJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRevision.organisationId),
        eq(evidence.id, evidenceRevision.evidenceId),
      ),
    )
    .where(and(eq(liveCheck.organisationId, organisationId), eq(liveCheck.clientId, clientId)))
    .orderBy(desc(liveCheck.createdAt))
    .limit(limit)
}

/** How many runs of the whole organisation wait or are under way. */
export async function countUnfinished(tx: Tx, organisationId: string) {
  const [row] = await tx
    .select({ n: count() })
    .from(liveCheck)
    .where(and(eq(liveCheck.organisationId, organisationId), inArray(liveCheck.state, ['queued', 'running'])))
  return row?.n ?? 0
}
