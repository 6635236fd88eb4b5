/** Second factors, recovery codes and the steps towards them; in transactions of sign-in, like accounts. */
import { and, asc, count, eq, isNotNull, isNull, lte, ne } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  account,
  accountFactor,
  factorEnrolment,
  organisation,
  recoveryCode,
  secondStep,
  session,
} from '../schema/index.ts'

export type FactorRow = typeof accountFactor.$inferSelect
export type AccountRow = typeof account.$inferSelect
export type SecondStepRow = typeof secondStep.$inferSelect
export type EnrolmentRow = typeof factorEnrolment.$inferSelect

/** Locks the account to the end of the transaction: all that proves a person happens one after the other. */
export async function lockAccount(tx: Tx, userId: string): Promise<AccountRow | null> {
  const [row] = await tx.select().from(account).where(eq(account.id, userId)).for('update')
  return row ?? null
}

export async function updateWrongProofs(
  tx: Tx,
  userId: string,
  values: Pick<AccountRow, 'wrongProofs' | 'wrongProofsSince'>,
) {
  await tx.update(account).set(values).where(eq(account.id, userId))
}

export async function listFactors(tx: Tx, userId: string): Promise<FactorRow[]> {
  return tx
    .select()
    .from(accountFactor)
    .where(eq(accountFactor.userId, userId))
    .orderBy(asc(accountFactor.createdAt), asc(accountFactor.id))
}

/** @returns false where this passkey is somebody's already. */
export async function insertFactor(tx: Tx, row: typeof accountFactor.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(accountFactor)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: accountFactor.id })
  return rows.length === 1
}

export async function updateFactor(
  tx: Tx,
  userId: string,
  id: string,
  values: Partial<Pick<FactorRow, 'name' | 'lastUsedAt' | 'lastStep' | 'counter'>>,
) {
  await tx
    .update(accountFactor)
    .set(values)
    .where(and(eq(accountFactor.userId, userId), eq(accountFactor.id, id)))
}

export async function deleteFactor(tx: Tx, userId: string, id: string) {
  await tx.delete(accountFactor).where(and(eq(accountFactor.userId, userId), eq(accountFactor.id, id)))
}

/** The ones before open nothing any more. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, codeMacs: string[], createdAt: Date) {
  await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId))
  if (codeMacs.length > 0)
    await tx.insert(recoveryCode).values(codeMacs.map((codeMac) => ({ userId, codeMac, createdAt })))
}

export async function countRecoveryCodes(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx
    .select({ left: count() })
    .from(recoveryCode)
    .where(and(eq(recoveryCode.userId, userId), isNull(recoveryCode.usedAt)))
  return row?.left ?? 0
}

/** @returns whether it was there and unused. */
export async function spendRecoveryCode(tx: Tx, userId: string, codeMac: string, usedAt: Date) {
  const rows = await tx
    .update(recoveryCode)
    .set({ usedAt })
    .where(
      and(eq(recoveryCode.userId, userId), eq(recoveryCode.codeMac, codeMac), isNull(recoveryCode.usedAt)),
    )
    .returning({ userId: recoveryCode.userId })
  return rows.length === 1
}

/** Those of the same person that are over go. */
export async function insertSecondStep(tx: Tx, row: typeof secondStep.$inferInsert) {
  await tx
    .delete(secondStep)
    .where(and(eq(secondStep.userId, row.userId), lte(secondStep.expiresAt, row.createdAt)))
  await tx.insert(secondStep).values(row)
}

export async function lockSecondStep(tx: Tx, id: string): Promise<SecondStepRow | null> {
  const [row] = await tx.select().from(secondStep).where(eq(secondStep.id, id)).for('update')
  return row ?? null
}

export async function updateSecondStep(
  tx: Tx,
  id: string,
  values: Partial<Pick<SecondStepRow, 'tries' | 'challenge'>>,
) {
  await tx.update(secondStep).set(values).where(eq(secondStep.id, id))
}

export async function deleteSecondStep(tx: Tx, id: string) {
  await tx.delete(secondStep).where(eq(secondStep.id, id))
}

export async function findEnrolment(tx: Tx, sessionId: string): Promise<EnrolmentRow | null> {
  const [row] = await tx.select().from(factorEnrolment).where(eq(factorEnrolment.sessionId, sessionId))
  return row ?? null
}

/** In place of the one before. */
export async function insertEnrolment(tx: Tx, row: typeof factorEnrolment.$inferInsert) {
  await deleteEnrolment(tx, row.sessionId)
  await tx.insert(factorEnrolment).values(row)
}

export async function updateEnrolment(
  tx: Tx,
  sessionId: string,
  values: Partial<Pick<EnrolmentRow, 'tries' | 'challenge'>>,
) {
  await tx.update(factorEnrolment).set(values).where(eq(factorEnrolment.sessionId, sessionId))
}

export async function deleteEnrolment(tx: Tx, sessionId: string) {
  await tx.delete(factorEnrolment).where(eq(factorEnrolment.sessionId, sessionId))
}

/** @param at null where it no longer counts as proved by a second factor */
export async function markSession(tx: Tx, sessionId: string, at: Date | null) {
  await tx.update(session).set({ secondFactorAt: at }).where(eq(session.id, sessionId))
}

export async function deleteOtherSessions(tx: Tx, userId: string, keptSessionId: string) {
  await tx.delete(session).where(and(eq(session.userId, userId), ne(session.id, keptSessionId)))
}

/** In a transaction of the organisation itself. @returns false where it stands so already */
export async function updateDemand(tx: Tx, organisationId: string, demandedAt: Date | null) {
  const column = organisation.secondFactorDemandedAt
  const rows = await tx
    .update(organisation)
    .set({ secondFactorDemandedAt: demandedAt })
    .where(and(eq(organisation.id, organisationId), demandedAt ? isNull(column) : isNotNull(column)))
    .returning({ id: organisation.id })
  return rows.length === 1
}
