/** The people of one organisation, as its other rows name them. */
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { account, membership, organisation } from '../schema/index.ts'

export async function getOrganisation(tx: Tx, organisationId: string) {
  const [row] = await tx
    .select({
      id: organisation.id,
      name: organisation.name,
      isDemo: organisation.isDemo,
      kind: organisation.kind,
    })
    .from(organisation)
    .where(eq(organisation.id, organisationId))
    .limit(1)
  if (!row) throw new Error('No such organisation')
  return row
}

export const getOrganisationName = async (tx: Tx, organisationId: string): Promise<string> =>
  (await getOrganisation(tx, organisationId)).name

const person = { userId: account.id, name: account.name, email: account.email }

/** By name. */
export async function listMembers(tx: Tx, organisationId: string) {
  return tx
    .select(person)
    .from(membership)
    .innerJoin(account, eq(account.id, membership.userId))
    .where(eq(membership.organisationId, organisationId))
    .orderBy(asc(account.name), asc(account.id))
}

export async function findMemberById(tx: Tx, organisationId: string, userId: string) {
  const [row] = await tx
    .select(person)
    .from(membership)
    .innerJoin(account, eq(account.id, membership.userId))
    .where(and(eq(membership.organisationId, organisationId), eq(membership.userId, userId)))
    .limit(1)
  return row ?? null
}

/** Whether somebody who works in the organisation signs in with this address, whatever its case. */
export async function isMemberAddress(tx: Tx, organisationId: string, email: string): Promise<boolean> {
  const rows = await tx
    .select({ id: account.id })
    .from(account)
    .innerJoin(membership, eq(membership.userId, account.id))
    .where(
      and(
        eq(membership.organisationId, organisationId),
        eq(sql`lower(${account.email})`, email.toLowerCase()),
      ),
    )
    .limit(1)
  return rows.length > 0
}
