/** Who had a part in an application: whoever did is not the one to assess it. */
import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  answerVersion,
  evidence,
  evidenceRequest,
  evidenceRevision,
  report,
  requestEntry,
  waiver,
} from '../schema/index.ts'

export interface People {
  userIds: string[]
  /** Lower-cased. */
  emails: string[]
  /** Lower-cased. */
  names: string[]
}

/**
 * What these people had to do with an application or its client, in words of ours; empty where nothing.
 */
export async function listContributions(
  tx: Tx,
  organisationId: string,
  { applicationId, clientId }: { applicationId: string; clientId: string },
  { userIds, emails, names }: People,
): Promise<('answers' | 'evidence' | 'certification' | 'waivers' | 'requests')[]> {
  const answers = await tx
    .select({ one: sql`1` })
    .from(answerVersion)
    .where(
      and(
        eq(answerVersion.organisationId, organisationId),
        eq(answerVersion.applicationId, applicationId),
        inArray(answerVersion.answeredBy, userIds),
      ),
    )
    .limit(1)
  const collected = await tx
    .select({ collector: evidenceRevision.collector, receivedBy: evidenceRevision.receivedBy })
    .from(evidenceRevision)
    .innerJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRevision.organisationId),
        eq(evidence.id, evidenceRevision.evidenceId),
      ),
    )
    .where(and(eq(evidence.organisationId, organisationId), eq(evidence.clientId, clientId)))
  const isTheirs = (collector: string) => {
    const text = collector.toLowerCase()
    return names.includes(text.trim()) || emails.some((email) => text.includes(email))
  }
  const reports = await tx
    .select({ createdBy: report.createdBy, statement: report.statement })
    .from(report)
    .where(and(eq(report.organisationId, organisationId), eq(report.applicationId, applicationId)))
  const waivers = await tx
    .select({ one: sql`1` })
    .from(waiver)
    .where(
      and(
        eq(waiver.organisationId, organisationId),
        eq(waiver.clientId, clientId),
        or(inArray(waiver.recordedBy, userIds), inArray(sql`lower(${waiver.decisionMakerEmail})`, emails)),
      ),
    )
    .limit(1)
  const requests = await tx
    .select({ one: sql`1` })
    .from(evidenceRequest)
    .leftJoin(
      requestEntry,
      and(
        eq(requestEntry.organisationId, evidenceRequest.organisationId),
        eq(requestEntry.requestId, evidenceRequest.id),
      ),
    )
    .where(
      and(
        eq(evidenceRequest.organisationId, organisationId),
        eq(evidenceRequest.clientId, clientId),
        or(
          inArray(evidenceRequest.requestedBy, userIds),
          inArray(sql`lower(${evidenceRequest.recipientEmail})`, emails),
          inArray(sql`lower(${requestEntry.authorEmail})`, emails),
        ),
      ),
    )
    .limit(1)
  return [
    ...(answers.length > 0 ? (['answers'] as const) : []),
    ...(collected.some(({ collector, receivedBy }) => isTheirs(collector) || userIds.includes(receivedBy))
      ? (['evidence'] as const)
      : []),
    ...(reports.some(
      ({ createdBy, statement }) => userIds.includes(createdBy) || isSignedBy(statement, emails),
    )
      ? (['certification'] as const)
      : []),
    ...(waivers.length > 0 ? (['waivers'] as const) : []),
    ...(requests.length > 0 ? (['requests'] as const) : []),
  ]
}

/** For something else than having reviewed. */
function isSignedBy(statement: string, emails: readonly string[]): boolean {
  const { signers = [] } = JSON.parse(statement) as { signers?: { role?: string; email?: string }[] }
  return signers.some(({ role, email }) => role !== 'reviewer' && emails.includes(email?.toLowerCase() ?? ''))
}
