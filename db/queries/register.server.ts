/**
 * Takes what imports report into the register of a client, in sets, whatever their number.
 *
 * What is kept of a finding and a lane is the newest time it was reported there, and of an asset every time it was
 * looked at. What is open follows from these alone, so the order in which files arrive changes nothing.
 */
import { sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { assetsOf, joiningSets, type RegisterSource, sightingsOf, uuids } from '../register-parts.server.ts'

/** Imports of one client enter its register one after the other. */
export async function lockRegister(tx: Tx, organisationId: string, clientId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${organisationId} ${clientId}`}, 1))`)
}

/** The checks of an import in its words, unless a newer scan has newer ones. */
export async function takeInChecks(
  tx: Tx,
  organisationId: string,
  { importId, clientId, tool, seenAt }: { importId: string; clientId: string; tool: string; seenAt: Date },
) {
  await tx.execute(sql`
    insert into client_check (organisation_id, id, client_id, tool, check_id, title, solution, seen_at)
    select ${organisationId}::uuid, gen_random_uuid(), ${clientId}::uuid, ${tool}, check_id, title, solution,
      ${seenAt.toISOString()}::timestamptz
    from (
      select distinct on (check_id) check_id, title, solution from finding
      where organisation_id = ${organisationId}::uuid and import_id = ${importId}::uuid
      order by check_id, number
    ) reported
    on conflict (organisation_id, client_id, tool, check_id) do update
      set title = excluded.title, solution = excluded.solution, seen_at = excluded.seen_at
      where client_check.seen_at < excluded.seen_at`)
}

/** Every report of a finding that the run goes through, under its identity in the register. */
const reported = (organisationId: string, clientId: string, source: RegisterSource) => sql`
  select coalesce(a.merged_into, a.id) as asset_id, c.id as check_ref, coalesce(f.port, 0) as port,
    coalesce(f.protocol, '') as protocol, s.tool, s.lane, s.viewpoint, s.seen_at, s.is_credentialed, f.service,
    f.severity, f.severity_rank, f.cves, f.fix_available_on, f.is_suppressed, f.import_id, f.number,
    least(s.seen_at, f.first_seen_on::timestamp at time zone 'UTC') as first_at
  from (select s.*, a.merged_into, a.id from ${sightingsOf(organisationId, clientId, source)}) s
  cross join lateral (select s.merged_into, s.id) a
  join finding f on f.organisation_id = s.organisation_id and f.import_id = s.import_id and f.asset_key = s.key
    and ${'importId' in source ? sql`f.import_id = ${source.importId}::uuid` : sql`f.import_id = any(${uuids(source.importIds)})`}
  join client_check c on c.organisation_id = s.organisation_id and c.client_id = s.client_id and c.tool = s.tool
    and c.check_id = f.check_id and c.client_id = ${clientId}::uuid`

const NEWER_WORDS = sql.raw(
  [
    'service',
    'severity',
    'severity_rank',
    'cves',
    'fix_available_on',
    'is_suppressed',
    'last_import_id',
    'last_number',
  ]
    .map(
      (column) =>
        `${column} = case when excluded.last_seen_at > client_finding.last_seen_at then excluded.${column} else client_finding.${column} end`,
    )
    .join(', '),
)

/** One row for an asset, check, port and protocol; the newest report gives its words. */
export async function takeInFindings(
  tx: Tx,
  organisationId: string,
  clientId: string,
  source: RegisterSource,
) {
  await joiningSets(tx, organisationId, async () => {
    await insertFindings(tx, organisationId, clientId, source)
    await insertSightings(tx, organisationId, clientId, source)
  })
}

async function insertFindings(tx: Tx, organisationId: string, clientId: string, source: RegisterSource) {
  await tx.execute(sql`
    with reported as (${reported(organisationId, clientId, source)}),
    newest as (
      select distinct on (asset_id, check_ref, port, protocol) *,
        min(first_at) over (partition by asset_id, check_ref, port, protocol) as earliest
      from reported
      -- Of several in one file, one that is not suppressed and is worst speaks for them.
      order by asset_id, check_ref, port, protocol, seen_at desc, is_suppressed, severity_rank desc, import_id, number
    )
    insert into client_finding (organisation_id, id, client_id, asset_id, check_ref, tool, port, protocol, service,
      severity, severity_rank, cves, fix_available_on, is_suppressed, first_seen_at, last_seen_at, last_import_id,
      last_number, is_external, standing)
    select ${organisationId}::uuid, gen_random_uuid(), ${clientId}::uuid, asset_id, check_ref, tool, port, protocol,
      service, severity, severity_rank, cves, fix_available_on, is_suppressed, earliest, seen_at, import_id, number,
      viewpoint = 'external', ${
        // Of an asset that is derived again, until it is settled this tells a finding that it did not have before.
        'importId' in source ? sql`case when is_suppressed then 'suppressed' else 'open' end` : sql`'gone'`
      }
    from newest
    on conflict (organisation_id, asset_id, check_ref, port, protocol) do update set
      ${NEWER_WORDS},
      first_seen_at = least(client_finding.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(client_finding.last_seen_at, excluded.last_seen_at)
    where excluded.last_seen_at > client_finding.last_seen_at
      or excluded.first_seen_at < client_finding.first_seen_at`)
}

