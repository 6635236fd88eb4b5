/** What somebody at the client gave comes before a member: it becomes the answer, or goes back with a reason. */
import type { Tx } from '#db/client.server.ts'
import type { AssignmentRow } from '#db/queries/assignments.server.ts'
import { recordAnswerIn } from './answers.server.ts'
import type { AssignmentChange } from './assignment-input.ts'
import { by, changeAssignment, lockAssignment } from './assignments.server.ts'
import { frozen, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

type Accepting = Omit<Extract<AssignmentChange, { intent: 'accept' }>, 'intent'>
type Returning = Omit<Extract<AssignmentChange, { intent: 'return' }>, 'intent'>

/**
 * The member confirms it: from now on it is their answer on file, given by whoever the trail names.
 * @throws NotFoundError; RefusedError `changed` when either the proposal or the answer on file is another one by now,
 *   `invalid` when the rules of the form refuse it, `frozen`
 */
export async function acceptAssignment(
  member: Member,
  { assignmentId, seenVersion, answerVersion }: Accepting,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await lockWaiting(tx, organisationId, assignmentId, seenVersion)
    const { applicationId, questionId, answer, recipientName, recipientEmail } = row
    if (!answer) throw changed(row)
    const saving = { applicationId, questionId, answer, seenVersion: answerVersion }
    const saved = await recordAnswerIn(tx, member, saving, at)
    if (saved.outcome === 'frozen') throw frozen()
    if (saved.outcome === 'conflict')
      throw new RefusedError(
        'changed',
        `${saved.current.by} changed the answer on file in the meantime: ${saved.current.shown} Compare the two again.`,
      )
    if (saved.outcome === 'invalid')
      throw new RefusedError('invalid', saved.fieldErrors.map(({ message }) => message).join(' '))
    const settled = { state: 'accepted', settledAt: at, settledByName: member.name } as const
    await changeAssignment(tx, row, settled, { kind: 'accepted', text: '', answer, ...by(member, at) })
    await recordInLedger(tx, organisationId, {
      kind: 'assignment.accepted',
      actor: actorOf(member),
      at,
      payload: {
        ...{ assignmentId, applicationId, questionId, answer },
        givenBy: `${recipientName} <${recipientEmail}>`,
        answerVersion: saved.version,
      },
    })
  })
}

/** It waits for the same person again; what they gave stays with them, to be mended. @throws as `acceptAssignment` */
export async function returnAssignment(
  member: Member,
  { assignmentId, seenVersion, reason }: Returning,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await lockWaiting(tx, organisationId, assignmentId, seenVersion)
    const { applicationId, questionId, recipientEmail, answer } = row
    const changes = { state: 'open', returnedReason: reason, reason: null } as const
    await changeAssignment(tx, row, changes, { kind: 'returned', text: reason, answer, ...by(member, at) })
    await recordInLedger(tx, organisationId, {
      kind: 'assignment.returned',
      actor: actorOf(member),
      at,
      payload: { assignmentId, applicationId, questionId, recipientEmail, reason },
    })
  })
}

/** Something to look at, as the page that was seen showed it. */
async function lockWaiting(
  tx: Tx,
  organisationId: string,
  assignmentId: string,
  seenVersion: number,
): Promise<AssignmentRow> {
  const { row, application } = await lockAssignment(tx, organisationId, assignmentId)
  if (application.state === 'frozen') throw frozen()
  const isWaiting = row.state === 'answered' || row.state === 'not-mine'
  if (!isWaiting || row.version !== seenVersion) throw changed(row)
  return row
}

const changed = ({ recipientName }: AssignmentRow) =>
  new RefusedError(
    'changed',
    `What ${recipientName} gave changed in the meantime, or somebody else settled it. The page shows how it stands now.`,
  )
