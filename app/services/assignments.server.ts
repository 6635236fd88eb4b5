/** Puts questions of an application to people at the client, and takes them back. */
import type { Tx } from '#db/client.server.ts'
import { lockApplication } from '#db/queries/applications.server.ts'
import * as assignments from '#db/queries/assignments.server.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { getApplicationRow } from './application-rows.server.ts'
import type { AssignInput } from './assignment-input.ts'
import { writeQuestionsMail } from './assignment-mails.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'
import { frozen, NotFoundError, RefusedError } from './errors.ts'
import { isOverdue } from './evidence-requests.server.ts'
import type { Delivery } from './guest-links.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { mailRoomLink } from './rooms.server.ts'
import { getRuntime } from './runtime.server.ts'
import { refuseOwnMember } from './waiver-signing.server.ts'

/**
 * Puts questions to one person, in one mail. Whoever had one of them until now has it no more; where the same person
 * has it, its day and note change.
 * @param origin where browsers reach us, without a slash at the end
 * @returns how many questions, and where the mail went
 * @throws NotFoundError also for a question that the form lacks; RefusedError `frozen`, `client-archived`, `past-date`,
 *   `both-sides`, `file-question`, `waiting` where somebody's answer has not been looked at yet
 */
export async function assignQuestions(
  member: Member,
  applicationId: string,
  input: AssignInput,
  origin: string,
): Promise<{ count: number; delivery: Delivery; href: string }> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const { questionIds, recipientName, recipientEmail, dueOn, note } = input
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { clientId } = await getApplicationRow(tx, organisationId, applicationId)
    const client = await getClientRow(tx, organisationId, clientId)
    if (client.archivedAt)
      throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
    if (isOverdue(dueOn, at))
      throw new RefusedError('past-date', 'The day until which it is needed is over. Choose a later one.')
    await refuseOwnMember(tx, organisationId, recipientEmail)
    // Whoever assigns holds off others who do, and answers for a moment: a question has one person.
    const row = await lockApplication(tx, organisationId, applicationId, 'update')
    if (!row) throw new NotFoundError('No such application')
    if (row.state === 'frozen') throw frozen()
    const held = await assignments.lockLiveAssignments(tx, organisationId, applicationId, questionIds)
    refuseWaiting(held)
    const edition = await editionOf(tx, row)
    for (const questionId of questionIds) {
      const question = findQuestion(edition, questionId)
      if (!question) throw new NotFoundError('No such question in this edition')
      if (question.kind === 'attachment')
        throw new RefusedError(
          'file-question',
          `Item ${question.reference.item} asks for a file: ask for it by a request, and leave it out here.`,
        )
    }
    const person = { recipientName, recipientEmail }
    for (const questionId of questionIds) {
      const current = held.find((one) => one.questionId === questionId)
      if (current?.recipientEmail === recipientEmail) {
        const changes = { dueOn, note, state: 'open', reason: null } as const
        await changeAssignment(tx, current, changes, { kind: 'changed', text: note, ...by(member, at) })
        continue
      }
      if (current) await takeBack(tx, member, current, at)
      const id = newId()
      await assignments.insertAssignment(tx, {
        ...{ organisationId, id, clientId, applicationId, questionId, ...person, dueOn, note },
        ...{ assignedBy: member.userId, assignedByName: member.name, assignedAt: at },
      })
      const entry = { kind: 'assigned', text: note, ...by(member, at) } as const
      await addEntry(tx, { organisationId, id, version: 1 }, entry)
    }
    const about = {
      ...{ recipientName, dueOn, note, count: questionIds.length, formTitle: edition.form.title },
      ...{ clientName: client.legalName, organisationName: member.organisationName, senderName: member.name },
    }
    const sent = await mailRoomLink(
      tx,
      member,
      {
        ...{ clientId, person, at, mailKind: 'room-tasks' },
        write: (href) => writeQuestionsMail(about, href),
      },
      origin,
    )
    const { linkId, delivery, href } = sent
    await recordInLedger(tx, organisationId, {
      kind: 'assignment.made',
      actor: actorOf(member),
      at,
      payload: { applicationId, clientId, ...input, linkId, delivery },
    })
    return { count: questionIds.length, delivery, href }
  })
}

