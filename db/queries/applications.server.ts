/** Applications and their answers. */
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import type { Tx } from '../client.server.ts'
import { answer, application } from '../schema/index.ts'

export type ApplicationRow = typeof application.$inferSelect
export type AnswerRow = typeof answer.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(application.organisationId, organisationId), eq(application.id, id))

export async function insertApplication(tx: Tx, row: typeof application.$inferInsert) {
  await tx.insert(application).values(row)
}

export async function findApplication(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ApplicationRow | null> {
  const [row] = await tx
    .select()
    .from(application)
    .where(and(one(organisationId, id), isNull(application.discardedAt)))
    .limit(1)
  return row ?? null
}

/** Waits for, and then holds off, whoever freezes or answers the same application. */
export async function lockApplication(tx: Tx, organisationId: string, id: string, mode: 'share' | 'update') {
  const [row] = await tx
    .select()
    .from(application)
    .where(and(one(organisationId, id), isNull(application.discardedAt)))
    .for(mode)
  return row ?? null
}

export async function listApplications(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select()
    .from(application)
    .where(
      and(
        eq(application.organisationId, organisationId),
        eq(application.clientId, clientId),
        isNull(application.discardedAt),
      ),
    )
    .orderBy(desc(application.createdAt))
}

export async function setCircumstances(
  tx: Tx,
  organisationId: string,
  id: string,
  circumstances: Circumstances,
  at: Date,
) {
  await tx.update(application).set({ circumstances, changedAt: at }).where(one(organisationId, id))
}

/** @returns false when it is no draft (any more). */
export async function discardDraft(
  tx: Tx,
  organisationId: string,
  id: string,
  discardedAt: Date,
): Promise<boolean> {
  const rows = await tx
    .update(application)
    .set({ discardedAt })
    .where(and(one(organisationId, id), eq(application.state, 'draft'), isNull(application.discardedAt)))
    .returning({ id: application.id })
  return rows.length === 1
}

/** Drafts that were begun with the answers of this application. */
export async function listSuccessors(tx: Tx, organisationId: string, id: string): Promise<ApplicationRow[]> {
  return tx
    .select()
    .from(application)
    .where(
      and(
        eq(application.organisationId, organisationId),
        eq(application.movedFrom, id),
        isNull(application.discardedAt),
      ),
    )
    .orderBy(desc(application.createdAt))
}

export async function setApplicationState(
  tx: Tx,
  organisationId: string,
  id: string,
  state: ApplicationRow['state'],
  at: Date,
) {
  await tx.update(application).set({ state, changedAt: at }).where(one(organisationId, id))
}

/** In the order of their questions' ids: a table's own order changes with each vacuum. */
export async function listAnswers(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<AnswerRow[]> {
  return tx
    .select()
    .from(answer)
    .where(and(eq(answer.organisationId, organisationId), eq(answer.applicationId, applicationId)))
    .orderBy(answer.questionId)
}

export async function lockAnswer(tx: Tx, organisationId: string, applicationId: string, questionId: string) {
  const [row] = await tx
    .select()
    .from(answer)
    .where(
      and(
        eq(answer.organisationId, organisationId),
        eq(answer.applicationId, applicationId),
        eq(answer.questionId, questionId),
      ),
    )
    .for('update')
  return row ?? null
}

/** @returns false when another save made the first version in the meantime. */
export async function insertFirstAnswer(tx: Tx, row: typeof answer.$inferInsert) {
  const rows = await tx
    .insert(answer)
    .values(row)
    .onConflictDoNothing()
    .returning({ version: answer.version })
  return rows.length === 1
}

export async function updateAnswer(tx: Tx, row: typeof answer.$inferInsert) {
  await tx
    .update(answer)
    .set({
      answer: row.answer,
      version: row.version,
      answeredBy: row.answeredBy,
      answeredByName: row.answeredByName,
      answeredAt: row.answeredAt,
      trueFrom: row.trueFrom ?? null,
    })
    .where(
      and(
        eq(answer.organisationId, row.organisationId),
        eq(answer.applicationId, row.applicationId),
        eq(answer.questionId, row.questionId),
      ),
    )
}
