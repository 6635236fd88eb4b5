/** Incidents: recorded, changed with their version, closed and opened again; never deleted. */
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { clientAsset, incident } from '../schema/index.ts'

export type IncidentRow = typeof incident.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(incident.organisationId, organisationId), eq(incident.id, id))

export async function insertIncident(tx: Tx, row: typeof incident.$inferInsert) {
  await tx.insert(incident).values(row)
}

export async function findIncident(tx: Tx, organisationId: string, id: string): Promise<IncidentRow | null> {
  const [row] = await tx.select().from(incident).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** To the end of the transaction: of two people who ask for a pack at once, one waits. */
export async function lockIncident(tx: Tx, organisationId: string, id: string): Promise<IncidentRow | null> {
  const [row] = await tx.select().from(incident).where(one(organisationId, id)).for('update')
  return row ?? null
}

/** The latest first. */
export async function listIncidents(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select()
    .from(incident)
    .where(and(eq(incident.organisationId, organisationId), eq(incident.clientId, clientId)))
    .orderBy(desc(incident.occurredFrom), desc(incident.recordedAt))
}

/** @returns null when there is none of that version any more */
export async function updateIncident(
  tx: Tx,
  organisationId: string,
  id: string,
  seenVersion: number,
  values: Partial<IncidentRow>,
): Promise<IncidentRow | null> {
  const [row] = await tx
    .update(incident)
    .set({ ...values, version: sql`${incident.version} + 1` })
    .where(and(one(organisationId, id), eq(incident.version, seenVersion)))
    .returning()
  return row ?? null
}

export interface AssetName {
  id: string
  name: string
  hostname: string | null
  address: string | null
  operatingSystem: string | null
}

const named = {
  id: clientAsset.id,
  name: clientAsset.name,
  hostname: clientAsset.hostname,
  address: clientAsset.address,
  operatingSystem: clientAsset.operatingSystem,
}

/** Of one client, by name; those that were merged into another stand under that one. */
export async function listAssetNames(
  tx: Tx,
  organisationId: string,
  clientId: string,
  limit: number,
): Promise<AssetName[]> {
  return tx
    .select(named)
    .from(clientAsset)
    .where(
      and(
        eq(clientAsset.organisationId, organisationId),
        eq(clientAsset.clientId, clientId),
        isNull(clientAsset.mergedInto),
      ),
    )
    .orderBy(clientAsset.name, clientAsset.id)
    .limit(limit)
}

/** Those of one client that have these ids, by name, also where they were merged since. */
export async function listAssetsById(
  tx: Tx,
  organisationId: string,
  clientId: string,
  ids: readonly string[],
): Promise<AssetName[]> {
  if (ids.length === 0) return []
  return tx
    .select(named)
    .from(clientAsset)
    .where(
      and(
        eq(clientAsset.organisationId, organisationId),
        eq(clientAsset.clientId, clientId),
        inArray(clientAsset.id, [...ids]),
      ),
    )
    .orderBy(clientAsset.name, clientAsset.id)
}
