/** Accounts and sessions, for sign-in alone: the one place that reads across organisations. */
import { and, asc, desc, eq, gt } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { account, membership, organisation, session } from '../schema/index.ts'

export async function findAccountByEmail(tx: Tx, email: string) {
  const [row] = await tx.select().from(account).where(eq(account.email, email)).limit(1)
  return row ?? null
}

/** @returns false when the address has an account already. */
export async function insertAccount(tx: Tx, row: typeof account.$inferInsert) {
  const rows = await tx.insert(account).values(row).onConflictDoNothing().returning({ id: account.id })
  return rows.length === 1
}

export async function insertOrganisation(tx: Tx, row: typeof organisation.$inferInsert) {
  await tx.insert(organisation).values(row)
}

export async function insertMembership(tx: Tx, row: typeof membership.$inferInsert) {
  await tx.insert(membership).values(row)
}

/** The organisation that somebody works in; the first joined where there are several. */
export async function findMembership(tx: Tx, userId: string) {
  const [row] = await tx
    .select({
      organisationId: membership.organisationId,
      organisationName: organisation.name,
      organisationKind: organisation.kind,
      organisationIsDemo: organisation.isDemo,
      secondFactorDemandedAt: organisation.secondFactorDemandedAt,
      role: membership.role,
    })
    .from(membership)
    .innerJoin(organisation, eq(organisation.id, membership.organisationId))
    .where(eq(membership.userId, userId))
    .orderBy(asc(membership.createdAt))
    .limit(1)
  return row ?? null
}

/** Sorted, for going through all of them: the store is checked across organisations. */
export async function listOrganisationIds(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ id: organisation.id }).from(organisation).orderBy(asc(organisation.id))
  return rows.map(({ id }) => id)
}

/** Demo organisations with their owners, newest first. */
export async function listDemoOrganisations(tx: Tx) {
  return tx
    .select({ organisationId: organisation.id, userId: membership.userId })
    .from(organisation)
    .innerJoin(membership, eq(membership.organisationId, organisation.id))
    .where(and(eq(organisation.isDemo, true), eq(membership.role, 'owner')))
    .orderBy(desc(organisation.createdAt))
}

export async function hasRealOrganisation(tx: Tx) {
  const rows = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(eq(organisation.isDemo, false))
    .limit(1)
  return rows.length > 0
}

export async function listSessions(tx: Tx, userId: string, now: Date) {
  return tx
    .select()
    .from(session)
    .where(and(eq(session.userId, userId), gt(session.expiresAt, now)))
    .orderBy(desc(session.lastSeenAt))
}

export async function touchSession(tx: Tx, sessionId: string, lastSeenAt: Date) {
  await tx.update(session).set({ lastSeenAt }).where(eq(session.id, sessionId))
}

/** @returns whether there was such a session of this person. */
export async function deleteSession(tx: Tx, userId: string, sessionId: string) {
  const rows = await tx
    .delete(session)
    .where(and(eq(session.userId, userId), eq(session.id, sessionId)))
    .returning({ id: session.id })
  return rows.length > 0
}

/** For Lucia's adapter, which reads and writes these two by itself. */
export const sessionTables = { session, account }
