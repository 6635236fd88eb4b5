/** What the overview needs of many clients at once: one query a table, whatever the number of clients. */
import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
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

/** Each item that was not withdrawn, with its newest revision. */
export async function listEvidenceOfClients(tx: Tx, organisationId: string, clientIds: string[]) {
  if (clientIds.length === 0) return []
  return tx
    .selectDistinctOn([evidenceRevision.evidenceId], {
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
    })
    .from(evidenceRevision)
    .innerJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRevision.organisationId),
        eq(evidence.id, evidenceRevision.evidenceId),
      ),
    )
    .where(
      and(
        eq(evidence.organisationId, organisationId),
        inArray(evidence.clientId, clientIds),
        isNull(evidence.withdrawnAt),
        isNull(evidenceRevision.redactedFrom),
        isNull(evidenceRevision.withdrawnAt),
        isNotRefused,
      ),
    )
    .orderBy(evidenceRevision.evidenceId, ...byRecency)
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
