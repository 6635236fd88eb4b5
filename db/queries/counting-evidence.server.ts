/** Which revision of an item counts: the one that shows the latest state, neither withdrawn, nor a redacted copy, nor unreadable. */
import { and, asc, desc, eq, isNull, type SQLWrapper, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { evidence, evidenceRevision, fact } from '../schema/index.ts'

const ofRevision = and(
  eq(evidence.organisationId, evidenceRevision.organisationId),
  eq(evidence.id, evidenceRevision.evidenceId),
)

/** The state in which a revision's file was read last; null for one that nothing reads. */
const newestReading = (organisationId: SQLWrapper, revisionId: SQLWrapper) => sql`(
  select reading.state from scan_import reading
  where reading.organisation_id = ${organisationId} and reading.revision_id = ${revisionId}
  order by reading.created_at desc, reading.id desc limit 1
)`

/** A scan file that could not be read proves nothing by lying there. */
export const isNotRefused = sql`${newestReading(evidenceRevision.organisationId, evidenceRevision.id)}
  is distinct from 'failed'`

/**
 * Newer is what shows a later state, not what was handed in later: an old export added today outdates nothing. A date
 * that lies after the receipt is a mistake, which outdates nothing either. `app/readiness/record.ts` says the same of
 * every day of the past.
 */
export const byRecency = [
  sql`(${evidenceRevision.observedAt} <= ${evidenceRevision.receivedAt} + interval '1 day') desc`,
  desc(evidenceRevision.observedAt),
  desc(evidenceRevision.sequence),
]

/**
 * Facts are outdated by a newer revision only once that has been read: neither a scan in the queue nor one that
 * could not be read makes a contradiction go away.
 */
export const isNotOutdated = and(
  isNull(evidenceRevision.withdrawnAt),
  isNull(fact.supersededAt),
  sql`not exists (
    select from evidence_revision newer
    where newer.organisation_id = ${evidenceRevision.organisationId}
      and newer.evidence_id = ${evidenceRevision.evidenceId}
      and newer.observed_at <= newer.received_at + interval '1 day'
      and case when ${evidenceRevision.observedAt} <= ${evidenceRevision.receivedAt} + interval '1 day'
        then (newer.observed_at, newer.sequence) > (${evidenceRevision.observedAt}, ${evidenceRevision.sequence})
        else newer.sequence > ${evidenceRevision.sequence} end
      and newer.redacted_from is null
      and newer.withdrawn_at is null
      and coalesce(${newestReading(sql`newer.organisation_id`, sql`newer.id`)}, 'done') = 'done'
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
        isNotRefused,
      ),
    )
    .orderBy(...byRecency)
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
