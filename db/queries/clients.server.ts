/** Named insureds. */
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { client } from '../schema/index.ts'

export type ClientRow = typeof client.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(client.organisationId, organisationId), eq(client.id, id))

export async function listClients(tx: Tx, organisationId: string, which: 'active' | 'archived') {
  return tx
    .select()
    .from(client)
    .where(
      and(
        eq(client.organisationId, organisationId),
        which === 'active' ? isNull(client.archivedAt) : isNotNull(client.archivedAt),
      ),
    )
    .orderBy(asc(sql`lower(${client.legalName})`))
}

/** Of those that are not archived, in the order of their names. @param clientId only this one */
export async function listClientNames(tx: Tx, organisationId: string, clientId?: string) {
  return tx
    .select({ id: client.id, legalName: client.legalName })
    .from(client)
    .where(
      and(
        eq(client.organisationId, organisationId),
        isNull(client.archivedAt),
        clientId === undefined ? undefined : eq(client.id, clientId),
      ),
    )
    .orderBy(asc(sql`lower(${client.legalName})`))
}

export async function findClient(tx: Tx, organisationId: string, id: string): Promise<ClientRow | null> {
  const [row] = await tx.select().from(client).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** Also makes others wait: uploads of one client are registered one at a time. */
export async function lockClient(tx: Tx, organisationId: string, id: string): Promise<ClientRow | null> {
  const [row] = await tx.select().from(client).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function insertClient(tx: Tx, row: typeof client.$inferInsert) {
  await tx.insert(client).values(row)
}

/** @returns false when somebody saved another version since `seenVersion`. */
export async function updateClient(
  tx: Tx,
  organisationId: string,
  id: string,
  seenVersion: number,
  values: Partial<Omit<typeof client.$inferInsert, 'organisationId' | 'id' | 'version'>>,
) {
  const rows = await tx
    .update(client)
    .set({ ...values, version: seenVersion + 1 })
    .where(and(one(organisationId, id), eq(client.version, seenVersion)))
    .returning({ id: client.id })
  return rows.length === 1
}
