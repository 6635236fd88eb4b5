/** The findings of a register as pages ask for them: filtered, in order, a page at a time, with bounded counts. */
import { type SQL, sql } from 'drizzle-orm'
import type { Severity } from '#evidence/severity.ts'
import type { Tx } from '../client.server.ts'
import { isOpenOn, uuids } from '../register-parts.server.ts'
import type { STANDINGS } from '../schema/index.ts'

export type Standing = Exclude<(typeof STANDINGS)[number], 'gone'>
export const FINDING_SORTS = ['severity', 'oldest', 'newest'] as const
export type FindingSort = (typeof FINDING_SORTS)[number]

export interface RegisterFilter {
  standing: Standing
  severityRank?: number
  assetId?: string
  tool?: string
  kevOnly?: boolean
  text?: string
  /** YYYY-MM-DD: an acceptance past its day counts as open. */
  today: string
}

/** Where a page ends: the next one begins behind it, however many come before. */
export interface FindingCursor {
  severityRank: number
  /** ISO 8601. */
  firstSeenAt: string
  id: string
}

export interface RegisterFinding {
  id: string
  title: string
  tool: string
  checkId: string
  severity: Severity
  severityRank: number
  port: number
  protocol: string
  service: string | null
  cves: string[]
  fixAvailableOn: string | null
  firstSeenAt: string
  lastSeenAt: string
  fixedAt: string | null
  standing: Standing
  isExternal: boolean
  decision: 'accepted' | 'false-positive' | null
  decisionUntil: string | null
  decisionReason: string | null
  decidedBy: string | null
  kevDueOn: string | null
  kevRansomware: boolean
  epss: number | null
  assetId: string
  assetName: string
  lastImportId: string
  solution: string | null
  output: string | null
}

export type FoundFinding = Omit<RegisterFinding, 'standing'> & { standing: (typeof STANDINGS)[number] }

const CVE = /^cve-\d{4}-\d{4,}$/i
/** More matches than this are looked for in the rows themselves: they are found soon enough. */
const NAMED = 2000

interface TextMatch {
  condition: SQL
}

/**
 * Words are looked for among checks and assets, of which there are few, and then by index. A trigram index would not
 * be used: row-level security lets no operator but the provably silent ones look into rows before it has.
 */
async function matchText(tx: Tx, organisationId: string, clientId: string, text: string): Promise<TextMatch> {
  // What a technician has in hand is often a weakness's number, which stands in no title.
  if (CVE.test(text.trim())) return { condition: sql`${text.trim().toUpperCase()}::text = any(f.cves)` }
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const checks = await tx.execute<{ id: string }>(sql`
    select id from client_check
    where organisation_id = ${organisationId}::uuid and client_id = ${clientId}::uuid
      and (title ilike ${pattern} or check_id ilike ${pattern}) limit ${NAMED + 1}`)
  const assets = await tx.execute<{ id: string }>(sql`
    select id from client_asset
    where organisation_id = ${organisationId}::uuid and client_id = ${clientId}::uuid and name ilike ${pattern}
    limit ${NAMED + 1}`)
  if (checks.length > NAMED || assets.length > NAMED) {
    return {
      condition: sql`(c.title ilike ${pattern} or c.check_id ilike ${pattern} or a.name ilike ${pattern})`,
    }
  }
  const ids = (rows: readonly { id: string }[]) => uuids(rows.map(({ id }) => id))
  const byCheck = sql`f.check_ref = any(${ids([...checks])})`
  const byAsset = sql`f.asset_id = any(${ids([...assets])})`
  // One index alone serves better than "or" with a list that is empty.
  if (assets.length === 0) return { condition: byCheck }
  if (checks.length === 0) return { condition: byAsset }
  return { condition: sql`(${byCheck} or ${byAsset})` }
}

/** As the partial indexes have it, so that they are found. */
function standingIs(standing: Standing, today: string): SQL {
  if (standing === 'open') return sql`f.standing in ('open', 'accepted') and ${isOpenOn(today)}`
  if (standing === 'accepted') return sql`f.standing = 'accepted' and f.decision_until >= ${today}::date`
  return sql`f.standing = ${standing}`
}

async function whereOf(
  tx: Tx,
  organisationId: string,
  clientId: string,
  filter: RegisterFilter,
): Promise<SQL> {
  const parts = [
    sql`f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid`,
    standingIs(filter.standing, filter.today),
  ]
  if (filter.severityRank !== undefined) parts.push(sql`f.severity_rank = ${filter.severityRank}`)
  if (filter.assetId) parts.push(sql`f.asset_id = ${filter.assetId}::uuid`)
  if (filter.tool) parts.push(sql`f.tool = ${filter.tool}`)
  if (filter.kevOnly) parts.push(sql`f.kev_due_on is not null`)
  if (filter.text) parts.push((await matchText(tx, organisationId, clientId, filter.text)).condition)
  return sql.join(parts, sql` and `)
}

