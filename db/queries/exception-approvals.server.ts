/** Exceptions that were put to the client's decision-makers, and what they said. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { exceptionApproval } from '../schema/index.ts'

export type ApprovalRow = typeof exceptionApproval.$inferSelect
export type { DecisionRecord } from '../schema/room-tasks.ts'

const one = (organisationId: string, id: string) =>
  and(eq(exceptionApproval.organisationId, organisationId), eq(exceptionApproval.id, id))

export async function insertApproval(tx: Tx, row: typeof exceptionApproval.$inferInsert) {
  await tx.insert(exceptionApproval).values(row)
}

export async function updateApproval(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<ApprovalRow, 'state' | 'decidedAt' | 'words' | 'record' | 'takenBackAt' | 'takenBackByName'>
  >,
) {
  await tx.update(exceptionApproval).set(values).where(one(organisationId, id))
}

export async function findApproval(tx: Tx, organisationId: string, id: string): Promise<ApprovalRow | null> {
  const [row] = await tx.select().from(exceptionApproval).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** To the end of the transaction. */
export async function lockApproval(tx: Tx, organisationId: string, id: string): Promise<ApprovalRow | null> {
  const [row] = await tx.select().from(exceptionApproval).where(one(organisationId, id)).for('update')
  return row ?? null
}

/** Of each exception the newest last. */
export async function listApprovals(
  tx: Tx,
  organisationId: string,
  exceptionIds: readonly string[],
): Promise<ApprovalRow[]> {
  if (exceptionIds.length === 0) return []
  return tx
    .select()
    .from(exceptionApproval)
    .where(
      and(
        eq(exceptionApproval.organisationId, organisationId),
        inArray(exceptionApproval.exceptionId, [...exceptionIds]),
      ),
    )
    .orderBy(asc(exceptionApproval.askedAt), asc(exceptionApproval.id))
}

/** Whatever was put to one person of one client, newest first; the address in small letters. */
export async function listApprovalsOfPerson(
  tx: Tx,
  organisationId: string,
  { clientId, email }: { clientId: string; email: string },
): Promise<ApprovalRow[]> {
  return tx
    .select()
    .from(exceptionApproval)
    .where(
      and(
        eq(exceptionApproval.organisationId, organisationId),
        eq(exceptionApproval.clientId, clientId),
        eq(exceptionApproval.recipientEmail, email),
      ),
    )
    .orderBy(desc(exceptionApproval.askedAt), desc(exceptionApproval.id))
}
