/** Requests for newer evidence. */
import { and, asc, desc, eq } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { evidence, evidenceRequest } from '../schema/index.ts'

export type EvidenceRequestRow = typeof evidenceRequest.$inferSelect

export async function insertRequest(tx: Tx, row: typeof evidenceRequest.$inferInsert) {
  await tx.insert(evidenceRequest).values(row)
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

/** Open ones, the soonest due first, each with the title of what is asked for. */
export async function listOpenRequests(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select({ request: evidenceRequest, title: evidence.title })
    .from(evidenceRequest)
    .innerJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRequest.organisationId),
        eq(evidence.id, evidenceRequest.evidenceId),
      ),
    )
    .where(
      and(
        eq(evidenceRequest.organisationId, organisationId),
        eq(evidenceRequest.clientId, clientId),
        eq(evidenceRequest.state, 'open'),
      ),
    )
    .orderBy(asc(evidenceRequest.dueOn), asc(evidenceRequest.requestedAt))
}

/** @returns the requests that were open until now */
export async function settleRequests(
  tx: Tx,
  organisationId: string,
  which: { evidenceId: string; id?: string },
  values: { state: 'fulfilled' | 'cancelled'; settledAt: Date; fulfilledBy?: string },
): Promise<string[]> {
  const rows = await tx
    .update(evidenceRequest)
    .set(values)
    .where(
      and(
        eq(evidenceRequest.organisationId, organisationId),
        eq(evidenceRequest.evidenceId, which.evidenceId),
        which.id === undefined ? undefined : eq(evidenceRequest.id, which.id),
        eq(evidenceRequest.state, 'open'),
      ),
    )
    .returning({ id: evidenceRequest.id })
  return rows.map(({ id }) => id)
}