const ORDERS: Record<FindingSort, SQL> = {
  severity: sql`f.severity_rank desc, f.first_seen_at, f.id`,
  oldest: sql`f.first_seen_at, f.id`,
  newest: sql`f.first_seen_at desc, f.id desc`,
}

function behind(sort: FindingSort, { severityRank, firstSeenAt, id }: FindingCursor): SQL {
  const later = sql`(f.first_seen_at, f.id) > (${firstSeenAt}::timestamptz, ${id}::uuid)`
  switch (sort) {
    case 'severity':
      return sql`f.severity_rank <= ${severityRank} and (f.severity_rank < ${severityRank} or ${later})`
    case 'oldest':
      return later
    case 'newest':
      return sql`(f.first_seen_at, f.id) < (${firstSeenAt}::timestamptz, ${id}::uuid)`
  }
}

const moment = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** What pages show of findings. @param chosen rows of client_finding */
const shown = (chosen: SQL) => sql`
    select f.id, c.title, f.tool, c.check_id as "checkId", f.severity, f.severity_rank as "severityRank", f.port,
      f.protocol, f.service, f.cves, f.fix_available_on::text as "fixAvailableOn",
      ${moment(sql`f.first_seen_at`)} as "firstSeenAt", ${moment(sql`f.last_seen_at`)} as "lastSeenAt",
      ${moment(sql`f.fixed_at`)} as "fixedAt", f.standing, f.is_external as "isExternal", f.decision,
      f.decision_until::text as "decisionUntil", d.reason as "decisionReason", d.decided_by_name as "decidedBy",
      f.kev_due_on::text as "kevDueOn", f.kev_ransomware as "kevRansomware", f.epss, f.asset_id as "assetId",
      a.name as "assetName", f.last_import_id as "lastImportId", r.solution, r.output
    from (${chosen}) f
    join client_check c on c.organisation_id = f.organisation_id and c.id = f.check_ref
    join client_asset a on a.organisation_id = f.organisation_id and a.id = f.asset_id
    left join finding_decision d on d.organisation_id = f.organisation_id and d.id = f.decision_id
    left join finding r on r.organisation_id = f.organisation_id and r.import_id = f.last_import_id
      and r.number = f.last_number`

/** The query of one page; also what the test explains. */
export async function findingsQuery(
  tx: Tx,
  organisationId: string,
  clientId: string,
  filter: RegisterFilter,
  { sort, after, limit }: { sort: FindingSort; after?: FindingCursor; limit: number },
): Promise<SQL> {
  const where = await whereOf(tx, organisationId, clientId, filter)
  const needsNames = where !== null && filter.text !== undefined
  const page = sql`
      select f.* from client_finding f
      ${
        needsNames
          ? sql`join client_check c on c.organisation_id = f.organisation_id and c.id = f.check_ref
            join client_asset a on a.organisation_id = f.organisation_id and a.id = f.asset_id`
          : sql``
      }
      where ${where} ${after ? sql`and ${behind(sort, after)}` : sql``}
      order by ${ORDERS[sort]} limit ${limit}`
  return sql`${shown(page)} order by ${ORDERS[sort]}`
}

/** One finding, whatever it is; also where no import that counts reports it any more. */
export async function findRegisterFinding(
  tx: Tx,
  organisationId: string,
  clientId: string,
  findingId: string,
): Promise<FoundFinding | null> {
  const [row] = await tx.execute<FoundFinding & Record<string, unknown>>(
    shown(sql`
      select f.* from client_finding f
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
        and f.id = ${findingId}::uuid`),
  )
  return row ?? null
}

export async function listRegisterFindings(
  tx: Tx,
  organisationId: string,
  clientId: string,
  filter: RegisterFilter,
  page: { sort: FindingSort; after?: FindingCursor; limit: number },
): Promise<RegisterFinding[]> {
  const rows = await tx.execute<RegisterFinding & Record<string, unknown>>(
    await findingsQuery(tx, organisationId, clientId, filter, page),
  )
  return [...rows]
}

/** @returns at most `most` + 1: counting further costs more than it tells */
export async function countRegisterFindings(
  tx: Tx,
  organisationId: string,
  clientId: string,
  filter: RegisterFilter,
  most: number,
): Promise<number> {
  const where = await whereOf(tx, organisationId, clientId, filter)
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select 1 from client_finding f
      ${
        filter.text
          ? sql`join client_check c on c.organisation_id = f.organisation_id and c.id = f.check_ref
            join client_asset a on a.organisation_id = f.organisation_id and a.id = f.asset_id`
          : sql``
      }
      where ${where} limit ${most + 1}
    ) matches`)
  return row?.count ?? 0
}

/** The tools whose findings are in the register. */
export async function listTools(tx: Tx, organisationId: string, clientId: string): Promise<string[]> {
  const rows = await tx.execute<{ tool: string }>(sql`
    select distinct tool from client_check
    where organisation_id = ${organisationId}::uuid and client_id = ${clientId}::uuid order by 1`)
  return rows.map(({ tool }) => tool)
}
