/** What the overview needs of many clients at once: one query a table, whatever the number of clients. */
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { answer, application, evidence, evidenceRevision, fact, report } from '../schema/index.ts'
import { byRecency, isNotOutdated, isNotRefused } from './counting-evidence.server.ts'

/** Newest first. */
export async function listApplicationsOfClients(tx: Tx, organisationId: string, clientIds: string[]) {
  if (clientIds.length === 0) return []
  return tx
    .select()
    .from(application)
    .where(
      and(
        eq(application.organisationId, organisationId),
        inArray(application.clientId, clientIds),
        isNull(application.discardedAt),
      ),
    )
    .orderBy(desc(application.createdAt), desc(application.id))
}

export async function listAnswersOfApplications(tx: Tx, organisationId: string, applicationIds: string[]) {
  if (applicationIds.length === 0) return []
  return tx
    .select()
    .from(answer)
    .where(and(eq(answer.organisationId, organisationId), inArray(answer.applicationId, applicationIds)))
}

const HELD = {
  evidence: {
    id: evidence.id,
    clientId: evidence.clientId,
    kind: evidence.kind,
    title: evidence.title,
    controlIds: evidence.controlIds,
    questionRefs: evidence.questionRefs,
  },
  revision: {
    id: evidenceRevision.id,
    observedAt: evidenceRevision.observedAt,
    validUntil: evidenceRevision.validUntil,
  },
}
const ofRevision = and(
  eq(evidence.organisationId, evidenceRevision.organisationId),
  eq(evidence.id, evidenceRevision.evidenceId),
)
const countsOfClients = (organisationId: string, clientIds: string[]) =>
  and(
    eq(evidence.organisationId, organisationId),
    inArray(evidence.clientId, clientIds),
    isNull(evidence.withdrawnAt),
    isNull(evidenceRevision.redactedFrom),
    isNull(evidenceRevision.withdrawnAt),
    isNotRefused,
  )

/** Each item that was not withdrawn, with its newest revision. */
export async function listEvidenceOfClients(tx: Tx, organisationId: string, clientIds: string[]) {
  if (clientIds.length === 0) return []
  return tx
    .selectDistinctOn([evidenceRevision.evidenceId], HELD)
    .from(evidenceRevision)
    .innerJoin(evidence, ofRevision)
    .where(countsOfClients(organisationId, clientIds))
    .orderBy(evidenceRevision.evidenceId, ...byRecency)
}

/**
 * As `listEvidenceOfClients`, but only what counts for the last time on these days, both included, in UTC.
 * @param maximumDays by kind, of those that grow too old by themselves
 */
export async function listEvidenceEnding(
  tx: Tx,
  organisationId: string,
  which: { clientIds: string[]; from: string; until: string; maximumDays: ReadonlyMap<string, number> },
) {
  if (which.clientIds.length === 0) return []
  const newest = tx
    .selectDistinctOn([evidenceRevision.evidenceId], { id: evidenceRevision.id })
    .from(evidenceRevision)
    .innerJoin(evidence, ofRevision)
    .where(countsOfClients(organisationId, which.clientIds))
    .orderBy(evidenceRevision.evidenceId, ...byRecency)
  const days = [...which.maximumDays].map(([kind, most]) => sql`when ${kind} then ${most}::integer`)
  // In hours: a day of an interval is as long as the database's time zone makes it.
  const tooOld = sql`${evidenceRevision.observedAt}
    + make_interval(hours => 24 * (1 + case ${evidence.kind} ${sql.join(days, sql` `)} end))`
  return tx
    .select(HELD)
    .from(evidenceRevision)
    .innerJoin(evidence, ofRevision)
    .where(
      and(
        eq(evidenceRevision.organisationId, organisationId),
        inArray(evidenceRevision.id, newest),
        // `least` passes over what is not said. Of too old by a moment the caller judges.
        sql`least(${evidenceRevision.validUntil}, ${tooOld})
          between ${`${which.from}T00:00:00Z`}::timestamptz
          and ${`${which.until}T00:00:00Z`}::timestamptz + interval '24 hours'`,
      ),
    )
    .orderBy(evidence.id)
}

/** Facts of evidence that was not withdrawn. */
export async function listFactsOfClients(tx: Tx, organisationId: string, clientIds: string[]) {
  if (clientIds.length === 0) return []
  return tx
    .select({
      fact: { id: fact.id, clientId: fact.clientId, revisionId: fact.revisionId, fact: fact.fact },
      evidenceKind: evidence.kind,
    })
    .from(fact)
    .innerJoin(
      evidenceRevision,
      and(eq(evidenceRevision.organisationId, fact.organisationId), eq(evidenceRevision.id, fact.revisionId)),
    )
    .innerJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRevision.organisationId),
        eq(evidence.id, evidenceRevision.evidenceId),
      ),
    )
    .where(
      and(
        eq(fact.organisationId, organisationId),
        inArray(fact.clientId, clientIds),
        isNull(evidence.withdrawnAt),
        isNotOutdated,
      ),
    )
}

/** The newest report of an application of each client, without its statement, which can be large. */
export async function listNewestReports(tx: Tx, organisationId: string, clientIds: string[]) {
  if (clientIds.length === 0) return []
  return tx
    .selectDistinctOn([report.clientId], {
      id: report.id,
      clientId: report.clientId,
      state: report.state,
      createdAt: report.createdAt,
    })
    .from(report)
    .where(
      and(
        eq(report.organisationId, organisationId),
        inArray(report.clientId, clientIds),
        eq(report.kind, 'application'),
      ),
    )
    .orderBy(report.clientId, desc(report.createdAt), desc(report.id))
}
