/** The machines of a client's register: what is known of them for matching, and what pages show. */
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { KnownSighting } from '#evidence/asset-identity.ts'
import type { Tx } from '../client.server.ts'
import { assetsOf, isOpenOn, type RegisterSource, uuids } from '../register-parts.server.ts'
import { assetDecision, assetSighting, clientAsset } from '../schema/index.ts'

export type ClientAssetRow = typeof clientAsset.$inferSelect
export type AssetSightingRow = typeof assetSighting.$inferSelect
export type AssetDecisionRow = typeof assetDecision.$inferSelect

/** The hosts of an import; findings of a host that the file does not describe still belong to somebody. */
export async function listImportHosts(tx: Tx, organisationId: string, importId: string) {
  const rows = await tx.execute<{
    key: string
    hostname: string | null
    address: string | null
    externalId: string | null
    operatingSystem: string | null
    credentialed: boolean | null
  }>(sql`
    select key, hostname, address, external_id as "externalId", operating_system as "operatingSystem", credentialed
    from asset where organisation_id = ${organisationId}::uuid and import_id = ${importId}::uuid
    union all
    select k.asset_key, null, null, null, null, null::boolean
    from (
      select distinct asset_key from finding
      where organisation_id = ${organisationId}::uuid and import_id = ${importId}::uuid
    ) k
    where not exists (
      select from asset a where a.organisation_id = ${organisationId}::uuid and a.import_id = ${importId}::uuid
        and a.key = k.asset_key
    )
    order by 1`)
  return [...rows]
}

/**
 * Each distinct way in which an asset was seen, at the newest time and at the time nearest to `around`: memory grows
 * with the machines, not with the scans. An asset that no import shows any more is remembered by what once showed it.
 */
export async function listKnownSightings(
  tx: Tx,
  organisationId: string,
  clientId: string,
  around: Date,
): Promise<KnownSighting[]> {
  const rows = await tx.execute<Omit<KnownSighting, 'seenAt'> & { newest: string; nearest: string }>(sql`
    select coalesce(a.merged_into, a.id) as "assetId", s.key, s.hostname, s.address, s.external_id as "externalId",
      s.tool, max(s.seen_at)::text as newest,
      (array_agg(s.seen_at order by abs(extract(epoch from s.seen_at - ${around.toISOString()}::timestamptz))))[1]::text
        as nearest
    from asset_sighting s
    join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
    where s.organisation_id = ${organisationId}::uuid and s.client_id = ${clientId}::uuid
      and (s.is_counted or a.is_dormant)
    group by 1, 2, 3, 4, 5, 6`)
  return rows.flatMap(({ newest, nearest, ...row }) =>
    [...new Set([newest, nearest])].map((time) => ({ ...row, seenAt: new Date(time) })),
  )
}

