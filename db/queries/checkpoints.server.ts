/** Signed checkpoints of one organisation's ledger. */
import { and, asc, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { ledgerCheckpoint, organisation } from '../schema/index.ts'

export type CheckpointRow = typeof ledgerCheckpoint.$inferSelect

const one = (organisationId: string, number: number) =>
  and(eq(ledgerCheckpoint.organisationId, organisationId), eq(ledgerCheckpoint.number, number))

export async function insertCheckpoint(tx: Tx, row: typeof ledgerCheckpoint.$inferInsert) {
  await tx.insert(ledgerCheckpoint).values(row)
}

export async function findCheckpoint(tx: Tx, organisationId: string, number: number) {
  const [row] = await tx.select().from(ledgerCheckpoint).where(one(organisationId, number))
  return row ?? null
}

export async function findNewestCheckpoint(tx: Tx, organisationId: string): Promise<CheckpointRow | null> {
  const [row] = await tx
    .select()
    .from(ledgerCheckpoint)
    .where(eq(ledgerCheckpoint.organisationId, organisationId))
    .orderBy(desc(ledgerCheckpoint.number))
    .limit(1)
  return row ?? null
}

/** Newest first; `before` is a number to go on from. */
export async function listCheckpoints(
  tx: Tx,
  organisationId: string,
  page: { before?: number; limit: number },
) {
  return tx
    .select()
    .from(ledgerCheckpoint)
    .where(
      and(
        eq(ledgerCheckpoint.organisationId, organisationId),
        page.before === undefined ? undefined : lt(ledgerCheckpoint.number, page.before),
      ),
    )
    .orderBy(desc(ledgerCheckpoint.number))
    .limit(page.limit)
}

/** Oldest first, for checking them; `after` is the last number already read. */
export async function listCheckpointsAfter(
  tx: Tx,
  organisationId: string,
  page: { after: number; limit: number },
) {
  return tx
    .select()
    .from(ledgerCheckpoint)
    .where(and(eq(ledgerCheckpoint.organisationId, organisationId), gt(ledgerCheckpoint.number, page.after)))
    .orderBy(asc(ledgerCheckpoint.number))
    .limit(page.limit)
}

/** Oldest first. */
export async function listUnstampedCheckpoints(tx: Tx, organisationId: string, limit: number) {
  return tx
    .select()
    .from(ledgerCheckpoint)
    .where(and(eq(ledgerCheckpoint.organisationId, organisationId), isNull(ledgerCheckpoint.timestampToken)))
    .orderBy(asc(ledgerCheckpoint.number))
    .limit(limit)
}

/** Once: the database refuses to replace a token. */
export async function keepTimestamp(
  tx: Tx,
  organisationId: string,
  number: number,
  { timestampToken, timestampEntry }: { timestampToken: string; timestampEntry: number },
) {
  await tx.update(ledgerCheckpoint).set({ timestampToken, timestampEntry }).where(one(organisationId, number))
}

export async function findOrganisationName(tx: Tx, organisationId: string): Promise<string | null> {
  const [row] = await tx
    .select({ name: organisation.name })
    .from(organisation)
    .where(eq(organisation.id, organisationId))
  return row?.name ?? null
}
