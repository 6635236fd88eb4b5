/** Who answers for a client's controls, and the provider's template: versions that are added and never changed. */
import { and, asc, desc, eq } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { responsibility, responsibilityTemplate } from '../schema/index.ts'

export type ResponsibilityRow = typeof responsibility.$inferSelect
export type TemplateRow = typeof responsibilityTemplate.$inferSelect

export async function insertResponsibilities(tx: Tx, rows: (typeof responsibility.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(responsibility).values(rows)
}

/** Every version of every control of the client, the newest of each control first. */
export async function listResponsibilities(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<ResponsibilityRow[]> {
  return tx
    .select()
    .from(responsibility)
    .where(and(eq(responsibility.organisationId, organisationId), eq(responsibility.clientId, clientId)))
    .orderBy(asc(responsibility.controlId), desc(responsibility.version))
}

export async function insertTemplateRow(tx: Tx, row: typeof responsibilityTemplate.$inferInsert) {
  await tx.insert(responsibilityTemplate).values(row)
}

/** Every version, the newest of each control first. */
export async function listTemplateRows(tx: Tx, organisationId: string): Promise<TemplateRow[]> {
  return tx
    .select()
    .from(responsibilityTemplate)
    .where(eq(responsibilityTemplate.organisationId, organisationId))
    .orderBy(asc(responsibilityTemplate.controlId), desc(responsibilityTemplate.version))
}