export async function insertClientAssets(tx: Tx, rows: (typeof clientAsset.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(clientAsset).values(rows)
}

export async function insertAssetSightings(tx: Tx, rows: (typeof assetSighting.$inferInsert)[]) {
  // An import that was taken back and comes again finds its hosts where they were.
  if (rows.length > 0) await tx.insert(assetSighting).values(rows).onConflictDoNothing()
}

/** @returns how many sightings changed */
export async function setImportCounted(tx: Tx, organisationId: string, importId: string, isCounted: boolean) {
  const changed = await tx
    .update(assetSighting)
    .set({ isCounted })
    .where(and(eq(assetSighting.organisationId, organisationId), eq(assetSighting.importId, importId)))
    .returning({ key: assetSighting.key })
  return changed.length
}

/** Of an import, after merges, also when it does not count. */
export async function listAssetIdsOfImport(tx: Tx, organisationId: string, importId: string) {
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct coalesce(a.merged_into, a.id) as id from asset_sighting s
    join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
    where s.organisation_id = ${organisationId}::uuid and s.import_id = ${importId}::uuid`)
  return rows.map(({ id }) => id)
}

/** Names, dates and systems of assets by what has been seen of them. */
export async function refreshAssets(
  tx: Tx,
  organisationId: string,
  clientId: string,
  source: RegisterSource,
) {
  await tx.execute(sql`
    with touched as materialized (${assetsOf(organisationId, clientId, source)}),
    seen as (
      select coalesce(a.merged_into, a.id) as id, min(s.seen_at) as first_seen_at, max(s.seen_at) as last_seen_at,
        (array_agg(s.hostname order by position('.' in s.hostname) > 0 desc, s.seen_at desc)
          filter (where s.hostname is not null))[1] as hostname,
        (array_agg(s.address order by s.seen_at desc) filter (where s.address is not null))[1] as address,
        (array_agg(h.operating_system order by s.seen_at desc) filter (where h.operating_system is not null))[1]
          as operating_system,
        (array_agg(s.key order by s.seen_at desc))[1] as key
      from asset_sighting s
      join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
      left join asset h on h.organisation_id = s.organisation_id and h.import_id = s.import_id and h.key = s.key
      where s.organisation_id = ${organisationId}::uuid and s.client_id = ${clientId}::uuid and s.is_counted
        and coalesce(a.merged_into, a.id) in (select asset_id from touched)
      group by 1
    )
    update client_asset a
    set name = coalesce(seen.hostname, seen.address, seen.key), hostname = seen.hostname, address = seen.address,
      operating_system = seen.operating_system, is_dormant = false, first_seen_at = seen.first_seen_at,
      last_seen_at = seen.last_seen_at
    from seen
    where a.organisation_id = ${organisationId}::uuid and a.id = seen.id`)
  await tx.execute(sql`
    update client_asset a set is_dormant = true
    where a.organisation_id = ${organisationId}::uuid and a.client_id = ${clientId}::uuid and not a.is_dormant
      and a.merged_into is null and not exists (
        select from asset_sighting s
        join client_asset o on o.organisation_id = s.organisation_id and o.id = s.asset_id
        where s.organisation_id = a.organisation_id and s.client_id = a.client_id and s.is_counted
          and coalesce(o.merged_into, o.id) = a.id
      )`)
}

/** Open findings of each asset of a client, as of a day. */
export async function countAssetFindings(tx: Tx, organisationId: string, clientId: string, today: string) {
  await tx.execute(sql`
    with counted as (
      select f.asset_id, count(*)::int as open_count, max(f.severity_rank) as worst_rank,
        count(f.kev_due_on)::int as kev_count
      from client_finding f
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
        and f.standing in ('open', 'accepted') and ${isOpenOn(today)}
      group by f.asset_id
    )
    update client_asset a
    set open_count = coalesce(c.open_count, 0), worst_rank = coalesce(c.worst_rank, -1),
      kev_count = coalesce(c.kev_count, 0)
    from client_asset o left join counted c on c.asset_id = o.id
    where a.organisation_id = ${organisationId}::uuid and a.client_id = ${clientId}::uuid
      and o.organisation_id = a.organisation_id and o.id = a.id
      and (a.open_count, a.worst_rank, a.kev_count)
        is distinct from (coalesce(c.open_count, 0), coalesce(c.worst_rank, -1), coalesce(c.kev_count, 0))`)
}

export async function findClientAsset(tx: Tx, organisationId: string, clientId: string, id: string) {
  const [row] = await tx
    .select()
    .from(clientAsset)
    .where(
      and(
        eq(clientAsset.organisationId, organisationId),
        eq(clientAsset.clientId, clientId),
        eq(clientAsset.id, id),
      ),
    )
  return row ?? null
}

/** Newest first, with the file that each comes from. */
export async function listSightingsOfAsset(tx: Tx, organisationId: string, assetId: string, limit: number) {
  const rows = await tx.execute<{
    importId: string
    key: string
    assetId: string
    rule: AssetSightingRow['rule']
    reason: string
    tool: string
    viewpoint: 'external' | 'internal'
    seenAt: string
    hostname: string | null
    address: string | null
    externalId: string | null
    isCredentialed: boolean | null
    fileName: string
  }>(sql`
    select s.import_id as "importId", s.key, s.asset_id as "assetId", s.rule, s.reason, s.tool, s.viewpoint,
      to_char(s.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "seenAt", s.hostname, s.address,
      s.external_id as "externalId", s.is_credentialed as "isCredentialed", r.file_name as "fileName"
    from asset_sighting s
    join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
    join scan_import i on i.organisation_id = s.organisation_id and i.id = s.import_id
    join evidence_revision r on r.organisation_id = s.organisation_id and r.id = i.revision_id
    where s.organisation_id = ${organisationId}::uuid and s.is_counted
      and (a.id = ${assetId}::uuid or a.merged_into = ${assetId}::uuid)
    order by s.seen_at desc, s.import_id, s.key
    limit ${limit}`)
  return [...rows]
}

export async function insertAssetDecision(tx: Tx, row: typeof assetDecision.$inferInsert) {
  await tx.insert(assetDecision).values(row)
}

/** Newest first; with `assetId` those that concern it. */
export async function listAssetDecisions(tx: Tx, organisationId: string, clientId: string, assetId?: string) {
  return tx
    .select()
    .from(assetDecision)
    .where(
      and(
        eq(assetDecision.organisationId, organisationId),
        eq(assetDecision.clientId, clientId),
        assetId
          ? sql`(${assetDecision.assetId} = ${assetId} or ${assetDecision.otherId} = ${assetId})`
          : undefined,
      ),
    )
    .orderBy(desc(assetDecision.decidedAt), asc(assetDecision.id))
    .limit(100)
}

export async function undoAssetDecision(
  tx: Tx,
  organisationId: string,
  id: string,
  values: { undoneByName: string; undoneAt: Date },
) {
  await tx
    .update(assetDecision)
    .set(values)
    .where(and(eq(assetDecision.organisationId, organisationId), eq(assetDecision.id, id)))
}

/** @returns the assets that led to `from` before, and now lead on to where it leads */
export async function leadAssetTo(tx: Tx, organisationId: string, from: string, to: string | null) {
  const rows = await tx.execute<{ id: string }>(sql`
    update client_asset set merged_into = ${to}::uuid
    where organisation_id = ${organisationId}::uuid and (id = ${from}::uuid or merged_into = ${from}::uuid)
    returning id`)
  return rows.map(({ id }) => id).filter((id) => id !== from)
}

export async function setMergedInto(
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
  to: string | null,
) {
  await tx.execute(sql`
    update client_asset set merged_into = ${to}::uuid
    where organisation_id = ${organisationId}::uuid and id = any(${uuids(ids)})`)
}

/** Moves sightings as a person decided. @returns how many there were */
export async function moveSightings(
  tx: Tx,
  organisationId: string,
  sightings: readonly { importId: string; key: string }[],
  { from, to, reason }: { from: readonly string[]; to: string; reason: string },
) {
  const rows = await tx.execute(sql`
    update asset_sighting s set asset_id = ${to}::uuid, rule = 'person', reason = ${reason}
    from jsonb_to_recordset(${JSON.stringify(sightings)}::jsonb) moved("importId" uuid, key text)
    where s.organisation_id = ${organisationId}::uuid and s.import_id = moved."importId" and s.key = moved.key
      and s.asset_id = any(${uuids(from)})
    returning 1`)
  return rows.length
}

/** Imports that count and show one of these assets. */
export async function listImportsShowing(tx: Tx, organisationId: string, assetIds: readonly string[]) {
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct s.import_id as id from asset_sighting s
    join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
    where s.organisation_id = ${organisationId}::uuid and s.is_counted
      and coalesce(a.merged_into, a.id) = any(${uuids(assetIds)})`)
  return rows.map(({ id }) => id)
}
