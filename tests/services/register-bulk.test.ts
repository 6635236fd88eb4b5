import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '#app/services/member.ts'
import { bringRegisterUpToDate } from '#app/services/register-intake.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import type { Severity } from '#evidence/severity.ts'
import { openWorld, type World } from '../support/world.ts'
import { insertScan, makeClientOf } from './register-world.ts'

let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Olive Owner')).member
})
afterAll(() => world?.close())

const SEVERITIES: Severity[] = ['critical', 'high', 'medium', 'low', 'info', 'unknown']

/** Hosts with 1,000 findings each, of 2,000 checks. */
const hosts = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_value, host) => [
      `host${host}.lake.example`,
      {
        findings: Array.from({ length: 1000 }, (_item, index) => ({
          checkId: String((host * 37 + index) % 2000),
          severity: SEVERITIES[index % 6],
          port: index % 50,
          cves: index % 5 === 0 ? [`CVE-2026-${1000 + index}`] : [],
          solution: `Upgrade to Product${index % 300} version 1.2.3 or later.`,
          fixAvailableOn: '2026-01-01',
        })),
      },
    ]),
  )

test('5,000 findings enter the register at once, and again without a change', async () => {
  const clientId = await makeClientOf(member)
  const { database } = getRuntime()
  const { organisationId } = member
  const run = (on: string) =>
    database.inOrganisation(organisationId, async (tx) => {
      await insertScan(tx, member, clientId, { on, hosts: hosts(5) })
      await bringRegisterUpToDate(tx, organisationId, clientId)
      const [row] = await tx.execute<{ open: number; ids: string }>(sql`
        select count(*)::int as open, md5(string_agg(id::text, ',' order by id)) as ids from client_finding
        where organisation_id = ${organisationId}::uuid and standing = 'open'`)
      return row
    })
  const first = await run('2026-05-01')
  expect(first?.open).toBe(5000)
  expect(await run('2026-06-01')).toEqual(first)
})
