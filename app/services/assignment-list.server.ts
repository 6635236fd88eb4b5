/** Who at a client has which questions, and what became of them: for pages, for tables, for the questions themselves. */
import type { Tx } from '#db/client.server.ts'
import { findApplication } from '#db/queries/applications.server.ts'
import * as assignments from '#db/queries/assignments.server.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionOf } from './editions.server.ts'
import { isOverdue } from './evidence-requests.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export interface ListedAssignment {
  id: string
  applicationId: string
  formTitle: string
  questionId: string
  /** '' where the edition cannot be read. */
  item: string
  prompt: string
  recipientName: string
  recipientEmail: string
  /** YYYY-MM-DD. */
  dueOn: string
  isOverdue: boolean
  note: string
  state: assignments.AssignmentRow['state']
  /** What they gave, in words. */
  shown: string | null
  reason: string | null
  assignedByName: string
  assignedAt: Date
  answeredAt: Date | null
  settledAt: Date | null
  settledByName: string | null
}

/** The soonest due first. @throws NotFoundError */
export async function listClientAssignments(member: Member, clientId: string): Promise<ListedAssignment[]> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    return describe(tx, organisationId, await assignments.listAssignments(tx, organisationId, { clientId }))
  })
}

/** @throws NotFoundError */
export async function listApplicationAssignments(
  member: Member,
  applicationId: string,
): Promise<{ clientName: string; formTitle: string; rows: ListedAssignment[] }> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const application = await getApplicationRow(tx, organisationId, applicationId)
    const client = await getClientRow(tx, organisationId, application.clientId)
    const edition = await findEditionOf(tx, application)
    const rows = await assignments.listAssignments(tx, organisationId, { applicationId })
    return {
      clientName: client.legalName,
      formTitle: edition?.form.title ?? application.formCode,
      rows: await describe(tx, organisationId, rows),
    }
  })
}

async function describe(
  tx: Tx,
  organisationId: string,
  rows: readonly assignments.AssignmentRow[],
): Promise<ListedAssignment[]> {
  const now = getRuntime().clock()
  const editions = new Map<string, Awaited<ReturnType<typeof findEditionOf>>>()
  for (const applicationId of new Set(rows.map((row) => row.applicationId))) {
    const application = await findApplication(tx, organisationId, applicationId)
    editions.set(applicationId, application && (await findEditionOf(tx, application)))
  }
  return rows.map((row) => {
    const edition = editions.get(row.applicationId)
    const question = edition?.sections
      .flatMap(({ questions }) => questions)
      .find(({ id }) => id === row.questionId)
    const { id, applicationId, questionId, recipientName, recipientEmail, dueOn, note, state, reason } = row
    const { assignedByName, assignedAt, answeredAt, settledAt, settledByName } = row
    return {
      ...{ id, applicationId, questionId, recipientName, recipientEmail, dueOn, note, state, reason },
      ...{ assignedByName, assignedAt, answeredAt, settledAt, settledByName },
      formTitle: edition?.form.title ?? '',
      item: question?.reference.item ?? '',
      prompt: question?.prompt ?? questionId,
      isOverdue: state === 'open' && isOverdue(dueOn, now),
      shown: question && row.answer ? describeAnswer(question, row.answer) : null,
    }
  })
}

/** Who has which question of an application now, for the pages of its sections. */
export async function listHolders(tx: Tx, organisationId: string, applicationId: string) {
  const rows = await assignments.listAssignments(tx, organisationId, { applicationId })
  return Object.fromEntries(
    rows
      .filter(assignments.isLive)
      .map(({ questionId, recipientName: name, dueOn, state }) => [questionId, { name, dueOn, state }]),
  )
}
