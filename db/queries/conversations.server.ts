/** Conversations with clients: recorded, their next step done, withdrawn; never changed. */
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { client, conversation } from '../schema/index.ts'

export type ConversationRow = typeof conversation.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(conversation.organisationId, organisationId), eq(conversation.id, id))

export async function insertConversation(tx: Tx, row: typeof conversation.$inferInsert) {
  await tx.insert(conversation).values(row)
}

/** Of one client, withdrawn ones among them; the latest first. */
export async function listConversations(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<ConversationRow[]> {
  return tx
    .select()
    .from(conversation)
    .where(and(eq(conversation.organisationId, organisationId), eq(conversation.clientId, clientId)))
    .orderBy(desc(conversation.heldOn), desc(conversation.recordedAt), desc(conversation.id))
}

/** Of all clients that are not archived, without those that were withdrawn; the latest first. */
export async function listStandingConversations(tx: Tx, organisationId: string): Promise<ConversationRow[]> {
  const rows = await tx
    .select({ conversation })
    .from(conversation)
    .innerJoin(
      client,
      and(eq(client.organisationId, conversation.organisationId), eq(client.id, conversation.clientId)),
    )
    .where(
      and(
        eq(conversation.organisationId, organisationId),
        isNull(conversation.withdrawnAt),
        isNull(client.archivedAt),
      ),
    )
    .orderBy(desc(conversation.heldOn), desc(conversation.recordedAt), desc(conversation.id))
  return rows.map((row) => row.conversation)
}

/** To the end of the transaction. */
export async function lockConversation(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ConversationRow | null> {
  const [row] = await tx.select().from(conversation).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function updateConversation(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<ConversationRow, 'nextStepDoneAt' | 'withdrawnAt' | 'withdrawnByName' | 'withdrawnReason'>
  >,
) {
  await tx.update(conversation).set(values).where(one(organisationId, id))
}
