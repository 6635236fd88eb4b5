/** Everything that was ever known of a client, with both its times: what the record of app/readiness/record.ts is made of. */
import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  answerVersion,
  application,
  applicationVersion,
  evidence,
  evidenceRevision,
  evidenceVersion,
  exception,
  fact,
  scanImport,
} from '../schema/index.ts'
import { listSignedWaivers } from './waivers.server.ts'

/**
 * One query a table, each in the order of recording.
 * @param until nothing that was recorded later is read
 */
export async function readHistory(tx: Tx, organisationId: string, clientId: string, until: Date) {
  const applications = await tx
    .select()
    .from(application)
    .where(
      and(
        eq(application.organisationId, organisationId),
        eq(application.clientId, clientId),
        lte(application.createdAt, until),
      ),
    )
    .orderBy(asc(application.createdAt), asc(application.id))
  const applicationIds = applications.map(({ id }) => id)
  const ofApplications = <T extends typeof applicationVersion | typeof answerVersion | typeof exception>(
    table: T,
  ) =>
    and(
      eq(table.organisationId, organisationId),
      inArray(table.applicationId, applicationIds),
      lte(table.recordedAt, until),
    )
  const none = applicationIds.length === 0
  const items = await tx
    .select()
    .from(evidence)
    .where(
      and(
        eq(evidence.organisationId, organisationId),
        eq(evidence.clientId, clientId),
        lte(evidence.createdAt, until),
      ),
    )
    .orderBy(asc(evidence.createdAt), asc(evidence.id))
  return {
    applications,
    versions: none
      ? []
      : await tx
          .select()
          .from(applicationVersion)
          .where(ofApplications(applicationVersion))
          .orderBy(asc(applicationVersion.version)),
    answers: none
      ? []
      : await tx
          .select()
          .from(answerVersion)
          .where(ofApplications(answerVersion))
          .orderBy(asc(answerVersion.version)),
    exceptions: none
      ? []
      : await tx
          .select()
          .from(exception)
          .where(ofApplications(exception))
          .orderBy(asc(exception.recordedAt), asc(exception.id)),
    items,
    waivers: await listSignedWaivers(tx, organisationId, { clientId, until }),
    ...(await readEvidenceHistory(
      tx,
      organisationId,
      clientId,
      items.map(({ id }) => id),
      until,
    )),
  }
}

async function readEvidenceHistory(
  tx: Tx,
  organisationId: string,
  clientId: string,
  evidenceIds: string[],
  until: Date,
) {
  if (evidenceIds.length === 0) return { itemVersions: [], revisions: [], readings: [], facts: [] }
  return {
    itemVersions: await tx
      .select()
      .from(evidenceVersion)
      .where(
        and(
          eq(evidenceVersion.organisationId, organisationId),
          inArray(evidenceVersion.evidenceId, evidenceIds),
          lte(evidenceVersion.recordedAt, until),
        ),
      )
      .orderBy(asc(evidenceVersion.version)),
    revisions: await tx
      .select()
      .from(evidenceRevision)
      .where(
        and(
          eq(evidenceRevision.organisationId, organisationId),
          inArray(evidenceRevision.evidenceId, evidenceIds),
          lte(evidenceRevision.receivedAt, until),
        ),
      )
      .orderBy(asc(evidenceRevision.sequence)),
    readings: await tx
      .select({
        id: scanImport.id,
        revisionId: scanImport.revisionId,
        state: scanImport.state,
        tool: scanImport.tool,
        createdAt: scanImport.createdAt,
        finishedAt: scanImport.finishedAt,
      })
      .from(scanImport)
      .where(and(eq(scanImport.organisationId, organisationId), eq(scanImport.clientId, clientId)))
      .orderBy(asc(scanImport.createdAt), asc(scanImport.id)),
    facts: await tx
      .select({
        id: fact.id,
        revisionId: fact.revisionId,
        fact: fact.fact,
        observedAt: fact.observedAt,
        recordedAt: fact.recordedAt,
        supersededAt: fact.supersededAt,
      })
      .from(fact)
      .where(
        and(
          eq(fact.organisationId, organisationId),
          eq(fact.clientId, clientId),
          lte(fact.recordedAt, until),
        ),
      )
      .orderBy(asc(fact.recordedAt), asc(fact.id)),
  }
}
