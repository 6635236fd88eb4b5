/** Explained columns. */
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { columnMapping } from '../schema/index.ts'

export async function findMapping(tx: Tx, organisationId: string, headerSha256: string) {
  const [row] = await tx
    .select()
    .from(columnMapping)
    .where(
      and(eq(columnMapping.organisationId, organisationId), eq(columnMapping.headerSha256, headerSha256)),
    )
    .limit(1)
  return row ?? null
}

export async function saveMapping(tx: Tx, row: typeof columnMapping.$inferInsert) {
  const { mapping, savedBy, savedByName, savedAt } = row
  await tx
    .insert(columnMapping)
    .values(row)
    .onConflictDoUpdate({
      target: [columnMapping.organisationId, columnMapping.headerSha256],
      set: { mapping, savedBy, savedByName, savedAt },
    })
}
