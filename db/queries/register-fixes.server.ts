/** The open findings of a client as groups that are alike, and what was last made of them. */
import { and, eq, sql } from 'drizzle-orm'
import type { Severity } from '#evidence/severity.ts'
import type { Tx } from '../client.server.ts'
import { isOpenOn, joiningSets } from '../register-parts.server.ts'
import { clientRegister } from '../schema/index.ts'

export type ClientRegisterRow = typeof clientRegister.$inferSelect

/** One row for everything that is alike; ports matter only where they are seen from the internet. */
export async function groupOpenFindings(tx: Tx, organisationId: string, clientId: string, today: string) {
  const rows = await tx.execute<{
    checkRef: string
    tool: string
    checkId: string
    title: string
    solution: string | null
    severity: Severity
    isExternal: boolean
    port: number | null
    protocol: string | null
    service: string | null
    isKev: boolean
    isPastDue: boolean
    isRansomware: boolean
    epss: number | null
    isOld: boolean
    oldestFixOn: string | null
    findings: number
  }>(sql`
    select c.id as "checkRef", c.tool, c.check_id as "checkId", c.title, left(c.solution, 1000) as solution, g.*
    from (
      select f.check_ref, f.severity, f.is_external as "isExternal",
        case when f.is_external then nullif(f.port, 0) end as port,
        case when f.is_external then nullif(f.protocol, '') end as protocol,
        case when f.is_external then f.service end as service,
        f.kev_due_on is not null as "isKev", coalesce(f.kev_due_on < ${today}::date, false) as "isPastDue",
        f.kev_ransomware as "isRansomware", max(f.epss) as epss,
        coalesce(f.fix_available_on, (f.first_seen_at at time zone 'UTC')::date) < ${today}::date - 30 as "isOld",
        min(f.fix_available_on)::text as "oldestFixOn", count(*)::int as findings
      from client_finding f
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
        and f.standing in ('open', 'accepted') and ${isOpenOn(today)}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 11
    ) g
    join client_check c on c.organisation_id = ${organisationId}::uuid and c.id = g.check_ref
    order by c.tool, c.check_id`)
  return [...rows]
}

/** For each list of checks, the machines with open findings of them. */
export async function countAffectedAssets(
  tx: Tx,
  organisationId: string,
  clientId: string,
  lists: readonly (readonly string[])[],
  today: string,
): Promise<number[]> {
  const pairs = lists.flatMap((checks, list) => checks.map((check) => ({ list, check })))
  const rows = await joiningSets(tx, organisationId, () =>
    tx.execute<{ list: number; assets: number }>(sql`
      select l.list, count(distinct f.asset_id)::int as assets
      from client_finding f
      join jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as l(list int, "check" uuid) on l.check = f.check_ref
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
        and f.standing in ('open', 'accepted') and ${isOpenOn(today)}
      group by l.list`),
  )
  return lists.map((_checks, index) => rows.find(({ list }) => list === index)?.assets ?? 0)
}

export interface PlaceCount {
  by: 'port' | 'machine'
  parts: readonly {
    checkRef: string
    isExternal: true | null
    use: { port: number; protocol: string | null; service: string | null } | null
  }[]
}

/** For each request, the distinct machines, or ports of machines, with open findings of its parts. */
export async function countPlaces(
  tx: Tx,
  organisationId: string,
  clientId: string,
  requests: readonly PlaceCount[],
  today: string,
): Promise<number[]> {
  const parts = requests.flatMap(({ by, parts }, slot) =>
    parts.map(({ checkRef, isExternal, use }) => ({
      slot,
      check: checkRef,
      byPort: by === 'port',
      external: isExternal ?? false,
      port: use?.port ?? null,
      protocol: use?.protocol ?? '',
      service: use?.service ?? null,
    })),
  )
  if (parts.length === 0) return requests.map(() => 0)
  const rows = await joiningSets(tx, organisationId, () =>
    tx.execute<{ slot: number; places: number }>(sql`
      select l.slot, count(distinct (f.asset_id, case when l."byPort" then f.port end))::int as places
      from client_finding f
      join jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as l(
        slot int, "check" uuid, "byPort" boolean, external boolean, port int, protocol text, service text
      ) on l.check = f.check_ref
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
        and f.standing in ('open', 'accepted') and ${isOpenOn(today)}
        and (f.is_external or not l.external)
        and (l.port is null
          or (f.port = l.port and f.protocol = l.protocol and f.service is not distinct from l.service))
      group by l.slot`),
  )
  return requests.map((_request, index) => rows.find(({ slot }) => slot === index)?.places ?? 0)
}

export async function findRegister(tx: Tx, organisationId: string, clientId: string) {
  const [row] = await tx
    .select()
    .from(clientRegister)
    .where(and(eq(clientRegister.organisationId, organisationId), eq(clientRegister.clientId, clientId)))
  return row ?? null
}

export async function saveRegister(
  tx: Tx,
  organisationId: string,
  row: Omit<ClientRegisterRow, 'organisationId'>,
) {
  const { clientId: _clientId, ...values } = row
  await tx
    .insert(clientRegister)
    .values({ organisationId, ...row })
    .onConflictDoUpdate({ target: [clientRegister.organisationId, clientRegister.clientId], set: values })
}
