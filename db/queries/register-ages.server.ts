/** How long the findings of a client's register have been open. */
import { sql } from 'drizzle-orm'
import type { Severity } from '#evidence/severity.ts'
import type { Tx } from '../client.server.ts'
import { isOpenOn } from '../register-parts.server.ts'

export type OpenByAge = {
  severity: Severity
  upTo30Days: number
  upTo90Days: number
  upTo180Days: number
  older: number
  /** YYYY-MM-DD */
  oldest: string
}

/** Whole days from the first sighting to the given day, in UTC; one row for each severity that has open findings. */
export async function countOpenByAge(tx: Tx, organisationId: string, clientId: string, day: string) {
  const rows = await tx.execute<OpenByAge>(sql`
    with open_finding as (
      select f.severity, (f.first_seen_at at time zone 'UTC')::date as seen_on
      from client_finding f
      where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid and ${isOpenOn(day)}
    ),
    aged as (select severity, seen_on, ${day}::date - seen_on as days from open_finding)
    select severity,
      count(*) filter (where days <= 30)::int as "upTo30Days",
      count(*) filter (where days between 31 and 90)::int as "upTo90Days",
      count(*) filter (where days between 91 and 180)::int as "upTo180Days",
      count(*) filter (where days > 180)::int as older,
      min(seen_on)::text as oldest
    from aged group by severity`)
  return [...rows]
}

/** Open findings in the catalogue of exploited weaknesses, and those past that catalogue's date. */
export async function countOpenExploited(tx: Tx, organisationId: string, clientId: string, day: string) {
  const [row] = await tx.execute<{ open: number; pastDue: number }>(sql`
    select count(*)::int as open, count(*) filter (where f.kev_due_on < ${day}::date)::int as "pastDue"
    from client_finding f
    where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
      and f.kev_due_on is not null and ${isOpenOn(day)}`)
  return row ?? { open: 0, pastDue: 0 }
}

export interface FindingsOfPeriod extends Record<string, unknown> {
  severity: Severity
  opened: number
  fixed: number
  /** Still to be fixed at the end of the period. */
  open: number
}

/**
 * First seen and fixed in a period, as the register dates them now; without what is no finding of the client.
 * @param after @param until moments, the first one excluded
 */
export async function countFindingsOfPeriod(
  tx: Tx,
  organisationId: string,
  clientId: string,
  { after, until }: { after: Date; until: Date },
) {
  const [from, to] = [after.toISOString(), until.toISOString()]
  const rows = await tx.execute<FindingsOfPeriod>(sql`
    select f.severity,
      count(*) filter (where f.first_seen_at > ${from}::timestamptz)::int as opened,
      count(*) filter (where f.fixed_at > ${from}::timestamptz and f.fixed_at <= ${to}::timestamptz)::int as fixed,
      count(*) filter (where f.fixed_at is null or f.fixed_at > ${to}::timestamptz)::int as open
    from client_finding f
    where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid
      and f.first_seen_at <= ${to}::timestamptz
      and f.standing not in ('false-positive', 'suppressed', 'gone')
    group by f.severity`)
  return [...rows]
}
