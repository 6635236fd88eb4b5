/** The log of conversations with clients about insurance: proof of what was recommended, and of who was left alone. */
import { groupsOf } from '#app/readiness/order.ts'
import type { Tx } from '#db/client.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import * as rows from '#db/queries/conversations.server.ts'
import { getClientRow } from './clients.server.ts'
import type { ConversationInput, WithdrawConversation } from './conversation-input.ts'
import { bySilence, type ClientSilence, silenceOf } from './conversation-log.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** The client's conversations, withdrawn ones among them, and what they come to. */
export async function listConversations(member: Member, clientId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const conversations = await rows.listConversations(tx, organisationId, clientId)
    return { client, conversations, silence: silenceOf(client, conversations, clock()) }
  })
}

/** Every client that is not archived, the longest silence first. */
export async function listSilences(member: Member): Promise<ClientSilence[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const held = await clients.listClients(tx, organisationId, 'active')
    const of = groupsOf(await rows.listStandingConversations(tx, organisationId), ({ clientId }) => clientId)
    const now = clock()
    return bySilence(held.map((client) => silenceOf(client, of(client.id), now)))
  })
}

/**
 * @returns its id
 * @throws NotFoundError also when the client is another organisation's; RefusedError `archived`, `future`
 */
export async function recordConversation(
  member: Member,
  clientId: string,
  input: ConversationInput,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const id = newId()
  if (input.heldOn > at.toISOString().slice(0, 10))
    throw new RefusedError('future', 'A conversation is recorded after it was held. Check the day.')
  await database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    if (client.archivedAt)
      throw new RefusedError('archived', 'This client is archived. Restore it to record a conversation.')
    await rows.insertConversation(tx, {
      ...input,
      organisationId,
      id,
      clientId,
      recordedBy: member.userId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'conversation.recorded',
      actor: actorOf(member),
      at,
      payload: { conversationId: id, clientId, ...input },
    })
  })
  return id
}

/**
 * Nothing is overwritten: what does not hold is withdrawn with a reason, and recorded anew.
 * @throws NotFoundError; RefusedError `withdrawn`
 */
export async function withdrawConversation(
  member: Member,
  clientId: string,
  { conversationId, reason }: WithdrawConversation,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await lockStanding(tx, organisationId, clientId, conversationId)
    await rows.updateConversation(tx, organisationId, conversationId, {
      withdrawnAt: at,
      withdrawnByName: member.name,
      withdrawnReason: reason,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'conversation.withdrawn',
      actor: actorOf(member),
      at,
      payload: { conversationId, clientId, reason },
    })
  })
}

/** @throws NotFoundError; RefusedError `withdrawn`, `done` */
export async function finishNextStep(
  member: Member,
  clientId: string,
  conversationId: string,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const { nextStep, nextStepDoneAt } = await lockStanding(tx, organisationId, clientId, conversationId)
    if (nextStep === null || nextStepDoneAt)
      throw new RefusedError('done', 'That step is done already. Reload the page to see how it stands.')
    await rows.updateConversation(tx, organisationId, conversationId, { nextStepDoneAt: at })
    await recordInLedger(tx, organisationId, {
      kind: 'conversation.step-done',
      actor: actorOf(member),
      at,
      payload: { conversationId, clientId, nextStep },
    })
  })
}

async function lockStanding(tx: Tx, organisationId: string, clientId: string, conversationId: string) {
  const row = await rows.lockConversation(tx, organisationId, conversationId)
  if (row?.clientId !== clientId) throw new NotFoundError('No such conversation')
  if (row.withdrawnAt)
    throw new RefusedError('withdrawn', 'That conversation was withdrawn. Reload the page to see why.')
  return row
}
