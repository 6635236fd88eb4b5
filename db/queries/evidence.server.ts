/** Evidence and its revisions. */
import { and, desc, eq, isNull } from 'drizzle-orm'
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

/** Each item with its newest revision, newest received first. Withdrawn items are left out unless asked for. */
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
) {
  await tx
    .update(evidence)
    .set(values)
    .where(and(eq(evidence.organisationId, organisationId), eq(evidence.id, id)))
}

/** A scan file tells its own date better than whoever uploaded it. */
export async function setObservedAt(tx: Tx, organisationId: string, revisionId: string, observedAt: Date) {
  await tx
    .update(evidenceRevision)
    .set({ observedAt })
    .where(and(eq(evidenceRevision.organisationId, organisationId), eq(evidenceRevision.id, revisionId)))
}
