/** Questions of a form in the room of whoever was asked: what they give is a proposal until a member accepts it. */
import type { Tx } from '#db/client.server.ts'
import * as assignments from '#db/queries/assignments.server.ts'
import { describeAnswer, validateAnswer } from '#questionnaires/answers.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import type { RecordAnswerOutcome } from './answers.server.ts'
import type { NotMineInput, RoomAnswerInput } from './assignment-input.ts'
import { changeAssignment, lockAssignment } from './assignments.server.ts'
import type { Key } from './attestation-door.server.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'
import { frozen, NotFoundError, RefusedError } from './errors.ts'
import { atGuestDoor, type GuestDoor, requireOpenGuest } from './guest-door.server.ts'
import { recordInLedger } from './ledger.server.ts'
import type { Caller } from './sessions.server.ts'

/** Saves as somebody types, and second thoughts; more would be somebody filling a disk. */
export const CHANGES_PER_QUESTION = 500

/** An assigned question of the person who came by this link, locked. */
function atQuestion<T>(
  key: Key,
  assignmentId: string,
  work: (tx: Tx, door: GuestDoor, held: Awaited<ReturnType<typeof lockAssignment>>, now: Date) => Promise<T>,
): Promise<T> {
  return atGuestDoor('room', key, async (tx, door, now) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const held = await lockAssignment(tx, organisationId, assignmentId)
    const { row } = held
    if (row.clientId !== link.subjectId || row.recipientEmail !== link.recipientEmail)
      throw new NotFoundError('No such question')
    const client = await getClientRow(tx, organisationId, row.clientId)
    if (!assignments.isLive(row) || client.archivedAt)
      throw new RefusedError(
        'closed',
        'This question does not wait for you any more. Reload the page to see why.',
      )
    return work(tx, door, held, now)
  })
}

/**
 * Saves what they give, if nobody saved another version since the one they saw. The answer on file stays as it is.
 * @throws NotFoundError for a question that was not put to them; RefusedError `code-needed`, `link`, `closed`
 */
export async function saveRoomAnswer(
  key: Key,
  assignmentId: string,
  input: RoomAnswerInput,
  caller: Caller,
): Promise<RecordAnswerOutcome> {
  return atQuestion(key, assignmentId, async (tx, { organisationId, link }, { row, application }, at) => {
    if (application.state === 'frozen') return { outcome: 'frozen' }
    const question = findQuestion(await editionOf(tx, application), row.questionId)
    if (!question) throw new NotFoundError('No such question in this edition')
    const checked = input.answer ? validateAnswer(question, input.answer, at) : null
    if (checked && !checked.ok) return { outcome: 'invalid', fieldErrors: checked.fieldErrors }
    if (row.version !== input.seenVersion) {
      const [last] = (await assignments.listAssignmentEntries(tx, organisationId, [row.id])).slice(-1)
      return {
        outcome: 'conflict',
        current: {
          answer: row.answer,
          shown: describeAnswer(question, row.answer ?? undefined),
          version: row.version,
          by: last?.authorName ?? row.assignedByName,
          at: (last?.at ?? row.assignedAt).toISOString(),
        },
      }
    }
    refuseTooMany(row)
    const answer = checked?.answer ?? null
    const changes = {
      ...{ answer, answeredAt: at, reason: null },
      ...(answer ? ({ state: 'answered', returnedReason: null } as const) : ({ state: 'open' } as const)),
    }
    const version = await changeAssignment(tx, row, changes, {
      ...{ kind: answer ? 'answered' : 'cleared', answer, text: '' },
      ...guestAuthor(link, at),
    })
    await recordInLedger(tx, organisationId, {
      kind: 'assignment.answered',
      actor: `${link.recipientName} <${link.recipientEmail}>`,
      at,
      payload: { ...aboutOf(row), version, answer, linkId: link.id, address: caller.address },
    })
    return { outcome: 'saved', version, answeredAt: at.toISOString() }
  })
}

/**
 * They cannot answer it, and say why and who might. @throws as `saveRoomAnswer`, and RefusedError `frozen`, `changed`
 */
export async function sayNotMine(
  key: Key,
  { assignmentId, seenVersion, reason }: Omit<NotMineInput, 'intent'>,
  caller: Caller,
): Promise<void> {
  await atQuestion(key, assignmentId, async (tx, { organisationId, link }, { row, application }, at) => {
    if (application.state === 'frozen') throw frozen()
    if (row.version !== seenVersion)
      throw new RefusedError(
        'changed',
        'This question changed in the meantime. The page shows how it stands now: say it again if it still holds.',
      )
    refuseTooMany(row)
    const changes = { state: 'not-mine', reason, answer: null, answeredAt: at, returnedReason: null } as const
    const version = await changeAssignment(tx, row, changes, {
      ...{ kind: 'not-mine', text: reason },
      ...guestAuthor(link, at),
    })
    await recordInLedger(tx, organisationId, {
      kind: 'assignment.not-mine',
      actor: `${link.recipientName} <${link.recipientEmail}>`,
      at,
      payload: { ...aboutOf(row), version, reason, linkId: link.id, address: caller.address },
    })
  })
}

function refuseTooMany({ version }: assignments.AssignmentRow): void {
  if (version > CHANGES_PER_QUESTION)
    throw new RefusedError(
      'too-often',
      'This answer was changed too often to be saved again. Tell whoever asked you what it should say.',
    )
}

const aboutOf = ({ id, applicationId, questionId }: assignments.AssignmentRow) => ({
  assignmentId: id,
  applicationId,
  questionId,
})

const guestAuthor = (link: GuestDoor['link'], at: Date) => ({
  authorName: link.recipientName,
  authorEmail: link.recipientEmail,
  linkId: link.id,
  at,
})
