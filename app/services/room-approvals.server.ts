/** The client's decision-maker reads an exception in their room, and approves it or not. */
import type { Tx } from '#db/client.server.ts'
import { findApplication } from '#db/queries/applications.server.ts'
import * as approvals from '#db/queries/exception-approvals.server.ts'
import { findException } from '#db/queries/exceptions.server.ts'
import type { Key } from './attestation-door.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { type ApprovalDecision, ApprovalText } from './exception-approval-input.ts'
import { revokeExceptionIn } from './exceptions.server.ts'
import { atGuestDoor, requireOpenGuest } from './guest-door.server.ts'
import { recordInLedger } from './ledger.server.ts'
import type { Member } from './member.ts'
import { daysUntil } from './portfolio.ts'
import { methodOf, refuseBothSides } from './room-identity.ts'
import type { Caller } from './sessions.server.ts'
import { refuseOwnMember } from './waiver-signing.server.ts'

export interface RoomApproval {
  id: string
  /** `closed`: nobody waits for it any more, because the exception ended or the form was signed. */
  state: approvals.ApprovalRow['state'] | 'closed'
  text: ApprovalText
  textSha256: string
  dueOn: string
  askedByName: string
  decidedAt: Date | null
  words: string | null
}

/** Everything that was put to this person of this client and not taken back, newest first. */
export async function listRoomApprovals(
  tx: Tx,
  organisationId: string,
  person: { clientId: string; email: string },
  now: Date,
): Promise<RoomApproval[]> {
  const rows = await approvals.listApprovalsOfPerson(tx, organisationId, person)
  const shown: RoomApproval[] = []
  for (const row of rows) if (row.state !== 'taken-back') shown.push(await toShow(tx, row, now))
  return shown
}

async function toShow(tx: Tx, row: approvals.ApprovalRow, now: Date): Promise<RoomApproval> {
  const { id, text, textSha256, dueOn, askedByName, decidedAt, words } = row
  const isClosed = row.state === 'asked' && (await isOver(tx, row, now))
  return {
    ...{ id, textSha256, dueOn, askedByName, decidedAt, words },
    state: isClosed ? 'closed' : row.state,
    text: ApprovalText.parse(JSON.parse(text)),
  }
}

async function isOver(tx: Tx, { organisationId, exceptionId }: approvals.ApprovalRow, now: Date) {
  const exception = await findException(tx, organisationId, exceptionId)
  if (!exception || exception.revokedAt || daysUntil(exception.expiresOn, now) < 0) return true
  const application = await findApplication(tx, organisationId, exception.applicationId)
  if (!application || application.state === 'frozen') return true
  return (await getClientRow(tx, organisationId, application.clientId)).archivedAt !== null
}

/** @throws NotFoundError for what was not put to them, or taken back; RefusedError `code-needed`, `link` */
export async function visitRoomApproval(key: Key, approvalId: string): Promise<RoomApproval> {
  return atGuestDoor('room', key, async (tx, door, now) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const row = await approvals.findApproval(tx, organisationId, approvalId)
    if (!row || !isOf(row, link)) throw noSuch()
    return toShow(tx, row, now)
  })
}

/**
 * Who refuses ends the exception: what the client does not accept covers no answer.
 * @param alsoSignedIn the member whose session the same browser holds: nobody decides for both sides
 * @throws NotFoundError; RefusedError `decided`, `both-sides`, `code-needed`, `link`
 */
export async function decideInRoom(
  key: Key,
  approvalId: string,
  decision: ApprovalDecision,
  caller: Caller,
  alsoSignedIn: Member | null,
): Promise<void> {
  await atGuestDoor('room', key, async (tx, door, at) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const row = await approvals.lockApproval(tx, organisationId, approvalId)
    if (!row || !isOf(row, link)) throw noSuch()
    const preparer = refuseBothSides(organisationId, alsoSignedIn)
    await refuseOwnMember(tx, organisationId, link.recipientEmail)
    if (row.state !== 'asked' || (await isOver(tx, row, at)))
      throw new RefusedError('decided', 'This does not wait for your decision any more. Reload the page.')
    const isApproved = decision.intent === 'approve'
    const actor = `${link.recipientName} <${link.recipientEmail}>`
    const { exceptionId, textSha256 } = row
    const record = {
      method: methodOf(link),
      address: caller.address,
      userAgent: caller.userAgent,
      name: link.recipientName,
      email: link.recipientEmail,
      linkId: link.id,
      codeEnteredAt: link.codeEnteredAt?.toISOString() ?? null,
      consent: isApproved ? ApprovalText.parse(JSON.parse(row.text)).declaration : '',
      alsoSignedIn: preparer,
    }
    await approvals.updateApproval(tx, organisationId, approvalId, {
      ...{ state: isApproved ? 'approved' : 'refused', decidedAt: at, words: decision.words, record },
    })
    if (!isApproved) {
      const reason = `Not approved: ${decision.words}`
      const revoking = { exceptionId, reason, byName: link.recipientName, actor }
      await revokeExceptionIn(tx, organisationId, revoking, at)
    }
    await recordInLedger(tx, organisationId, {
      kind: isApproved ? 'approval.given' : 'approval.refused',
      actor,
      at,
      payload: { approvalId, exceptionId, textSha256, words: decision.words, record },
    })
  })
}

const isOf = (row: approvals.ApprovalRow, link: { subjectId: string; recipientEmail: string }) =>
  row.clientId === link.subjectId && row.recipientEmail === link.recipientEmail && row.state !== 'taken-back'

const noSuch = () => new NotFoundError('Nothing of this kind waits for you')
