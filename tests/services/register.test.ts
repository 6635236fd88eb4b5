import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withdrawEvidence } from '#app/services/evidence.server.ts'
import type { Member } from '#app/services/member.ts'
import { updateRegister } from '#app/services/register-intake.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addScan, type HostFindings, makeClientOf, type ScanOptions } from './register-world.ts'

let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Olive Owner')).member
})
afterAll(() => world?.close())

interface Shown {
  asset: string
  check: string
  tool: string
  port: number
  standing: string
  first: string
  last: string
  fixed: string | null
}

async function read(clientId: string): Promise<Shown[]> {
  const rows = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    tx.execute<Shown & Record<string, unknown>>(sql`
      select a.name as asset, c.check_id as "check", f.tool, f.port, f.standing,
        to_char(f.first_seen_at at time zone 'UTC', 'YYYY-MM-DD') as first,
        to_char(f.last_seen_at at time zone 'UTC', 'YYYY-MM-DD') as last,
        to_char(f.fixed_at at time zone 'UTC', 'YYYY-MM-DD') as fixed
      from client_finding f
      join client_asset a on a.organisation_id = f.organisation_id and a.id = f.asset_id
      join client_check c on c.organisation_id = f.organisation_id and c.id = f.check_ref
      where f.client_id = ${clientId}::uuid and f.standing <> 'gone'
      order by 1, 2, 3, 4`),
  )
  return rows.map((row) => ({ ...row }))
}

const withCheck = (...checkIds: string[]): HostFindings => ({
  findings: checkIds.map((checkId) => ({ checkId })),
})
const fs01 = 'fs01.lake.example'

async function afterScans(...scans: ScanOptions[]) {
  const clientId = await makeClientOf(member)
  for (const scan of scans) await addScan(member, clientId, scan)
  return read(clientId)
}

describe('a finding', () => {
  test('stays one across scans, and keeps when it was seen first and last', async () => {
    const rows = await afterScans(
      { on: '2026-05-01', hosts: { [fs01]: withCheck('1') } },
      { on: '2026-06-01', hosts: { 'FS01.lake.example.': withCheck('1') } },
    )
    expect(rows).toMatchObject([
      { asset: fs01, check: '1', standing: 'open', first: '2026-05-01', last: '2026-06-01' },
    ])
  })

  test('is another one on another port, protocol or machine, and from another tool', async () => {
    const rows = await afterScans(
      {
        on: '2026-05-01',
        hosts: {
          [fs01]: {
            findings: [
              { checkId: '1', port: 80, protocol: 'tcp' },
              { checkId: '1', port: 443, protocol: 'tcp' },
              { checkId: '1', port: 443, protocol: 'udp' },
            ],
          },
          'pc1.lake.example': withCheck('1'),
        },
      },
      { on: '2026-05-02', tool: 'OpenVAS', hosts: { [fs01]: withCheck('1') } },
    )
    expect(rows).toHaveLength(5)
  })

  test('reported twice in one file is one, as the worst of the two', async () => {
    const rows = await afterScans({
      on: '2026-05-01',
      hosts: {
        [fs01]: {
          findings: [
            { checkId: '1', severity: 'low' },
            { checkId: '1', severity: 'critical' },
          ],
        },
      },
    })
    expect(rows).toHaveLength(1)
  })

  test('takes the tool’s own memory of when it began', async () => {
    const rows = await afterScans({
      on: '2026-05-01',
      hosts: { [fs01]: { findings: [{ checkId: '1', firstSeenOn: '2025-11-30' }] } },
    })
    expect(rows).toMatchObject([{ first: '2025-11-30' }])
  })

  test('that the tool was told to pass over is shown as such, never as fixed', async () => {
    const rows = await afterScans({
      on: '2026-05-01',
      hosts: { [fs01]: { findings: [{ checkId: '1', isSuppressed: true }] } },
    })
    expect(rows).toMatchObject([{ standing: 'suppressed', fixed: null }])
  })

  test('imported again from the same scan changes nothing', async () => {
    const scan: ScanOptions = { on: '2026-05-01', hosts: { [fs01]: withCheck('1', '2') } }
    const clientId = await makeClientOf(member)
    await addScan(member, clientId, scan)
    const before = await read(clientId)
    await addScan(member, clientId, scan)
    expect(await read(clientId)).toEqual(before)
  })
})

