/** Lists of exploited weaknesses and of their likelihood, as an organisation loaded them. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { EpssEntry, KevEntry } from '#evidence/catalogues.ts'
import type { Tx } from '../client.server.ts'
import { catalogueLoad, catalogueSource } from '../schema/index.ts'

export type CatalogueLoadRow = typeof catalogueLoad.$inferSelect
export type CatalogueSourceRow = typeof catalogueSource.$inferSelect
export type CatalogueKind = CatalogueLoadRow['kind']

export async function insertLoad(tx: Tx, row: typeof catalogueLoad.$inferInsert) {
  await tx.insert(catalogueLoad).values(row)
}

export async function lockLoad(tx: Tx, organisationId: string, id: string) {
  const [row] = await tx
    .select()
    .from(catalogueLoad)
    .where(and(eq(catalogueLoad.organisationId, organisationId), eq(catalogueLoad.id, id)))
    .for('update')
  return row ?? null
}

export async function updateLoad(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<CatalogueLoadRow>,
) {
  await tx
    .update(catalogueLoad)
    .set(values)
    .where(and(eq(catalogueLoad.organisationId, organisationId), eq(catalogueLoad.id, id)))
}

/** The load that is in force: the last one that was taken over. */
export async function findLoadInForce(tx: Tx, organisationId: string, kind: CatalogueKind) {
  const [row] = await tx
    .select()
    .from(catalogueLoad)
    .where(
      and(
        eq(catalogueLoad.organisationId, organisationId),
        eq(catalogueLoad.kind, kind),
        eq(catalogueLoad.state, 'done'),
      ),
    )
    .orderBy(desc(catalogueLoad.finishedAt), desc(catalogueLoad.id))
    .limit(1)
  return row ?? null
}

/** Newest first. */
export async function listLoads(tx: Tx, organisationId: string, limit: number) {
  return tx
    .select()
    .from(catalogueLoad)
    .where(eq(catalogueLoad.organisationId, organisationId))
    .orderBy(desc(catalogueLoad.requestedAt), desc(catalogueLoad.id))
    .limit(limit)
}

export async function listSources(tx: Tx, organisationId: string) {
  return tx.select().from(catalogueSource).where(eq(catalogueSource.organisationId, organisationId))
}

export async function saveSource(
  tx: Tx,
  organisationId: string,
  row: Omit<CatalogueSourceRow, 'organisationId'>,
) {
  const { url, changedByName, changedAt } = row
  await tx
    .insert(catalogueSource)
    .values({ organisationId, ...row })
    .onConflictDoUpdate({
      target: [catalogueSource.organisationId, catalogueSource.kind],
      set: { url, changedByName, changedAt },
    })
}

/** A batch of entries; of a CVE that comes twice in one batch, the caller keeps one. */
export async function saveExploited(
  tx: Tx,
  organisationId: string,
  loadId: string,
  entries: readonly KevEntry[],
) {
  await tx.execute(sql`
    insert into exploited_vulnerability
      (organisation_id, cve, added_on, due_on, is_ransomware, name, required_action, load_id)
    select ${organisationId}::uuid, cve, "addedOn", "dueOn", ransomware, name, "requiredAction", ${loadId}::uuid
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as entry(cve text, "addedOn" date, "dueOn" date, ransomware boolean, name text, "requiredAction" text)
    on conflict (organisation_id, cve) do update
      set added_on = excluded.added_on, due_on = excluded.due_on, is_ransomware = excluded.is_ransomware,
        name = excluded.name, required_action = excluded.required_action, load_id = excluded.load_id`)
}

export async function saveScores(
  tx: Tx,
  organisationId: string,
  loadId: string,
  entries: readonly EpssEntry[],
) {
  await tx.execute(sql`
    insert into epss_score (organisation_id, cve, score, percentile, load_id)
    select ${organisationId}::uuid, cve, score, percentile, ${loadId}::uuid
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as entry(cve text, score double precision, percentile double precision)
    on conflict (organisation_id, cve) do update
      set score = excluded.score, percentile = excluded.percentile, load_id = excluded.load_id`)
}
