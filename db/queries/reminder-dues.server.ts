/** What has a day by which somebody must see to it, of clients that are not archived or of one of them: one query a kind. */
import { and, asc, desc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Tx } from '../client.server.ts'
import {
  application,
  attestationLink,
  client,
  evidence,
  evidenceRequest,
  evidenceRevision,
  exception,
  report,
  scheduleOccurrence,
  waiver,
} from '../schema/index.ts'

const ofClients = (clientId: string | undefined) =>
  and(isNull(client.archivedAt), clientId === undefined ? undefined : eq(client.id, clientId))

const CLIENT = { clientId: client.id, clientName: client.legalName }

/** Asked for and not settled, due by a day. */
export async function listDueRequests(tx: Tx, organisationId: string, until: string, clientId?: string) {
  return tx
    .select({ ...CLIENT, request: evidenceRequest })
    .from(evidenceRequest)
    .innerJoin(
      client,
      and(eq(client.organisationId, evidenceRequest.organisationId), eq(client.id, evidenceRequest.clientId)),
    )
    .where(
      and(
        eq(evidenceRequest.organisationId, organisationId),
        inArray(evidenceRequest.state, ['open', 'answered']),
        lte(evidenceRequest.dueOn, until),
        ofClients(clientId),
      ),
    )
}

/** Each item that was not withdrawn, with its newest revision. */
export async function listDatedEvidence(tx: Tx, organisationId: string, clientId?: string) {
  return tx
    .selectDistinctOn([evidence.id], {
      ...CLIENT,
      evidenceId: evidence.id,
      kind: evidence.kind,
      title: evidence.title,
      createdBy: evidence.createdBy,
      observedAt: evidenceRevision.observedAt,
      receivedAt: evidenceRevision.receivedAt,
      validUntil: evidenceRevision.validUntil,
    })
    .from(evidence)
    .innerJoin(
      evidenceRevision,
      and(
        eq(evidenceRevision.organisationId, evidence.organisationId),
        eq(evidenceRevision.evidenceId, evidence.id),
      ),
    )
    .innerJoin(
      client,
      and(eq(client.organisationId, evidence.organisationId), eq(client.id, evidence.clientId)),
    )
    .where(
      and(
        eq(evidence.organisationId, organisationId),
        isNull(evidence.withdrawnAt),
        isNull(evidenceRevision.withdrawnAt),
        isNull(evidenceRevision.redactedFrom),
        ofClients(clientId),
      ),
    )
    .orderBy(asc(evidence.id), desc(evidenceRevision.sequence))
}

const later = alias(exception, 'later')

/** In force or over, and no other for the same answer lasts longer. */
export async function listEndingExceptions(tx: Tx, organisationId: string, until: string, clientId?: string) {
  return tx
    .select({ ...CLIENT, exception })
    .from(exception)
    .innerJoin(
      application,
      and(
        eq(application.organisationId, exception.organisationId),
        eq(application.id, exception.applicationId),
      ),
    )
    .innerJoin(
      client,
      and(eq(client.organisationId, application.organisationId), eq(client.id, application.clientId)),
    )
    .leftJoin(
      later,
      and(
        eq(later.organisationId, exception.organisationId),
        eq(later.applicationId, exception.applicationId),
        eq(later.questionId, exception.questionId),
        isNull(later.revokedAt),
        gt(later.expiresOn, exception.expiresOn),
      ),
    )
    .where(
      and(
        eq(exception.organisationId, organisationId),
        isNull(exception.revokedAt),
        lte(exception.expiresOn, until),
        isNull(application.discardedAt),
        ofClients(clientId),
        isNull(later.id),
      ),
    )
}

/** Signed and in force, to be looked at again by a day. */
export async function listWaiversToReview(tx: Tx, organisationId: string, until: string, clientId?: string) {
  return tx
    .select({ ...CLIENT, waiver })
    .from(waiver)
    .innerJoin(client, and(eq(client.organisationId, waiver.organisationId), eq(client.id, waiver.clientId)))
    .where(
      and(
        eq(waiver.organisationId, organisationId),
        eq(waiver.state, 'signed'),
        lte(waiver.reviewOn, until),
        ofClients(clientId),
      ),
    )
}

/** The newest of each report and signer that still opens a report to be signed. */
export async function listOpenAttestationLinks(
  tx: Tx,
  organisationId: string,
  until: Date,
  clientId?: string,
) {
  return tx
    .selectDistinctOn([attestationLink.reportId, attestationLink.slot], {
      ...CLIENT,
      id: attestationLink.id,
      reportId: attestationLink.reportId,
      recipient: attestationLink.recipient,
      sentBy: attestationLink.sentBy,
      sentAt: attestationLink.sentAt,
      expiresAt: attestationLink.expiresAt,
    })
    .from(attestationLink)
    .innerJoin(
      report,
      and(
        eq(report.organisationId, attestationLink.organisationId),
        eq(report.id, attestationLink.reportId),
        eq(report.state, 'awaiting-attestation'),
      ),
    )
    .innerJoin(client, and(eq(client.organisationId, report.organisationId), eq(client.id, report.clientId)))
    .where(
      and(
        eq(attestationLink.organisationId, organisationId),
        isNull(attestationLink.revokedAt),
        isNull(attestationLink.finishedAt),
        lte(attestationLink.expiresAt, until),
        ofClients(clientId),
      ),
    )
    .orderBy(asc(attestationLink.reportId), asc(attestationLink.slot), desc(attestationLink.sentAt))
}

/** Dates of schedules that nobody saw to yet. */
export async function listOpenOccurrences(tx: Tx, organisationId: string, until: string, clientId?: string) {
  return tx
    .select({ ...CLIENT, occurrence: scheduleOccurrence })
    .from(scheduleOccurrence)
    .innerJoin(
      client,
      and(
        eq(client.organisationId, scheduleOccurrence.organisationId),
        eq(client.id, scheduleOccurrence.clientId),
      ),
    )
    .where(
      and(
        eq(scheduleOccurrence.organisationId, organisationId),
        isNull(scheduleOccurrence.settledAt),
        lte(scheduleOccurrence.dueOn, until),
        ofClients(clientId),
      ),
    )
}

/** Who may lead: owners first, the longest in the organisation first. */
export async function listLeads(tx: Tx, organisationId: string): Promise<string[]> {
  const rows = await tx.execute<{ userId: string }>(sql`
    select user_id as "userId" from membership where organisation_id = ${organisationId}
    order by (role = 'owner') desc, created_at, user_id`)
  return rows.map(({ userId }) => userId)
}

/** Named contacts of clients, whom the last rung of a ladder may reach. */
export async function listSponsors(tx: Tx, organisationId: string, clientId?: string) {
  return tx
    .select({ clientId: client.id, name: client.contactName, email: client.contactEmail })
    .from(client)
    .where(and(eq(client.organisationId, organisationId), ofClients(clientId)))
}
