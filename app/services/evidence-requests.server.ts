/** Asks a named person for newer evidence. Nothing is sent: the page gives the text, and the ledger keeps that it was asked. */
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { RequestInput } from './evidence-input.ts'
import { lockRevisable } from './evidence-revisions.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** @throws RefusedError `past-date` for a day that is over in UTC */
export async function requestEvidence(
  member: Member,
  evidenceId: string,
  input: RequestInput,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  if (isOverdue(input.dueOn, at))
    throw new RefusedError('past-date', 'The day until which it is needed is over. Choose a later one.')
  const id = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    const { evidence } = await lockRevisable(tx, organisationId, evidenceId)
    await requests.insertRequest(tx, {
      ...input,
      organisationId,
      id,
      clientId: evidence.clientId,
      evidenceId,
      requestedBy: member.userId,
      requestedByName: member.name,
      requestedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.requested',
      actor: actorOf(member),
      at,
      payload: { clientId: evidence.clientId, evidenceId, requestId: id, ...input },
    })
  })
  return id
}

/** Does nothing to a request that is settled already. @throws NotFoundError for another item's request */
export async function cancelRequest(member: Member, evidenceId: string, requestId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const evidence = await evidenceRows.lockEvidence(tx, organisationId, evidenceId)
    const rows = evidence ? await requests.listRequestsOfEvidence(tx, organisationId, evidenceId) : []
    if (!rows.some(({ id }) => id === requestId)) throw new NotFoundError('No such request')
    const which = { evidenceId, id: requestId }
    const cancelled = await requests.settleRequests(tx, organisationId, which, {
      state: 'cancelled',
      settledAt: at,
    })
    if (cancelled.length === 0) return
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.request-cancelled',
      actor: actorOf(member),
      at,
      payload: { evidenceId, requestId },
    })
  })
}

export interface OpenRequest {
  id: string
  evidenceId: string
  title: string
  recipientName: string
  recipientEmail: string
  /** YYYY-MM-DD. */
  dueOn: string
  isOverdue: boolean
}

/** Of one client, the soonest due first. */
export async function listOpenRequests(member: Member, clientId: string): Promise<OpenRequest[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const rows = await database.inOrganisation(organisationId, (tx) =>
    requests.listOpenRequests(tx, organisationId, clientId),
  )
  return rows.map(({ request, title }) => ({
    id: request.id,
    evidenceId: request.evidenceId,
    title,
    recipientName: request.recipientName,
    recipientEmail: request.recipientEmail,
    dueOn: request.dueOn,
    isOverdue: isOverdue(request.dueOn, now),
  }))
}

/** The day is over in UTC. */
export function isOverdue(dueOn: string, now: Date): boolean {
  return dueOn < now.toISOString().slice(0, 10)
}
