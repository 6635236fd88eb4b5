/** The quote on an application and the binder issued on it. */
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { binding } from '../schema/index.ts'

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
