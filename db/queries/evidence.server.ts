/** Evidence and its revisions. */
import { and, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { evidence, evidenceRevision } from '../schema/index.ts'

export type EvidenceRow = typeof evidence.$inferSelect
export type RevisionRow = typeof evidenceRevision.$inferSelect

const joined = and(
  eq(evidence.organisationId, evidenceRevision.organisationId),
  eq(evidence.id, evidenceRevision.evidenceId),
)

export async function insertEvidence(tx: Tx, row: typeof evidence.$inferInsert) {
  await tx.insert(evidence).values(row)
}

export async function insertRevision(tx: Tx, row: typeof evidenceRevision.$inferInsert) {
  await tx.insert(evidenceRevision).values(row)
}

/**
 * Each item with its newest revision, newest received first; redacted copies and withdrawn revisions are passed over.
 * Withdrawn items are left out unless asked for.
 */
export async function listEvidence(tx: Tx, organisationId: string, clientId: string, withWithdrawn = false) {
  const rows = await tx
    .select({ evidence, revision: evidenceRevision })
    .from(evidence)
    .innerJoin(evidenceRevision, joined)
    .where(
      and(
        eq(evidence.organisationId, organisationId),
        eq(evidence.clientId, clientId),
        withWithdrawn ? undefined : isNull(evidence.withdrawnAt),
        isNull(evidenceRevision.redactedFrom),
        isNull(evidenceRevision.withdrawnAt),
      ),
    )
    .orderBy(desc(evidenceRevision.receivedAt), desc(evidenceRevision.sequence))
  const seen = new Set<string>()
  return rows.filter(({ evidence: { id } }) => !seen.has(id) && seen.add(id))
}

export async function findEvidence(tx: Tx, organisationId: string, id: string): Promise<EvidenceRow | null> {
  const [row] = await tx
    .select()
    .from(evidence)
    .where(and(eq(evidence.organisationId, organisationId), eq(evidence.id, id)))
    .limit(1)
  return row ?? null
}

/** Newest first, redacted copies and withdrawn ones among them. */
export async function listRevisions(tx: Tx, organisationId: string, evidenceId: string) {
  return tx
    .select()
    .from(evidenceRevision)
    .where(
      and(eq(evidenceRevision.organisationId, organisationId), eq(evidenceRevision.evidenceId, evidenceId)),
    )
    .orderBy(desc(evidenceRevision.sequence))
}

export async function findRevision(tx: Tx, organisationId: string, id: string) {
  const [row] = await tx
    .select({ evidence, revision: evidenceRevision })
    .from(evidenceRevision)
    .innerJoin(evidence, joined)
    .where(and(eq(evidenceRevision.organisationId, organisationId), eq(evidenceRevision.id, id)))
    .limit(1)
  return row ?? null
}

/** The same bytes already held for this client and not withdrawn. */
export async function findRevisionByContent(
  tx: Tx,
  organisationId: string,
  clientId: string,
  sha256: string,
) {
  const [row] = await tx
    .select({ evidence, revision: evidenceRevision })
    .from(evidenceRevision)
    .innerJoin(evidence, joined)
    .where(
      and(
        eq(evidenceRevision.organisationId, organisationId),
        eq(evidenceRevision.sha256, sha256),
        eq(evidence.clientId, clientId),
        isNull(evidence.withdrawnAt),
        isNull(evidenceRevision.withdrawnAt),
      ),
    )
    .limit(1)
  return row ?? null
}

export async function updateEvidence(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<EvidenceRow, 'title' | 'controlIds' | 'questionRefs' | 'withdrawnAt' | 'withdrawnReason'>
  >,
  at: Date,
) {
  await tx
    .update(evidence)
    .set({ ...values, changedAt: at })
    .where(and(eq(evidence.organisationId, organisationId), eq(evidence.id, id)))
}

/** Holds off whoever adds to or withdraws the same item. */
export async function lockEvidence(tx: Tx, organisationId: string, id: string): Promise<EvidenceRow | null> {
  const [row] = await tx
    .select()
    .from(evidence)
    .where(and(eq(evidence.organisationId, organisationId), eq(evidence.id, id)))
    .for('update')
  return row ?? null
}

export async function withdrawRevisionRow(
  tx: Tx,
  organisationId: string,
  id: string,
  values: { withdrawnAt: Date; withdrawnReason: string },
) {
  await tx
    .update(evidenceRevision)
    .set(values)
    .where(and(eq(evidenceRevision.organisationId, organisationId), eq(evidenceRevision.id, id)))
}

/** Items of other clients that show this one's file. */
export async function listCopiesOf(tx: Tx, organisationId: string, evidenceId: string) {
  return tx
    .select()
    .from(evidence)
    .where(
      and(
        eq(evidence.organisationId, organisationId),
        eq(evidence.copiedFrom, evidenceId),
        isNull(evidence.withdrawnAt),
      ),
    )
}

/** The copy of an item that a client holds already. */
export async function findCopyFor(tx: Tx, organisationId: string, evidenceId: string, clientId: string) {
  const copies = await listCopiesOf(tx, organisationId, evidenceId)
  return copies.find((copy) => copy.clientId === clientId) ?? null
}

/** Redacted copies of these revisions' content, newest first; withdrawn ones left out. */
export async function listRedactedCopies(tx: Tx, organisationId: string, evidenceIds: string[]) {
  if (evidenceIds.length === 0) return []
  return tx
    .select()
    .from(evidenceRevision)
    .where(
      and(
        eq(evidenceRevision.organisationId, organisationId),
        inArray(evidenceRevision.evidenceId, evidenceIds),
        isNotNull(evidenceRevision.redactedFrom),
        isNull(evidenceRevision.withdrawnAt),
      ),
    )
    .orderBy(desc(evidenceRevision.sequence))
}

/** How many files each item has had, redacted copies and withdrawn ones left out. */
export async function countRevisions(tx: Tx, organisationId: string, evidenceIds: string[]) {
  if (evidenceIds.length === 0) return new Map<string, number>()
  const rows = await tx
    .select({ evidenceId: evidenceRevision.evidenceId, n: count() })
    .from(evidenceRevision)
    .where(
      and(
        eq(evidenceRevision.organisationId, organisationId),
        inArray(evidenceRevision.evidenceId, evidenceIds),
        isNull(evidenceRevision.redactedFrom),
        isNull(evidenceRevision.withdrawnAt),
      ),
    )
    .groupBy(evidenceRevision.evidenceId)
  return new Map(rows.map(({ evidenceId, n }) => [evidenceId, n]))
}

/** A scan file tells its own date better than whoever uploaded it. */
/** The file tells another date than its uploader; what was stated stays beside it. */
export async function setObservedAt(
  tx: Tx,
  organisationId: string,
  revisionId: string,
  { observedAt, at }: { observedAt: Date; at: Date },
) {
  await tx
    .update(evidenceRevision)
    .set({
      observedAt,
      statedObservedAt: sql`coalesce(${evidenceRevision.statedObservedAt}, ${evidenceRevision.observedAt})`,
      observedCorrectedAt: at,
    })
    .where(and(eq(evidenceRevision.organisationId, organisationId), eq(evidenceRevision.id, revisionId)))
}
