/** Puts an exception to the client's decision-maker, and takes that back; what they say is `room-approvals.server.ts`. */
import { firstDayOf } from '#app/readiness/record.ts'
import type { Tx } from '#db/client.server.ts'
import { listAnswers, lockApplication } from '#db/queries/applications.server.ts'
import * as approvals from '#db/queries/exception-approvals.server.ts'
import { type ExceptionRow, findException } from '#db/queries/exceptions.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { listApprovalStandings } from './approval-standing.server.ts'
import { writeApprovalMail } from './assignment-mails.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'
import { frozen, NotFoundError, RefusedError } from './errors.ts'
import { isOverdue } from './evidence-requests.server.ts'
import { ApprovalText, type AskApprovalInput } from './exception-approval-input.ts'
import type { Delivery } from './guest-links.server.ts'
import { dayInWords } from './guest-mails.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { daysUntil } from './portfolio.ts'
import { listKnownPeople } from './room-people.server.ts'
import { mailRoomLink } from './rooms.server.ts'
import { getRuntime } from './runtime.server.ts'
import { refuseOwnMember } from './waiver-signing.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const DUE_IN_DAYS = 7

/** @throws NotFoundError */
export async function getApprovalPage(member: Member, exceptionId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { exception, text, client, isOpen } = await loadAskable(tx, member, exceptionId, now)
    const rows = await approvals.listApprovals(tx, organisationId, [exceptionId])
    const people = await listKnownPeople(tx, client)
    const accepting = people.find(({ name }) => name === exception.approvedBy)
    return {
      clientId: client.id,
      clientName: client.legalName,
      isOpen: isOpen && client.archivedAt === null,
      text,
      approvedBy: exception.approvedBy,
      people,
      texts: {
        recipientName: exception.approvedBy,
        recipientEmail: accepting?.email ?? '',
        dueOn: new Date(now.getTime() + DUE_IN_DAYS * DAY_MS).toISOString().slice(0, 10),
      },
      approvals: rows.map(
        ({
          id,
          recipientName,
          recipientEmail,
          dueOn,
          state,
          askedByName,
          askedAt,
          decidedAt,
          words,
          record,
        }) => ({
          ...{ id, recipientName, recipientEmail, dueOn, state, askedByName, askedAt, decidedAt, words },
          method: record?.method ?? null,
          address: record?.address ?? null,
        }),
      ),
    }
  })
}

/**
 * @param origin where browsers reach us, without a slash at the end
 * @throws NotFoundError; RefusedError `frozen`, `ended`, `asked`, `approved`, `past-date`, `both-sides`, `client-archived`
 */
export async function askApproval(
  member: Member,
  exceptionId: string,
  { recipientName, recipientEmail, dueOn, note }: Omit<AskApprovalInput, 'intent'>,
  origin: string,
): Promise<{ approvalId: string; delivery: Delivery; href: string }> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { text: shown, client, application, exception } = await loadAskable(tx, member, exceptionId, at)
    if (client.archivedAt)
      throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
    if (application.state === 'frozen') throw frozen()
    if (exception.revokedAt || daysUntil(exception.expiresOn, at) < 0)
      throw new RefusedError('ended', 'This exception is over. Renew it, and ask for that one.')
    if (isOverdue(dueOn, at))
      throw new RefusedError('past-date', 'The day until which it is needed is over. Choose a later one.')
    await refuseOwnMember(tx, organisationId, recipientEmail)
    const standing = (await listApprovalStandings(tx, organisationId, [exceptionId])).get(exceptionId)
    if (standing?.state === 'asked')
      throw new RefusedError('asked', `${standing.name} was asked already. Take that back first.`)
    if (standing?.state === 'approved')
      throw new RefusedError('approved', `${standing.name} approved this exception already.`)
    const text = canonicalJson({ ...shown, note })
    const id = newId()
    const person = { recipientName, recipientEmail }
    await approvals.insertApproval(tx, {
      ...{ organisationId, id, exceptionId, clientId: client.id, ...person, dueOn },
      ...{ text, textSha256: sha256Hex(text), askedBy: member.userId, askedByName: member.name, askedAt: at },
    })
    const about = {
      ...{ recipientName, dueOn, note, clientName: client.legalName },
      ...{ organisationName: member.organisationName, senderName: member.name },
    }
    const sent = await mailRoomLink(
      tx,
      member,
      {
        ...{ clientId: client.id, person, at, mailKind: 'room-tasks' },
        write: (href) => writeApprovalMail(about, href),
      },
      origin,
    )
    const { linkId, delivery, href } = sent
    await recordInLedger(tx, organisationId, {
      kind: 'approval.asked',
      actor: actorOf(member),
      at,
      payload: {
        approvalId: id,
        exceptionId,
        ...person,
        dueOn,
        textSha256: sha256Hex(text),
        linkId,
        delivery,
      },
    })
    return { approvalId: id, delivery, href }
  })
}

/** @throws NotFoundError; RefusedError `decided` */
export async function takeBackApproval(
  member: Member,
  exceptionId: string,
  approvalId: string,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await approvals.lockApproval(tx, organisationId, approvalId)
    if (!row || row.exceptionId !== exceptionId) throw new NotFoundError('No such question')
    if (row.state !== 'asked')
      throw new RefusedError('decided', `${row.recipientName} is not asked any more. The page shows why.`)
    await approvals.updateApproval(tx, organisationId, approvalId, {
      ...{ state: 'taken-back', takenBackAt: at, takenBackByName: member.name },
    })
    await recordInLedger(tx, organisationId, {
      kind: 'approval.taken-back',
      actor: actorOf(member),
      at,
      payload: { approvalId, exceptionId, recipientEmail: row.recipientEmail },
    })
  })
}

/** Held against whoever freezes the application meanwhile; with the words that would be shown now. */
async function loadAskable(tx: Tx, member: Member, exceptionId: string, now: Date) {
  const { organisationId } = member
  const exception = await findException(tx, organisationId, exceptionId)
  if (!exception) throw new NotFoundError('No such exception')
  const { clientId } = await getApplicationRow(tx, organisationId, exception.applicationId)
  const application = await lockApplication(tx, organisationId, exception.applicationId, 'share')
  if (!application) throw new NotFoundError('No such application')
  const client = await getClientRow(tx, organisationId, clientId)
  const edition = await editionOf(tx, application)
  const question = findQuestion(edition, exception.questionId)
  if (!question) throw new NotFoundError('No such question in this edition')
  const answers = await listAnswers(tx, organisationId, application.id)
  const answer = answers.find(({ questionId }) => questionId === question.id)?.answer
  const text = ApprovalText.parse({
    schema: 1,
    clientName: client.legalName,
    organisationName: member.organisationName,
    formTitle: edition.form.title,
    item: question.reference.item,
    prompt: question.prompt,
    answer: answer ? describeAnswer(question, answer) : null,
    ...wordsOf(exception),
    note: '',
    declaration: `I approve for ${client.legalName} that this stays as described until ${dayInWords(exception.expiresOn)}.`,
  })
  const isOver = exception.revokedAt !== null || daysUntil(exception.expiresOn, now) < 0
  return { exception, application, client, text, isOpen: application.state !== 'frozen' && !isOver }
}

const wordsOf = (exception: ExceptionRow) => {
  const { scope, reason, compensatingControl, owner, expiresOn } = exception
  return { scope, reason, compensatingControl, owner, startsOn: firstDayOf(exception), expiresOn }
}