/**
 * Nobody is asked any more; what was given and not accepted stays in the trail alone.
 * @returns how many were taken back; questions that nobody has are passed over
 * @throws NotFoundError
 */
export async function takeBackAssignments(
  member: Member,
  applicationId: string,
  questionIds: readonly string[],
): Promise<number> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    await getApplicationRow(tx, organisationId, applicationId)
    await lockApplication(tx, organisationId, applicationId, 'share')
    const held = await assignments.lockLiveAssignments(tx, organisationId, applicationId, questionIds)
    for (const row of held) await takeBack(tx, member, row, at)
    if (held.length > 0)
      await recordInLedger(tx, organisationId, {
        kind: 'assignment.taken-back',
        actor: actorOf(member),
        at,
        payload: {
          applicationId,
          taken: held.map(({ id, questionId, recipientEmail }) => ({ id, questionId, recipientEmail })),
        },
      })
    return held.length
  })
}

function refuseWaiting(held: readonly assignments.AssignmentRow[]): void {
  const waiting = held.filter(({ state }) => state === 'answered')
  if (waiting.length === 0) return
  const names = [...new Set(waiting.map(({ recipientName }) => recipientName))].join(', ')
  throw new RefusedError(
    'waiting',
    `${waiting.length === 1 ? 'One of the questions has' : `${waiting.length} of the questions have`} an answer from ${names} that nobody has looked at yet. Accept or return it first.`,
  )
}

const takeBack = (tx: Tx, member: Member, row: assignments.AssignmentRow, at: Date) =>
  changeAssignment(
    tx,
    row,
    { state: 'taken-back', settledAt: at, settledByName: member.name },
    { kind: 'taken-back', text: '', ...by(member, at) },
  )

type Entry = Pick<assignments.AssignmentEntryRow, 'kind' | 'text' | 'authorName' | 'authorEmail' | 'at'> &
  Partial<Pick<assignments.AssignmentEntryRow, 'linkId' | 'answer'>>

/** A member as the author of an entry. */
export const by = ({ name, email }: Pick<Member, 'name' | 'email'>, at: Date) => ({
  authorName: name,
  authorEmail: email,
  at,
})

/** The change and its trail; the row has to be locked. @returns the version that it made */
export async function changeAssignment(
  tx: Tx,
  row: assignments.AssignmentRow,
  changes: Parameters<typeof assignments.updateAssignment>[3],
  entry: Entry,
): Promise<number> {
  const { organisationId, id } = row
  const version = row.version + 1
  await assignments.updateAssignment(tx, organisationId, id, { ...changes, version })
  await addEntry(tx, { organisationId, id, version }, entry)
  return version
}

async function addEntry(
  tx: Tx,
  { organisationId, id, version }: Pick<assignments.AssignmentRow, 'organisationId' | 'id' | 'version'>,
  entry: Entry,
): Promise<void> {
  const entryId = getRuntime().newId()
  await assignments.insertAssignmentEntry(tx, {
    ...{ organisationId, id: entryId, assignmentId: id, version },
    ...entry,
  })
}

/**
 * Locked, its application first, as everything that changes both does.
 * @throws NotFoundError
 */
export async function lockAssignment(tx: Tx, organisationId: string, assignmentId: string) {
  const found = await assignments.findAssignment(tx, organisationId, assignmentId)
  const application = found && (await lockApplication(tx, organisationId, found.applicationId, 'share'))
  const row = application && (await assignments.lockAssignment(tx, organisationId, assignmentId))
  if (!row) throw new NotFoundError('No such question')
  return { row, application }
}
