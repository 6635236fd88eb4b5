/** Conditions of insurers with everything that was said about each. */
import { and, asc, between, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  application,
  binding,
  type CitedEvidence,
  client,
  subjectivity,
  subjectivityDecision,
  subjectivityExtension,
  subjectivityResponse,
} from '../schema/index.ts'

export type { CitedEvidence }
export type SubjectivityRow = typeof subjectivity.$inferSelect
export type ResponseRow = typeof subjectivityResponse.$inferSelect
export type DecisionRow = typeof subjectivityDecision.$inferSelect
export type ExtensionRow = typeof subjectivityExtension.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(subjectivity.organisationId, organisationId), eq(subjectivity.id, id))

export async function insertSubjectivity(tx: Tx, row: typeof subjectivity.$inferInsert) {
  await tx.insert(subjectivity).values(row)
}

/** Of one application, withdrawn ones among them, in the order in which they were recorded. */
export async function listSubjectivities(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<SubjectivityRow[]> {
  return tx
    .select()
    .from(subjectivity)
    .where(
      and(eq(subjectivity.organisationId, organisationId), eq(subjectivity.applicationId, applicationId)),
    )
    .orderBy(asc(subjectivity.recordedAt), asc(subjectivity.id))
}

/**
 * Of every application that was not thrown away, of clients that are not archived; withdrawn ones are left out.
 * @param clientId only this client's
 * @param due only what has or had its day on these, both included: by the insurer, after the bind or by more time
 */
export async function listStandingSubjectivities(
  tx: Tx,
  organisationId: string,
  clientId?: string,
  due?: { from: string; until: string },
) {
  return tx
    .select({
      subjectivity,
      binding,
      client: { id: client.id, legalName: client.legalName },
      application,
    })
    .from(subjectivity)
    .innerJoin(
      application,
      and(
        eq(application.organisationId, subjectivity.organisationId),
        eq(application.id, subjectivity.applicationId),
      ),
    )
    .innerJoin(
      client,
      and(eq(client.organisationId, subjectivity.organisationId), eq(client.id, subjectivity.clientId)),
    )
    .leftJoin(
      binding,
      and(
        eq(binding.organisationId, subjectivity.organisationId),
        eq(binding.applicationId, subjectivity.applicationId),
      ),
    )
    .where(
      and(
        eq(subjectivity.organisationId, organisationId),
        clientId === undefined ? isNull(client.archivedAt) : eq(subjectivity.clientId, clientId),
        isNull(subjectivity.withdrawnAt),
        isNull(application.discardedAt),
        due === undefined ? undefined : mayBeDue(due),
      ),
    )
    .orderBy(asc(subjectivity.recordedAt), asc(subjectivity.id))
}

const mayBeDue = ({ from, until }: { from: string; until: string }) =>
  or(
    between(subjectivity.dueOn, from, until),
    sql`${binding.boundOn} + ${subjectivity.dueDays} between ${from}::date and ${until}::date`,
    sql`exists (
      select from subjectivity_extension extension
      where extension.organisation_id = ${subjectivity.organisationId}
        and extension.subjectivity_id = ${subjectivity.id}
        and extension.due_on between ${from}::date and ${until}::date
    )`,
  )

/** Whatever was recorded of one client by then, also what was withdrawn or thrown away since; oldest first. */
export async function listRecordedSubjectivities(
  tx: Tx,
  organisationId: string,
  clientId: string,
  until: Date,
) {
  return tx
    .select({ subjectivity, binding, discardedAt: application.discardedAt })
    .from(subjectivity)
    .innerJoin(
      application,
      and(
        eq(application.organisationId, subjectivity.organisationId),
        eq(application.id, subjectivity.applicationId),
      ),
    )
    .leftJoin(
      binding,
      and(
        eq(binding.organisationId, subjectivity.organisationId),
        eq(binding.applicationId, subjectivity.applicationId),
      ),
    )
    .where(
      and(
        eq(subjectivity.organisationId, organisationId),
        eq(subjectivity.clientId, clientId),
        lte(subjectivity.recordedAt, until),
      ),
    )
    .orderBy(asc(subjectivity.recordedAt), asc(subjectivity.id))
}

export async function findSubjectivity(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<SubjectivityRow | null> {
  const [row] = await tx.select().from(subjectivity).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** To the end of the transaction. */
export async function lockSubjectivity(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<SubjectivityRow | null> {
  const [row] = await tx.select().from(subjectivity).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function updateSubjectivity(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<SubjectivityRow, 'state' | 'version' | 'withdrawnAt' | 'withdrawnByName' | 'withdrawnReason'>
  >,
) {
  await tx.update(subjectivity).set(values).where(one(organisationId, id))
}

export async function insertResponse(tx: Tx, row: typeof subjectivityResponse.$inferInsert) {
  await tx.insert(subjectivityResponse).values(row)
}

export async function insertDecision(tx: Tx, row: typeof subjectivityDecision.$inferInsert) {
  await tx.insert(subjectivityDecision).values(row)
}

export async function insertExtension(tx: Tx, row: typeof subjectivityExtension.$inferInsert) {
  await tx.insert(subjectivityExtension).values(row)
}

/** Of all these conditions, the oldest first. */
export async function listResponses(
  tx: Tx,
  organisationId: string,
  subjectivityIds: string[],
): Promise<ResponseRow[]> {
  if (subjectivityIds.length === 0) return []
  return tx
    .select()
    .from(subjectivityResponse)
    .where(
      and(
        eq(subjectivityResponse.organisationId, organisationId),
        inArray(subjectivityResponse.subjectivityId, subjectivityIds),
      ),
    )
    .orderBy(asc(subjectivityResponse.respondedAt), asc(subjectivityResponse.id))
}

/** As `listResponses`. */
export async function listDecisions(
  tx: Tx,
  organisationId: string,
  subjectivityIds: string[],
): Promise<DecisionRow[]> {
  if (subjectivityIds.length === 0) return []
  return tx
    .select()
    .from(subjectivityDecision)
    .where(
      and(
        eq(subjectivityDecision.organisationId, organisationId),
        inArray(subjectivityDecision.subjectivityId, subjectivityIds),
      ),
    )
    .orderBy(asc(subjectivityDecision.recordedAt), asc(subjectivityDecision.id))
}

/** As `listResponses`. */
export async function listExtensions(
  tx: Tx,
  organisationId: string,
  subjectivityIds: string[],
): Promise<ExtensionRow[]> {
  if (subjectivityIds.length === 0) return []
  return tx
    .select()
    .from(subjectivityExtension)
    .where(
      and(
        eq(subjectivityExtension.organisationId, organisationId),
        inArray(subjectivityExtension.subjectivityId, subjectivityIds),
      ),
    )
    .orderBy(asc(subjectivityExtension.recordedAt), asc(subjectivityExtension.id))
}