describe('a later scan', () => {
  const seen: ScanOptions = { on: '2026-05-01', hosts: { [fs01]: withCheck('1') } }
  const standingAfter = async (...scans: Partial<ScanOptions>[]) => {
    const rows = await afterScans(
      seen,
      ...scans.map((scan) => ({ on: '2026-06-01', hosts: { [fs01]: {} }, ...scan })),
    )
    return rows.find(({ check }) => check === '1')
  }

  test('that no longer reports it closes it, on the day of the first that did not', async () => {
    expect(await standingAfter({}, { on: '2026-07-01' })).toMatchObject({
      standing: 'fixed',
      fixed: '2026-06-01',
    })
  })

  test.each<[string, Partial<ScanOptions>]>([
    ['was stopped', { isWhole: false }],
    ['had other targets', { scope: 'Branch' }],
    ['stood elsewhere', { viewpoint: 'external' }],
    ['was made with another tool', { tool: 'OpenVAS' }],
    ['did not look at the machine', { hosts: { 'pc1.lake.example': {} } }],
    [
      'had no credentials where the earlier one had',
      { hosts: { [fs01]: { asset: { credentialed: false } } } },
    ],
    ['does not tell whether it had credentials', { hosts: { [fs01]: { asset: { credentialed: null } } } }],
    ['has the same date', { on: '2026-05-01' }],
  ])('that %s closes nothing', async (_words, scan) => {
    expect(await standingAfter(scan)).toMatchObject({ standing: 'open', fixed: null })
  })

  test('without credentials closes what was seen without them', async () => {
    const blind: HostFindings = { asset: { credentialed: false } }
    const rows = await afterScans(
      { on: '2026-05-01', hosts: { [fs01]: { ...blind, ...withCheck('1') } } },
      { on: '2026-06-01', hosts: { [fs01]: blind } },
    )
    expect(rows).toMatchObject([{ standing: 'fixed' }])
  })

  test('that reports it again opens it again', async () => {
    expect(await standingAfter({}, { on: '2026-07-01', hosts: { [fs01]: withCheck('1') } })).toMatchObject({
      standing: 'open',
      fixed: null,
      first: '2026-05-01',
    })
  })

  test('of one lane leaves it open while another lane reports it', async () => {
    const outside: ScanOptions = {
      on: '2026-05-02',
      viewpoint: 'external',
      hosts: { [fs01]: withCheck('1') },
    }
    const inside: ScanOptions = { on: '2026-06-01', hosts: { [fs01]: {} } }
    expect(await afterScans(seen, outside, inside)).toMatchObject([{ standing: 'open' }])
    expect(
      await afterScans(seen, outside, inside, { ...outside, on: '2026-06-02', hosts: { [fs01]: {} } }),
    ).toMatchObject([{ standing: 'fixed', fixed: '2026-06-02' }])
  })
})

describe('an older file', () => {
  const old: ScanOptions = { on: '2026-05-15', hosts: { [fs01]: {} } }

  test('never closes what a newer one reports', async () => {
    expect(await afterScans({ on: '2026-06-01', hosts: { [fs01]: withCheck('1') } }, old)).toMatchObject([
      { standing: 'open' },
    ])
  })

  test('never opens again what a newer one saw fixed', async () => {
    const rows = await afterScans(
      { on: '2026-05-01', hosts: { [fs01]: withCheck('1') } },
      { on: '2026-06-01', hosts: { [fs01]: {} } },
      { ...old, hosts: { [fs01]: withCheck('1') } },
    )
    expect(rows).toMatchObject([{ standing: 'fixed', fixed: '2026-06-01', last: '2026-05-15' }])
  })
})

describe('withdrawn evidence', () => {
  test('takes its sightings back: what only it showed is gone, what it closed is open', async () => {
    const clientId = await makeClientOf(member)
    await addScan(member, clientId, { on: '2026-05-01', hosts: { [fs01]: withCheck('1') } })
    const before = await read(clientId)
    const { evidenceId } = await addScan(member, clientId, {
      on: '2026-06-01',
      hosts: { [fs01]: withCheck('2'), 'pc1.lake.example': withCheck('3') },
    })
    expect(await read(clientId)).toMatchObject([
      { check: '1', standing: 'fixed' },
      { check: '2' },
      { check: '3' },
    ])
    await withdrawEvidence(member, evidenceId, 'Of another client')
    await updateRegister(member.organisationId, clientId)
    expect(await read(clientId)).toEqual(before)
    const again = await read(clientId)
    await updateRegister(member.organisationId, clientId)
    expect(await read(clientId)).toEqual(again)
  })
})

test('whatever the order in which the files arrive, the register says the same', async () => {
  const scans = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 6 }),
      tool: fc.constantFrom('Nessus', 'OpenVAS'),
      isWhole: fc.boolean(),
      viewpoint: fc.constantFrom('internal' as const, 'external' as const),
      hosts: fc.dictionary(
        fc.constantFrom(fs01, 'pc1.lake.example'),
        fc.record({
          checks: fc.subarray(['1', '2']),
          credentialed: fc.constantFrom(true, false, null),
        }),
        { minKeys: 1, maxKeys: 2 },
      ),
    }),
    { minLength: 2, maxLength: 5 },
  )
  await fc.assert(
    fc.asyncProperty(scans, async (list) => {
      const options = list.map(
        ({ day, hosts, ...rest }, index): ScanOptions => ({
          ...rest,
          on: `2026-05-0${day}T0${index}:00:00Z`,
          hosts: Object.fromEntries(
            Object.entries(hosts).map(([name, { checks, credentialed }]) => [
              name,
              { asset: { credentialed }, ...withCheck(...checks) },
            ]),
          ),
        }),
      )
      expect(await afterScans(...[...options].reverse())).toEqual(await afterScans(...options))
    }),
    { numRuns: 12 },
  )
})
