/** Which revision of an item counts: the newest that is neither withdrawn, nor a redacted copy, nor unreadable. */
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { evidence, evidenceRevision, fact } from '../schema/index.ts'

const ofRevision = and(
  eq(evidence.organisationId, evidenceRevision.organisationId),
  eq(evidence.id, evidenceRevision.evidenceId),
)

/**
 * Facts are outdated by the next revision only once that has been read: neither a scan in the queue nor one that
 * could not be read makes a contradiction go away.
 */
export const isNotOutdated = and(
  isNull(evidenceRevision.withdrawnAt),
  isNull(fact.supersededAt),
  sql`not exists (
    select from evidence_revision newer
    where newer.organisation_id = ${evidenceRevision.organisationId}
      and newer.evidence_id = ${evidenceRevision.evidenceId}
      and newer.sequence > ${evidenceRevision.sequence}
      and newer.redacted_from is null
      and newer.withdrawn_at is null
      and not exists (
        select from scan_import
        where scan_import.organisation_id = newer.organisation_id
          and scan_import.revision_id = newer.id
          and scan_import.state <> 'done'
      )
  )`,
)

/** Each item that was not withdrawn, with the revision that counts. */
export async function listCountingEvidence(tx: Tx, organisationId: string, clientId: string) {
  const rows = await tx
    .select({ evidence, revision: evidenceRevision })
    .from(evidence)
    .innerJoin(evidenceRevision, ofRevision)
    .where(
      and(
        eq(evidence.organisationId, organisationId),
        eq(evidence.clientId, clientId),
        isNull(evidence.withdrawnAt),
        isNull(evidenceRevision.redactedFrom),
        isNull(evidenceRevision.withdrawnAt),
        // A scan file that could not be read proves nothing by lying there.
        sql`not exists (
          select from scan_import
          where scan_import.organisation_id = ${evidenceRevision.organisationId}
            and scan_import.revision_id = ${evidenceRevision.id}
            and scan_import.state = 'failed'
        )`,
      ),
    )
    .orderBy(desc(evidenceRevision.receivedAt), desc(evidenceRevision.sequence))
  const seen = new Set<string>()
  return rows.filter(({ evidence: { id } }) => !seen.has(id) && seen.add(id))
}

/** Facts that count, with the kind that decides how long they stay fresh. */
export async function listCountingFacts(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select({ fact, evidenceKind: evidence.kind, evidenceTitle: evidence.title })
    .from(fact)
    .innerJoin(
      evidenceRevision,
      and(eq(evidenceRevision.organisationId, fact.organisationId), eq(evidenceRevision.id, fact.revisionId)),
    )
    .innerJoin(evidence, ofRevision)
    .where(
      and(
        eq(fact.organisationId, organisationId),
        eq(fact.clientId, clientId),
        isNull(evidence.withdrawnAt),
        isNotOutdated,
      ),
    )
    .orderBy(desc(fact.observedAt), asc(fact.key))
}
