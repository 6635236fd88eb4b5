/** Questions that were put to people at the client, and the trail of each. */
import { and, asc, eq, getTableColumns, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { application, assignmentEntry, questionAssignment } from '../schema/index.ts'

export type AssignmentRow = typeof questionAssignment.$inferSelect
export type AssignmentEntryRow = typeof assignmentEntry.$inferSelect

/** Those that are not over: one for each question at most. */
export const LIVE_STATES = ['open', 'answered', 'not-mine'] as const satisfies AssignmentRow['state'][]

export const isLive = ({ state }: Pick<AssignmentRow, 'state'>): boolean =>
  (LIVE_STATES as readonly string[]).includes(state)

const one = (organisationId: string, id: string) =>
  and(eq(questionAssignment.organisationId, organisationId), eq(questionAssignment.id, id))

export async function insertAssignment(tx: Tx, row: typeof questionAssignment.$inferInsert) {
  await tx.insert(questionAssignment).values(row)
}

export async function updateAssignment(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<
      AssignmentRow,
      | 'dueOn'
      | 'note'
      | 'state'
      | 'answer'
      | 'reason'
      | 'returnedReason'
      | 'version'
      | 'answeredAt'
      | 'settledAt'
      | 'settledByName'
    >
  >,
) {
  await tx.update(questionAssignment).set(values).where(one(organisationId, id))
}

export async function findAssignment(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<AssignmentRow | null> {
  const [row] = await tx.select().from(questionAssignment).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** To the end of the transaction. */
export async function lockAssignment(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<AssignmentRow | null> {
  const [row] = await tx.select().from(questionAssignment).where(one(organisationId, id)).for('update')
  return row ?? null
}

/** Those of the given questions that are not over, locked in the order of their ids: two bulk changes wait in turn. */
export async function lockLiveAssignments(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  questionIds: readonly string[],
): Promise<AssignmentRow[]> {
  return tx
    .select()
    .from(questionAssignment)
    .where(
      and(
        eq(questionAssignment.organisationId, organisationId),
        eq(questionAssignment.applicationId, applicationId),
        inArray(questionAssignment.questionId, [...questionIds]),
        inArray(questionAssignment.state, [...LIVE_STATES]),
      ),
    )
    .orderBy(asc(questionAssignment.id))
    .for('update')
}

/** The soonest due first; without those of applications that were discarded. */
export async function listAssignments(
  tx: Tx,
  organisationId: string,
  which: { clientId: string; recipientEmail?: string } | { applicationId: string; recipientEmail?: string },
): Promise<AssignmentRow[]> {
  return tx
    .select(getTableColumns(questionAssignment))
    .from(questionAssignment)
    .innerJoin(
      application,
      and(
        eq(application.organisationId, questionAssignment.organisationId),
        eq(application.id, questionAssignment.applicationId),
      ),
    )
    .where(
      and(
        eq(questionAssignment.organisationId, organisationId),
        'clientId' in which
          ? eq(questionAssignment.clientId, which.clientId)
          : eq(questionAssignment.applicationId, which.applicationId),
        which.recipientEmail === undefined
          ? undefined
          : eq(questionAssignment.recipientEmail, which.recipientEmail),
        isNull(application.discardedAt),
      ),
    )
    .orderBy(asc(questionAssignment.dueOn), asc(questionAssignment.assignedAt), asc(questionAssignment.id))
}

export async function insertAssignmentEntry(tx: Tx, row: typeof assignmentEntry.$inferInsert) {
  await tx.insert(assignmentEntry).values(row)
}

/** In order. */
export async function listAssignmentEntries(
  tx: Tx,
  organisationId: string,
  assignmentIds: readonly string[],
): Promise<AssignmentEntryRow[]> {
  if (assignmentIds.length === 0) return []
  return tx
    .select()
    .from(assignmentEntry)
    .where(
      and(
        eq(assignmentEntry.organisationId, organisationId),
        inArray(assignmentEntry.assignmentId, [...assignmentIds]),
      ),
    )
    .orderBy(asc(assignmentEntry.assignmentId), asc(assignmentEntry.version))
}