async function insertSightings(tx: Tx, organisationId: string, clientId: string, source: RegisterSource) {
  await tx.execute(sql`
    with reported as (${reported(organisationId, clientId, source)})
    insert into finding_sighting (organisation_id, client_id, finding_id, lane, is_external, last_seen_at, needs_credentials)
    select distinct on (f.id, r.lane) ${organisationId}::uuid, ${clientId}::uuid, f.id, r.lane, r.viewpoint = 'external', r.seen_at,
      r.is_credentialed is true
    from reported r
    join client_finding f on f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
      and f.asset_id = r.asset_id
      and f.check_ref = r.check_ref and f.port = r.port and f.protocol = r.protocol
    order by f.id, r.lane, r.seen_at desc, r.is_credentialed is true
    on conflict (organisation_id, client_id, finding_id, lane) do update
      set last_seen_at = excluded.last_seen_at, needs_credentials = excluded.needs_credentials
      -- Seen with and without credentials at one time, it can be seen without.
      where (excluded.last_seen_at, not excluded.needs_credentials)
        > (finding_sighting.last_seen_at, not finding_sighting.needs_credentials)`)
}

/**
 * What each finding of these assets is now. A lane has closed it when a later whole scan of the same lane looked at
 * the asset and did not report it; one seen with credentials needs such a scan to have had them. It is fixed when
 * every lane has closed it, and gone when no import that counts reports it.
 */
export async function settleFindings(
  tx: Tx,
  organisationId: string,
  clientId: string,
  source: RegisterSource,
) {
  await joiningSets(tx, organisationId, () =>
    tx.execute(sql`
    with touched as materialized (${assetsOf(organisationId, clientId, source)}),
    looks as materialized (
      select coalesce(a.merged_into, a.id) as asset_id, s.lane, array_agg(s.seen_at) as any_looks,
        max(s.seen_at) as newest_look, array_agg(s.seen_at) filter (where s.is_credentialed) as signed_in_looks,
        max(s.seen_at) filter (where s.is_credentialed) as newest_signed_in
      from asset_sighting s
      join client_asset a on a.organisation_id = s.organisation_id and a.id = s.asset_id
      where s.organisation_id = ${organisationId}::uuid and s.client_id = ${clientId}::uuid and s.is_counted
        and s.is_whole and coalesce(a.merged_into, a.id) in (select asset_id from touched)
      group by 1, 2
    ),
    lanes as (
      select f.id as finding_id, g.is_external,
        case when g.last_seen_at < case when g.needs_credentials then l.newest_signed_in else l.newest_look end
          then (
            select min(look) from unnest(case when g.needs_credentials then l.signed_in_looks else l.any_looks end) look
            where look > g.last_seen_at
          )
        end as closed_at
      from client_finding f
      join finding_sighting g on g.organisation_id = f.organisation_id and g.client_id = ${clientId}::uuid
        and g.finding_id = f.id
      left join looks l on l.asset_id = f.asset_id and l.lane = g.lane
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
        and f.asset_id in (select asset_id from touched)
        and g.last_seen_at > '-infinity'
    ),
    states as (
      select finding_id, bool_or(closed_at is null) as is_open, max(closed_at) as closed_at,
        bool_or(is_external and closed_at is null) as is_external
      from lanes group by finding_id
    ),
    settled as (
      select f.id, coalesce(s.is_external, false) as is_external,
        case when not s.is_open then s.closed_at end as fixed_at,
        case
          when s.finding_id is null then 'gone'
          when f.decision = 'false-positive' then 'false-positive'
          when not s.is_open then 'fixed'
          when f.decision = 'accepted' then 'accepted'
          when f.is_suppressed then 'suppressed'
          else 'open'
        end as standing
      from client_finding f
      left join states s on s.finding_id = f.id
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
        and f.asset_id in (select asset_id from touched)
    )
    update client_finding f
    set is_external = n.is_external, fixed_at = n.fixed_at, standing = n.standing
    from settled n
    where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid and f.id = n.id
      and (f.is_external, f.fixed_at, f.standing) is distinct from (n.is_external, n.fixed_at, n.standing)`),
  )
}

/** Forgets what was derived about these assets, so that it can be derived again; decisions stay. */
export async function resetFindings(
  tx: Tx,
  organisationId: string,
  clientId: string,
  assetIds: readonly string[],
) {
  await joiningSets(tx, organisationId, () =>
    tx.execute(sql`
    update finding_sighting g set last_seen_at = '-infinity', needs_credentials = true
    from client_finding f
    where g.organisation_id = ${organisationId}::uuid and g.client_id = ${clientId}::uuid
      and f.organisation_id = g.organisation_id and f.client_id = g.client_id
      and f.id = g.finding_id and f.asset_id = any(${uuids(assetIds)})`),
  )
  await tx.execute(sql`
    update client_finding set first_seen_at = 'infinity', last_seen_at = '-infinity'
    where organisation_id = ${organisationId}::uuid and asset_id = any(${uuids(assetIds)})`)
}

/** A finding that a merge or a split brought under another asset keeps what people had decided about it. */
export async function carryDecisions(tx: Tx, organisationId: string, from: string, to: string) {
  await tx.execute(sql`
    update client_finding f
    set decision = o.decision, decision_id = o.decision_id, decision_until = o.decision_until
    from client_finding o
    where f.organisation_id = ${organisationId}::uuid and f.asset_id = ${to}::uuid and f.decision is null
      and o.organisation_id = f.organisation_id and o.asset_id = ${from}::uuid and o.decision is not null
      and o.check_ref = f.check_ref and o.port = f.port and o.protocol = f.protocol
      -- Only what is new there: about a finding of its own nobody decided.
      and f.standing = 'gone'`)
}
