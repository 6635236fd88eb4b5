/** The machines of a client as its page lists them: those with the worst open findings first. */
import { and, asc, count, desc, eq, ilike, isNull, or } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { clientAsset } from '../schema/index.ts'

export async function listClientAssets(
  tx: Tx,
  organisationId: string,
  clientId: string,
  { text, offset, limit }: { text?: string; offset: number; limit: number },
) {
  const pattern = text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : null
  const where = and(
    eq(clientAsset.organisationId, organisationId),
    eq(clientAsset.clientId, clientId),
    isNull(clientAsset.mergedInto),
    eq(clientAsset.isDormant, false),
    pattern
      ? or(
          ilike(clientAsset.name, pattern),
          ilike(clientAsset.address, pattern),
          ilike(clientAsset.operatingSystem, pattern),
        )
      : undefined,
  )
  const [total] = await tx.select({ n: count() }).from(clientAsset).where(where)
  const rows = await tx
    .select()
    .from(clientAsset)
    .where(where)
    .orderBy(desc(clientAsset.worstRank), desc(clientAsset.openCount), asc(clientAsset.id))
    .limit(limit)
    .offset(offset)
  return { rows, total: total?.n ?? 0 }
}
