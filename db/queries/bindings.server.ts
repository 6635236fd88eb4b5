/** The quote on an application and the binder issued on it. */
import { and, desc, eq, getTableColumns, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { application, binding } from '../schema/index.ts'

export type BindingRow = typeof binding.$inferSelect

const ofApplication = (organisationId: string, applicationId: string) =>
  and(eq(binding.organisationId, organisationId), eq(binding.applicationId, applicationId))

export async function findBinding(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<BindingRow | null> {
  const [row] = await tx.select().from(binding).where(ofApplication(organisationId, applicationId)).limit(1)
  return row ?? null
}

/** @returns false when somebody else recorded the first one in the meantime */
export async function insertBinding(tx: Tx, row: typeof binding.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(binding).values(row).onConflictDoNothing().returning({ id: binding.id })
  return rows.length === 1
}

/** @returns false when another version was saved since `seenVersion` */
export async function updateBinding(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  seenVersion: number,
  values: Partial<Omit<BindingRow, 'organisationId' | 'id' | 'applicationId' | 'version'>>,
): Promise<boolean> {
  const rows = await tx
    .update(binding)
    .set({ ...values, version: seenVersion + 1 })
    .where(and(ofApplication(organisationId, applicationId), eq(binding.version, seenVersion)))
    .returning({ id: binding.id })
  return rows.length === 1
}

/** Those that were bound, on applications of the client that were not thrown away; the latest bound first. */
export async function listBoundOfClient(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<BindingRow[]> {
  return tx
    .select(getTableColumns(binding))
    .from(binding)
    .innerJoin(
      application,
      and(eq(application.organisationId, binding.organisationId), eq(application.id, binding.applicationId)),
    )
    .where(
      and(
        eq(binding.organisationId, organisationId),
        eq(application.clientId, clientId),
        isNull(application.discardedAt),
        isNotNull(binding.boundOn),
      ),
    )
    .orderBy(desc(binding.boundOn), desc(binding.id))
}
