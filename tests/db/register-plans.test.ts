import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectTo } from '#db/connection.server.ts'
import { type FindingSort, findingsQuery, type RegisterFilter } from '#db/queries/register-findings.server.ts'
import { client } from '#db/schema/index.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { newSample, type SampleOrganisation, sampleRow } from './sample-rows.ts'

let database: TestDatabase
const sample: SampleOrganisation = newSample()
const FINDINGS = 20_000

beforeAll(async () => {
  database = await openTestDatabase()
  const admin = connectTo(database.adminUrl, { max: 1 })
  const { organisationId, id } = sample
  await admin`insert into organisation (id, name, kind, created_at) values (${organisationId}, 'Org', 'msp', now())`
  await admin`insert into client ${admin(sampleRow(client, sample) as Record<string, string>)}`
  await admin`insert into client_asset (organisation_id, id, client_id, name, first_seen_at, last_seen_at)
    select ${organisationId}, gen_random_uuid(), ${id}, 'host' || n || '.lake.example', now(), now()
    from generate_series(1, 100) n`
  await admin`insert into client_check (organisation_id, id, client_id, tool, check_id, title, seen_at)
    select ${organisationId}, gen_random_uuid(), ${id}, 'Nessus', n::text, 'Outdated component ' || n, now()
    from generate_series(1, 500) n`
  await admin`
    insert into client_finding (organisation_id, id, client_id, asset_id, check_ref, tool, port, protocol, severity,
      severity_rank, cves, first_seen_at, last_seen_at, last_import_id, last_number, standing, kev_due_on)
    select ${organisationId}, gen_random_uuid(), ${id}, a.id, c.id, 'Nessus', n, '', 'high', n % 6, '{}',
      now() - n * interval '1 minute', now(), ${id}, n,
      case when n % 3 = 0 then 'fixed' else 'open' end, case when n % 100 = 0 then date '2026-05-01' end
    from generate_series(1, ${FINDINGS}::int) n
    join (select id, row_number() over (order by id) as number from client_asset where organisation_id = ${organisationId}) a
      on a.number = n % 100 + 1
    join (select id, row_number() over (order by id) as number from client_check where organisation_id = ${organisationId}) c
      on c.number = n % 500 + 1`
  await admin`analyze client_finding, client_asset, client_check`
  await admin.end()
})
afterAll(() => database.close())

const open: RegisterFilter = { standing: 'open', today: '2026-06-01' }
const first = { sort: 'severity' as FindingSort, limit: 51 }
const after = {
  severityRank: 3,
  firstSeenAt: '2026-01-01T00:00:00.000000Z',
  id: '00000000-0000-4000-8000-000000000000',
}

/** As the application runs it, row-level security included. */
async function explain(query: (tx: Parameters<typeof findingsQuery>[0]) => Promise<SQL>): Promise<string> {
  const rows = await database.inOrganisation(sample.organisationId, async (tx) =>
    tx.execute<{ 'QUERY PLAN': string }>(sql`explain (costs off) ${await query(tx)}`),
  )
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

describe('a page of findings is found by an index, whatever their number', () => {
  test.each<[string, RegisterFilter, Partial<typeof first> & { after?: typeof after }, RegExp]>([
    ['the first page', open, {}, /client_finding_open/],
    ['a later page', open, { after }, /client_finding_open/],
    ['one severity', { ...open, severityRank: 3 }, {}, /client_finding_open/],
    ['the oldest first', open, { sort: 'oldest' }, /client_finding_age/],
    ['the newest first', open, { sort: 'newest' }, /Backward using client_finding_age/],
    ['what is fixed', { ...open, standing: 'fixed' }, {}, /client_finding_standing/],
    ['what is exploited', { ...open, kevOnly: true }, {}, /client_finding_(exploited|open)/],
  ])('%s', async (_words, filter, page, index) => {
    const plan = await explain((tx) =>
      findingsQuery(tx, sample.organisationId, sample.id, filter, { ...first, ...page }),
    )
    expect(plan).toMatch(index)
    expect(plan).not.toMatch(/Seq Scan on client_finding/)
    expect(plan).not.toMatch(/Seq Scan on finding /)
  })

  test('words, by the checks and assets that have them', async () => {
    const plan = await explain((tx) =>
      findingsQuery(tx, sample.organisationId, sample.id, { ...open, text: 'component 77' }, first),
    )
    expect(plan).not.toMatch(/Seq Scan on client_finding/)
  })
})

test('row-level security keeps a trigram index from being used, which is why there is none', async () => {
  const [row] = await database.inOrganisation(sample.organisationId, (tx) =>
    tx.execute<{ leakproof: boolean }>(
      sql`select proleakproof as leakproof from pg_proc where proname = 'texticlike' limit 1`,
    ),
  )
  expect(row?.leakproof).toBe(false)
})
