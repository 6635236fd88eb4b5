import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as ledger from '#app/routes/ledger.tsx'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { recordInLedger } from '#app/services/ledger.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { insertApplication } from '#db/queries/applications.server.ts'
import { insertClient } from '#db/queries/clients.server.ts'
import { insertReport } from '#db/queries/reports.server.ts'
import { openWorld, type World } from '../support/world.ts'
import type { SignedIn } from './evidence-calls.ts'
import { get, locationOf, post } from './form-calls.ts'

type Sql = ReturnType<typeof connectTo>

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

/** An organisation whose ledger has so many entries: its creation, then clients. */
async function withEntries(count: number): Promise<SignedIn> {
  const who = await world.signUpMember('Leda Ger')
  const { dental } = demoClients(new Date())
  for (let made = 1; made < count; made += 1) await createClient(who.member, dental)
  return who
}

const page = async ({ cookie }: SignedIn, search = '') =>
  (await get(ledger.loader, `/ledger${search}`, { cookie })).body
const check = async ({ cookie }: SignedIn) => (await post(ledger.action, '/ledger', {}, { cookie })).body
const sequences = (body: { entries: { sequence: number }[] }) => body.entries.map(({ sequence }) => sequence)

/** What somebody with the owner's password could do behind the product's back. */
async function tamper(change: (sql: Sql) => Promise<unknown>) {
  const sql = connectTo(getRuntime().database.ownerUrl, { max: 1 })
  try {
    await sql`alter table ledger_entry disable trigger user`
    await sql`alter table ledger_entry no force row level security`
    await change(sql)
  } finally {
    await sql`alter table ledger_entry force row level security`
    await sql`alter table ledger_entry enable always trigger ledger_entry_unchanged`
    await sql`alter table ledger_entry enable always trigger ledger_entry_appended`
    await sql.end()
  }
}

describe('the ledger', () => {
  test('is shown newest first, fifty a page, without a gap or an entry twice', async () => {
    const who = await withEntries(103)
    const first = await page(who)
    const second = await page(who, `?before=${first.nextBefore}`)
    const third = await page(who, `?before=${second.nextBefore}`)
    const all = [first, second, third].flatMap(sequences)
    expect(all).toEqual(Array.from({ length: 103 }, (_, index) => 103 - index))
    expect([first.isNewestPage, second.isNewestPage]).toEqual([true, false])
    expect(third.nextBefore).toBeNull()
  })

  test.each(['?before=', '?before=abc', '?before=-3', '?before=1e400', '?before=5.5'])(
    'shows its newest page for %s',
    async (search) => {
      const who = await withEntries(3)
      expect(sequences(await page(who, search))).toEqual([3, 2, 1])
    },
  )

  test('of another organisation is not shown', async () => {
    await withEntries(4)
    const stranger = await withEntries(1)
    expect(sequences(await page(stranger))).toEqual([1])
  })

  test('is neither shown nor checked without a session', async () => {
    expect(locationOf(await get(ledger.loader, '/ledger'))).toBe('/sign-in?next=%2Fledger')
    expect((await post(ledger.action, '/ledger', {})).status).toBe(302)
  })
})

describe('checking the chain', () => {
  test('finds a whole chain whole, over several reads of the database', async () => {
    const who = await withEntries(2)
    const { member } = who
    await getRuntime().database.inOrganisation(member.organisationId, async (tx) => {
      for (let index = 0; index < 1100; index += 1) {
        const at = new Date(Date.UTC(2026, 0, 1) + index)
        await recordInLedger(tx, member.organisationId, {
          kind: 'client.changed',
          actor: 'A',
          at,
          payload: { index },
        })
      }
    })
    const { verdict } = await check(who)
    expect(verdict).toMatchObject({ ok: true, entries: 1102 })
    expect(verdict.head.hash).toBe((await page(who)).entries[0].hash)
  })

  test.each([
    [
      'an edited payload',
      2,
      (sql: Sql, id: string) =>
        sql`update ledger_entry set payload = replace(payload, 'Harbour', 'Harbor') where organisation_id = ${id} and sequence = 2`,
    ],
    [
      'another actor',
      3,
      (sql: Sql, id: string) =>
        sql`update ledger_entry set actor = 'Nobody' where organisation_id = ${id} and sequence = 3`,
    ],
    [
      'an earlier time',
      4,
      (sql: Sql, id: string) =>
        sql`update ledger_entry set at = at - interval '1 millisecond' where organisation_id = ${id} and sequence = 4`,
    ],
    [
      'a missing entry',
      4,
      (sql: Sql, id: string) => sql`delete from ledger_entry where organisation_id = ${id} and sequence = 3`,
    ],
    [
      'a missing beginning',
      2,
      (sql: Sql, id: string) => sql`delete from ledger_entry where organisation_id = ${id} and sequence = 1`,
    ],
  ])('finds %s', async (_case, sequence, change) => {
    const who = await withEntries(5)
    expect((await check(who)).verdict.ok).toBe(true)
    await tamper((sql) => change(sql, who.member.organisationId))
    const { verdict } = await check(who)
    expect(verdict.ok).toBe(false)
    expect(verdict.faults[0]).toMatchObject({ part: 'entry', number: sequence })
    expect(verdict.faults[0].sentence).toContain(`Entry ${sequence}`)
  })

  test('finds that the end is gone, once a report has named an entry of it', async () => {
    const who = await withEntries(5)
    const { organisationId } = who.member
    const [newest] = (await page(who)).entries
    await nameInReport(who, { sequence: newest.sequence, hash: newest.hash })
    expect(await check(who)).toMatchObject({ verdict: { ok: true }, anchor: newest.sequence })
    await tamper(
      (sql) => sql`delete from ledger_entry where organisation_id = ${organisationId} and sequence = 5`,
    )
    const { faults } = (await check(who)).verdict
    expect(faults).toMatchObject([
      { part: 'entry', number: 5, problem: 'shortened' },
      { part: 'head', number: 5, problem: 'shortened' },
    ])
  })

  test('leaves out a report whose statement cannot be read', async () => {
    const who = await withEntries(2)
    await nameInReport(who, { sequence: 0, hash: 'none' })
    expect(await check(who)).toMatchObject({ verdict: { ok: true, entries: 2 }, anchor: null })
  })
})

/** A report row that names this entry, as `prepareReport` writes it into the statement. */
async function nameInReport({ member }: SignedIn, ledgerHead: { sequence: number; hash: string }) {
  const { organisationId, userId } = member
  const ids = { clientId: crypto.randomUUID(), applicationId: crypto.randomUUID() }
  const at = new Date()
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await insertClient(tx, { organisationId, id: ids.clientId, legalName: 'Signed Ltd', createdAt: at })
    await insertApplication(tx, {
      organisationId,
      id: ids.applicationId,
      clientId: ids.clientId,
      formCode: 'core-cyber',
      edition: '1',
      editionSha256: '0'.repeat(64),
      createdBy: userId,
      createdAt: at,
    })
    await insertReport(tx, {
      organisationId,
      id: crypto.randomUUID(),
      ...ids,
      state: 'signed',
      statement: JSON.stringify({ ledgerHead }),
      statementSha256: '0'.repeat(64),
      createdBy: userId,
      createdAt: at,
    })
  })
}
