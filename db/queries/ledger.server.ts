/** The append-only chain of one organisation. */
import { and, asc, desc, eq, gt, lt, lte, notLike, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { ledgerEntry, ledgerHead } from '../schema/index.ts'

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

/** By number. */
export async function findEntry(tx: Tx, organisationId: string, sequence: number) {
  const [row] = await tx
    .select()
    .from(ledgerEntry)
    .where(and(eq(ledgerEntry.organisationId, organisationId), eq(ledgerEntry.sequence, sequence)))
  return row ?? null
}

export async function findHead(tx: Tx, organisationId: string) {
  const [row] = await tx.select().from(ledgerHead).where(eq(ledgerHead.organisationId, organisationId))
  return row ?? null
}

export async function putHead(tx: Tx, row: typeof ledgerHead.$inferInsert) {
  const { organisationId: _same, ...changed } = row
  await tx
    .insert(ledgerHead)
    .values(row)
    .onConflictDoUpdate({ target: ledgerHead.organisationId, set: changed })
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

/** How many entries behind `after` record something of the product, not the ledger's own keeping. */
export async function countEntriesAfter(
  tx: Tx,
  organisationId: string,
  { after, atMost }: { after: number; atMost: number },
): Promise<number> {
  const own = tx
    .select({ sequence: ledgerEntry.sequence })
    .from(ledgerEntry)
    .where(isOwnAfter(organisationId, after))
    .limit(atMost)
    .as('own')
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(own)
  return row?.count ?? 0
}

/** The first of them. */
export async function findEntryAfter(tx: Tx, organisationId: string, after: number) {
  const [row] = await tx
    .select()
    .from(ledgerEntry)
    .where(isOwnAfter(organisationId, after))
    .orderBy(asc(ledgerEntry.sequence))
    .limit(1)
  return row ?? null
}

const isOwnAfter = (organisationId: string, after: number) =>
  and(
    eq(ledgerEntry.organisationId, organisationId),
    gt(ledgerEntry.sequence, after),
    notLike(ledgerEntry.kind, 'ledger.%'),
  )

/** Entries of a kind that were written at one instant; reads the whole ledger. */
export async function listEntriesOfInstant(tx: Tx, organisationId: string, kind: string, at: Date) {
  return tx
    .select()
    .from(ledgerEntry)
    .where(
      and(eq(ledgerEntry.organisationId, organisationId), eq(ledgerEntry.kind, kind), eq(ledgerEntry.at, at)),
    )
}

/** Whether an entry of this kind was ever written; reads the whole ledger. */
export async function hasEntryOfKind(tx: Tx, organisationId: string, kind: string): Promise<boolean> {
  const rows = await tx
    .select({ sequence: ledgerEntry.sequence })
    .from(ledgerEntry)
    .where(and(eq(ledgerEntry.organisationId, organisationId), eq(ledgerEntry.kind, kind)))
    .limit(1)
  return rows.length > 0
}

/** Entries of a kind whose canonical payload has this text, newest first; reads the whole ledger. */
export async function listEntriesSaying(tx: Tx, organisationId: string, kind: string, says: string) {
  return tx
    .select()
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.organisationId, organisationId),
        eq(ledgerEntry.kind, kind),
        sql`position(${says} in ${ledgerEntry.payload}) > 0`,
      ),
    )
    .orderBy(desc(ledgerEntry.sequence))
}

/** Hashes alone, oldest first: what a Merkle tree is made of. */
export async function listHashesAfter(
  tx: Tx,
  organisationId: string,
  page: { after: number; upTo: number; limit: number },
) {
  return tx
    .select({ sequence: ledgerEntry.sequence, hash: ledgerEntry.hash })
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.organisationId, organisationId),
        gt(ledgerEntry.sequence, page.after),
        lte(ledgerEntry.sequence, page.upTo),
      ),
    )
    .orderBy(asc(ledgerEntry.sequence))
    .limit(page.limit)
}

/** Oldest first, for checking the chain; `after` is the last sequence already read. */
export async function listEntriesAfter(
  tx: Tx,
  organisationId: string,
  page: { after: number; upTo: number; limit: number },
) {
  return tx
    .select()
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.organisationId, organisationId),
        gt(ledgerEntry.sequence, page.after),
        lte(ledgerEntry.sequence, page.upTo),
      ),
    )
    .orderBy(asc(ledgerEntry.sequence))
    .limit(page.limit)
}
