/** Requests for evidence, and what was said and sent about each. */
import { and, asc, desc, eq, gte, inArray, lte, max, type SQL } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { client, evidenceRequest, requestEntry } from '../schema/index.ts'

export type EvidenceRequestRow = typeof evidenceRequest.$inferSelect
export type RequestEntryRow = typeof requestEntry.$inferSelect

/** Waiting for somebody: for whoever was asked, or for whoever asked. */
const UNSETTLED = ['open', 'answered'] as const

const one = (organisationId: string, id: string) =>
  and(eq(evidenceRequest.organisationId, organisationId), eq(evidenceRequest.id, id))

export async function insertRequest(tx: Tx, row: typeof evidenceRequest.$inferInsert) {
  await tx.insert(evidenceRequest).values(row)
}

/** Locked to the end of the transaction, so that an answer and a decision about it come one after the other. */
export async function lockRequest(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<EvidenceRequestRow | null> {
  const [row] = await tx.select().from(evidenceRequest).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function findRequest(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<EvidenceRequestRow | null> {
  const [row] = await tx.select().from(evidenceRequest).where(one(organisationId, id)).limit(1)
  return row ?? null
}

export async function updateRequest(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<Pick<EvidenceRequestRow, 'state' | 'settledAt' | 'fulfilledBy' | 'dueOn'>>,
) {
  await tx.update(evidenceRequest).set(values).where(one(organisationId, id))
}

/** Newest first. */
export async function listRequestsOfEvidence(tx: Tx, organisationId: string, evidenceId: string) {
  return tx
    .select()
    .from(evidenceRequest)
    .where(
      and(eq(evidenceRequest.organisationId, organisationId), eq(evidenceRequest.evidenceId, evidenceId)),
    )
    .orderBy(desc(evidenceRequest.requestedAt))
}

/** The soonest due first, each with the name of its client. @param which `dueFrom` and `dueUntil` are days, both included */
export async function listRequests(
  tx: Tx,
  organisationId: string,
  which: { clientId?: string; isUnsettled?: boolean; dueFrom?: string; dueUntil?: string },
) {
  const filters: SQL[] = [eq(evidenceRequest.organisationId, organisationId)]
  if (which.clientId !== undefined) filters.push(eq(evidenceRequest.clientId, which.clientId))
  if (which.isUnsettled) filters.push(inArray(evidenceRequest.state, UNSETTLED))
  if (which.dueFrom !== undefined) filters.push(gte(evidenceRequest.dueOn, which.dueFrom))
  if (which.dueUntil !== undefined) filters.push(lte(evidenceRequest.dueOn, which.dueUntil))
  return tx
    .select({ request: evidenceRequest, clientName: client.legalName })
    .from(evidenceRequest)
    .innerJoin(
      client,
      and(eq(client.organisationId, evidenceRequest.organisationId), eq(client.id, evidenceRequest.clientId)),
    )
    .where(and(...filters))
    .orderBy(asc(evidenceRequest.dueOn), asc(evidenceRequest.requestedAt), asc(evidenceRequest.id))
}

/** @returns the requests that were not settled until now */
export async function settleRequests(
  tx: Tx,
  organisationId: string,
  which: { evidenceId: string },
  values: { state: 'fulfilled'; settledAt: Date; fulfilledBy: string },
): Promise<string[]> {
  const rows = await tx
    .update(evidenceRequest)
    .set(values)
    .where(
      and(
        eq(evidenceRequest.organisationId, organisationId),
        eq(evidenceRequest.evidenceId, which.evidenceId),
        inArray(evidenceRequest.state, UNSETTLED),
      ),
    )
    .returning({ id: evidenceRequest.id })
  return rows.map(({ id }) => id)
}

/** As the last of its request, which the caller has locked. */
export async function insertRequestEntry(tx: Tx, row: Omit<typeof requestEntry.$inferInsert, 'sequence'>) {
  const { organisationId, requestId } = row
  const [last] = await tx
    .select({ sequence: max(requestEntry.sequence) })
    .from(requestEntry)
    .where(and(eq(requestEntry.organisationId, organisationId), eq(requestEntry.requestId, requestId)))
  await tx.insert(requestEntry).values({ ...row, sequence: (last?.sequence ?? 0) + 1 })
}

/** In the order in which they were said. */
export async function listRequestEntries(
  tx: Tx,
  organisationId: string,
  requestIds: readonly string[],
): Promise<RequestEntryRow[]> {
  if (requestIds.length === 0) return []
  return tx
    .select()
    .from(requestEntry)
    .where(
      and(eq(requestEntry.organisationId, organisationId), inArray(requestEntry.requestId, [...requestIds])),
    )
    .orderBy(asc(requestEntry.requestId), asc(requestEntry.sequence))
}

export async function findRequestEntry(
  tx: Tx,
  organisationId: string,
  which: { requestId: string; id: string },
): Promise<RequestEntryRow | null> {
  const [row] = await tx
    .select()
    .from(requestEntry)
    .where(
      and(
        eq(requestEntry.organisationId, organisationId),
        eq(requestEntry.requestId, which.requestId),
        eq(requestEntry.id, which.id),
      ),
    )
    .limit(1)
  return row ?? null
}
