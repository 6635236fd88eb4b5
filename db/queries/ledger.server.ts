/** The append-only chain of one organisation. */
import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { ledgerEntry } from '../schema/index.ts'

/** Held until the transaction ends: entries of one organisation are numbered one at a time. */
export async function lockLedger(tx: Tx, organisationId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${organisationId}::text, 0))`)
}

export async function findLastEntry(tx: Tx, organisationId: string) {
  const [row] = await tx
    .select()
    .from(ledgerEntry)
    .where(eq(ledgerEntry.organisationId, organisationId))
    .orderBy(desc(ledgerEntry.sequence))
    .limit(1)
  return row ?? null
}

export async function insertEntry(tx: Tx, row: typeof ledgerEntry.$inferInsert) {
  await tx.insert(ledgerEntry).values(row)
}

/** Newest first; `before` is a sequence to go on from. */
export async function listEntries(tx: Tx, organisationId: string, page: { before?: number; limit: number }) {
  return tx
    .select()
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.organisationId, organisationId),
        page.before === undefined ? undefined : lt(ledgerEntry.sequence, page.before),
      ),
    )
    .orderBy(desc(ledgerEntry.sequence))
    .limit(page.limit)
}

/** Oldest first, for checking the chain; `after` is the last sequence already read. */
export async function listEntriesAfter(
  tx: Tx,
  organisationId: string,
  page: { after: number; limit: number },
) {
  return tx
    .select()
    .from(ledgerEntry)
    .where(and(eq(ledgerEntry.organisationId, organisationId), gt(ledgerEntry.sequence, page.after)))
    .orderBy(asc(ledgerEntry.sequence))
    .limit(page.limit)
}
