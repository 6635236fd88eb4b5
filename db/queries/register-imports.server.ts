/** Which imports belong into a client's register and which no longer do. */
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { isOpenOn, joiningSets } from '../register-parts.server.ts'
import { fact, scanImport } from '../schema/index.ts'

export interface PendingImport {
  id: string
  /** false: its evidence was withdrawn after it had been taken in. */
  isNew: boolean
}

/** The oldest scans first, so that what is known of machines grows as it did. */
export async function listPendingImports(tx: Tx, organisationId: string, clientId: string) {
  const rows = await tx.execute<PendingImport & Record<string, unknown>>(sql`
    select i.id, i.registered_at is null as "isNew"
    from scan_import i
    join evidence_revision r on r.organisation_id = i.organisation_id and r.id = i.revision_id
    join evidence e on e.organisation_id = r.organisation_id and e.id = r.evidence_id
    where i.organisation_id = ${organisationId}::uuid and i.client_id = ${clientId}::uuid and i.state = 'done'
      and (i.registered_at is null)
        = (e.withdrawn_at is null and r.withdrawn_at is null and r.redacted_from is null)
    order by coalesce(i.scan_date, r.observed_at), i.created_at, i.id`)
  return [...rows]
}

/** The newest import that counts of each lane of a client. */
export async function listNewestImports(tx: Tx, organisationId: string, clientId: string) {
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct on (lane) id from scan_import
    where organisation_id = ${organisationId}::uuid and client_id = ${clientId}::uuid
      and registered_at is not null and lane is not null and scan_date is not null
    order by lane, scan_date desc, created_at desc`)
  return rows.map(({ id }) => id)
}

export async function listFactsOfImport(tx: Tx, organisationId: string, importId: string) {
  return tx
    .select()
    .from(fact)
    .where(and(eq(fact.organisationId, organisationId), eq(fact.importId, importId)))
}

export async function supersedeFacts(
  tx: Tx,
  organisationId: string,
  importId: string,
  keys: readonly string[],
  at: Date,
) {
  await tx.execute(sql`
    update fact set superseded_at = ${at.toISOString()}::timestamptz
    where organisation_id = ${organisationId}::uuid and import_id = ${importId}::uuid and superseded_at is null
      and key = any(string_to_array(${keys.join(' ')}, ' '))`)
}

/**
 * Findings of one scan that are known to be exploited. Accepted ones and those the tool was told to pass over are as
 * open as any; only what a person judged false is not.
 */
export async function countExploited(tx: Tx, organisationId: string, importId: string, day: string) {
  const [row] = await tx.execute<{ open: number; pastDue: number; falsePositives: number }>(sql`
    with seen as (
      select distinct f.id, f.standing, f.kev_due_on
      from asset_sighting s
      join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
      join client_finding f on f.organisation_id = s.organisation_id
        and f.asset_id = coalesce(a.merged_into, a.id) and f.kev_due_on is not null
      join finding_sighting g on g.organisation_id = f.organisation_id and g.client_id = s.client_id
        and g.finding_id = f.id and g.lane = s.lane
        and g.last_seen_at = s.seen_at
      where s.organisation_id = ${organisationId}::uuid and s.import_id = ${importId}::uuid
    )
    select count(*) filter (where standing <> 'false-positive')::int as open,
      count(*) filter (where standing <> 'false-positive' and kev_due_on < ${day}::date)::int as "pastDue",
      count(*) filter (where standing = 'false-positive')::int as "falsePositives"
    from seen`)
  return row ?? { open: 0, pastDue: 0, falsePositives: 0 }
}

/** Marks the findings of a client, or of the hosts of one import, by the catalogues in force. */
export async function markExploited(
  tx: Tx,
  organisationId: string,
  clientId: string,
  loads: { kev: string | null; epss: string | null },
  importId?: string,
) {
  const none = '00000000-0000-0000-0000-000000000000'
  const shown = importId
    ? sql`and f.asset_id in (
        select coalesce(a.merged_into, a.id) from asset_sighting s
        join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
        where s.organisation_id = ${organisationId}::uuid and s.import_id = ${importId}::uuid
      )`
    : sql``
  const ours = sql`f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid`
  await joiningSets(tx, organisationId, () =>
    tx.execute(sql`
    with listed as (
      select f.id, unnest(f.cves) as cve from client_finding f where ${ours} ${shown}
    ),
    marks as (
      select l.id, min(k.due_on) as due_on, coalesce(bool_or(k.is_ransomware), false) as is_ransomware,
        max(p.score) as score
      from listed l
      left join exploited_vulnerability k on k.organisation_id = ${organisationId}::uuid and k.cve = l.cve
        and k.load_id = ${loads.kev ?? none}::uuid
      left join epss_score p on p.organisation_id = ${organisationId}::uuid and p.cve = l.cve
        and p.load_id = ${loads.epss ?? none}::uuid
      group by l.id
    )
    update client_finding f
    set kev_due_on = m.due_on, kev_ransomware = m.is_ransomware, epss = m.score
    from marks m
    where ${ours} and f.id = m.id
      and (f.kev_due_on, f.kev_ransomware, f.epss) is distinct from (m.due_on, m.is_ransomware, m.score)`),
  )
  // The newest report may name no CVE any more.
  await tx.execute(sql`
    update client_finding f set kev_due_on = null, kev_ransomware = false, epss = null
    where ${ours} and cardinality(f.cves) = 0 and (f.kev_due_on is not null or f.epss is not null)`)
}

/** Open and other findings of a client by standing and severity. */
export async function countByStanding(tx: Tx, organisationId: string, clientId: string, today: string) {
  const rows = await tx.execute<{ standing: string; severity: string; count: number }>(sql`
    select case when ${isOpenOn(today)} then 'open' else f.standing end as standing, f.severity, count(*)::int as count
    from client_finding f
    where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid and f.standing <> 'gone'
    group by 1, 2`)
  return [...rows]
}

export async function isRegistered(tx: Tx, organisationId: string, clientId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: scanImport.id })
    .from(scanImport)
    .where(
      and(
        eq(scanImport.organisationId, organisationId),
        eq(scanImport.clientId, clientId),
        sql`${scanImport.registeredAt} is not null`,
      ),
    )
    .limit(1)
  return rows.length > 0
}
