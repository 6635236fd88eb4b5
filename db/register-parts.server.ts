/** Pieces of SQL that the queries of a client's register share. */
import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from './client.server.ts'

/** What a run goes through: the hosts of one import, or everything that counts about some assets. */
export type RegisterSource =
  | { importId: string }
  | { assetIds: readonly string[] /** Those that show these assets. */; importIds: readonly string[] }

/** One parameter, however many ids. */
export function uuids(ids: readonly string[]): SQL {
  return sql`string_to_array(${ids.join(',')}, ',')::uuid[]`
}

/** Sightings `s` with their assets `a`, of one client. */
export function sightingsOf(organisationId: string, clientId: string, source: RegisterSource): SQL {
  const which =
    'importId' in source
      ? sql`s.import_id = ${source.importId}::uuid`
      : sql`coalesce(a.merged_into, a.id) = any(${uuids(source.assetIds)})`
  return sql`asset_sighting s
    join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
    where s.organisation_id = ${organisationId}::uuid and s.client_id = ${clientId}::uuid and s.is_counted
      and ${which}`
}

/** The assets that a run concerns, after merges. */
export function assetsOf(organisationId: string, clientId: string, source: RegisterSource): SQL {
  return 'importId' in source
    ? sql`select distinct coalesce(a.merged_into, a.id) as asset_id from ${sightingsOf(organisationId, clientId, source)}`
    : sql`select unnest(${uuids(source.assetIds)}) as asset_id`
}

/** Whether a finding `f` is open on a day: an acceptance ends with its date, and nobody needs to note it. */
export function isOpenOn(today: string): SQL {
  return sql`(f.standing = 'open' or (f.standing = 'accepted' and f.decision_until < ${today}::date))`
}

/**
 * Joins whole sets. Tables that were filled in this very transaction have no statistics yet, and for the few rows
 * that the planner then expects it would go through one set for each row of the other.
 */
export async function joiningSets<T>(tx: Tx, organisationId: string, work: () => Promise<T>): Promise<T> {
  const set = (nestloop: 'on' | 'off', memory: string) =>
    tx.execute(sql`select set_config('enable_nestloop', ${nestloop}, true), set_config('work_mem', ${memory}, true)
      where ${organisationId}::uuid is not null`)
  const [before] = await tx.execute<{ memory: string }>(sql`select current_setting('work_mem') as memory`)
  await set('off', '64MB')
  const result = await work()
  await set('on', before?.memory ?? '4MB')
  return result
}
