import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectTo } from '#db/connection.server.ts'
import { findingsQuery } from '#db/queries/register-findings.server.ts'
import { APP_ROLE } from '#db/roles.server.ts'
import { client } from '#db/schema/index.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { newSample, type SampleOrganisation, sampleRow } from './sample-rows.ts'

let database: TestDatabase
let admin: ReturnType<typeof connectTo>
let sample: SampleOrganisation
const ROWS = 20_000

beforeAll(async () => {
  database = await openTestDatabase()
  admin = connectTo(database.adminUrl, { max: 1 })
  // Otherwise the server may count the tables itself while the test looks.
  for (const table of ['finding', 'client_finding', 'client_check', 'client_asset']) {
    await admin.unsafe(`alter table ${table} set (autovacuum_enabled = off)`)
  }
})
afterAll(async () => {
  await admin.end()
  await database.close()
})

beforeEach(async () => {
  sample = newSample()
  const { organisationId } = sample
  await admin`insert into organisation (id, name, kind, created_at) values (${organisationId}, 'Org', 'msp', now())`
  await admin`insert into client ${admin(sampleRow(client, sample) as Record<string, string>)}`
})

async function addScan(): Promise<void> {
  const { organisationId, id } = sample
  await admin.unsafe(`set session_replication_role = replica`)
  await admin`insert into client_asset (organisation_id, id, client_id, name, first_seen_at, last_seen_at)
    values (${organisationId}, ${id}, ${id}, 'host1', now(), now())`
  await admin`insert into client_check (organisation_id, id, client_id, tool, check_id, title, seen_at)
    values (${organisationId}, ${id}, ${id}, 'Nessus', '1', 'Outdated component', now())`
  await admin`insert into finding (organisation_id, import_id, number, client_id, asset_key, check_id, title, severity,
      severity_rank, cves)
    select ${organisationId}, ${id}, n, ${id}, 'host1', '1', 'Outdated component', 'high', 4, '{}'
    from generate_series(1, ${ROWS}::int) n`
  await admin`insert into client_finding (organisation_id, id, client_id, asset_id, check_ref, tool, port, protocol,
      severity, severity_rank, cves, first_seen_at, last_seen_at, last_import_id, last_number, standing)
    select ${organisationId}, gen_random_uuid(), ${id}, ${id}, ${id}, 'Nessus', n, 'tcp', 'high', 4, '{}', now(), now(),
      ${id}, n, 'open'
    from generate_series(1, ${ROWS}::int) n`
  await admin.unsafe(`set session_replication_role = origin`)
}

const countedRows = async () => {
  const [row] = await admin`select reltuples::int as rows from pg_class where oid = 'finding'::regclass`
  return row?.rows as number
}

async function planOfPage(): Promise<string> {
  const filter = { standing: 'open' as const, today: '2026-06-01' }
  const rows = await database.inOrganisation(sample.organisationId, async (tx) => {
    const page = { sort: 'severity' as const, limit: 51 }
    const query = await findingsQuery(tx, sample.organisationId, sample.id, filter, page)
    return tx.execute<{ 'QUERY PLAN': string }>(sql`explain (costs off) ${query}`)
  })
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

test('right after a first large scan a page finds the lines of the scan by their number', async () => {
  await addScan()
  await database.noteGrowth(ROWS)
  expect(await countedRows()).toBe(ROWS)
  expect(await planOfPage()).toMatch(/finding_pkey on finding r/)
})

test('what is small beside what is there already is left to the server', async () => {
  await admin`analyze finding`
  const before = await countedRows()
  await addScan()
  await database.noteGrowth(10)
  await database.noteGrowth(Math.floor(before / 10))
  expect(await countedRows()).toBe(before)
})

test('the connection is the application’s again afterwards', async () => {
  await database.noteGrowth(1_000_000)
  // As many at once as the pool has connections: whichever counted is among them.
  const roles = await Promise.all(
    Array.from({ length: 10 }, () =>
      database.inOrganisation(sample.organisationId, async (tx) => {
        const [row] = await tx.execute<{ role: string }>(sql`select current_user as role, pg_sleep(0.05)`)
        return row?.role
      }),
    ),
  )
  expect(new Set(roles)).toEqual(new Set([APP_ROLE]))
})
