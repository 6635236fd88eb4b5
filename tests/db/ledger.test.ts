import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Tx } from '#db/client.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { findLastEntry, insertEntry, listEntries, lockLedger } from '#db/queries/ledger.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { ZEROS } from './sample-rows.ts'

let database: TestDatabase
let admin: ReturnType<typeof connectTo>
let organisationId: string

beforeAll(async () => {
  database = await openTestDatabase()
  admin = connectTo(database.adminUrl, { max: 1 })
})

beforeEach(async () => {
  organisationId = crypto.randomUUID()
  await admin`insert into organisation (id, name, kind, created_at) values (${organisationId}, 'Org', 'msp', now())`
})

afterAll(async () => {
  await admin.end()
  await database.close()
})

const hashOf = (sequence: number) => sequence.toString(16).padStart(64, '0')

const entry = (sequence: number, previousHash = hashOf(sequence - 1)) => ({
  organisationId,
  sequence,
  previousHash,
  kind: 'test',
  payload: '{}',
  hash: hashOf(sequence),
  actor: 'Ann',
  at: new Date('2026-01-05T10:00:00Z'),
})

const append = (row: ReturnType<typeof entry>) =>
  database.inOrganisation(organisationId, (tx) => insertEntry(tx, row))

const refusal = (attempt: PromiseLike<unknown>) =>
  Promise.resolve(attempt).then(
    () => 'accepted',
    (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
  )

describe('an entry', () => {
  test('is accepted when it follows the last one', async () => {
    await append(entry(1))
    await append(entry(2))
    const rows = await database.inOrganisation(organisationId, (tx) =>
      listEntries(tx, organisationId, { limit: 10 }),
    )
    expect(rows).toEqual([entry(2), entry(1)])
  })

  test.each([
    ['a first entry that is not number 1', () => entry(2, ZEROS)],
    ['a first entry that is number 0', () => entry(0, ZEROS)],
    ['a first entry that follows some other hash', () => entry(1, hashOf(7))],
  ])('is refused: %s', async (_, row) => {
    expect(await refusal(append(row()))).toMatch(/ledger entry/)
  })

  test.each([
    ['a gap', () => entry(3, hashOf(1)), /does not follow entry 1/],
    ['a number that is taken', () => entry(1, hashOf(1)), /does not follow entry 1/],
    ['a wrong previous hash', () => entry(2, hashOf(9)), /does not name the hash/],
    ['a hash that is none', () => ({ ...entry(2), hash: 'abc' }), /check constraint/],
  ])('is refused after another: %s', async (_, row, message) => {
    await append(entry(1))
    expect(await refusal(append(row()))).toMatch(message)
  })

  test('is refused in the middle of several', async () => {
    const attempt = database.inOrganisation(organisationId, (tx) =>
      tx.execute(sql`insert into ledger_entry (organisation_id, sequence, previous_hash, kind, payload, hash, actor, at)
        select ${organisationId}, n, ${ZEROS}, 'test', '{}', ${hashOf(1)}, 'Ann', now() from generate_series(1, 2) n`),
    )
    expect(await refusal(attempt)).toMatch(/ledger entry 2 does not name/)
  })

  test('counts on its own in each organisation', async () => {
    await append(entry(1))
    organisationId = crypto.randomUUID()
    await admin`insert into organisation (id, name, kind, created_at) values (${organisationId}, 'Two', 'msp', now())`
    await append(entry(1))
  })

  test('is not fooled by a temporary table of the same name', async () => {
    await append(entry(1))
    const attempt = database.inOrganisation(organisationId, async (tx) => {
      await tx.execute(sql`create temp table ledger_entry (like public.ledger_entry) on commit drop`)
      await tx.execute(sql`insert into public.ledger_entry (organisation_id, sequence, previous_hash, kind, payload, hash, actor, at)
        values (${organisationId}, 1, ${ZEROS}, 'test', '{}', ${hashOf(5)}, 'Ann', now())`)
    })
    expect(await refusal(attempt)).toMatch(/does not follow entry 1/)
  })
})

describe('a written entry', () => {
  const changes = [
    'update ledger_entry set payload = payload',
    'delete from ledger_entry',
    'truncate ledger_entry',
  ]
  const more = ['truncate organisation cascade', 'update ledger_entry set payload = payload where false']
  const upsert = `insert into ledger_entry select * from ledger_entry limit 1
    on conflict (organisation_id, sequence) do update set payload = 'x'`

  beforeEach(() => append(entry(1)))

  test.each([...changes, ...more, upsert])('is not changed by a superuser: %s', async (text) => {
    expect(await refusal(admin.unsafe(text))).toMatch(/ledger entries are never changed/)
  })

  test.each(changes)('is not changed by a superuser in replica mode: %s', async (text) => {
    const attempt = admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx.unsafe(text)
    })
    expect(await refusal(attempt)).toMatch(/ledger entries are never changed/)
  })

  test.each(changes)('is not changed by the owner of the table: %s', async (text) => {
    const owner = connectTo(database.ownerUrl, { max: 1 })
    expect(await refusal(owner.unsafe(text))).toMatch(/ledger entries are never changed/)
    await owner.end()
  })

  test.each([...changes, upsert])('is not changed by the application: %s', async (text) => {
    const attempt = database.inOrganisation(organisationId, (tx) => tx.execute(sql.raw(text)))
    expect(await refusal(attempt)).toMatch(/permission denied/)
  })
})

describe('two appends at once', () => {
  async function appendNext(tx: Tx) {
    const last = await findLastEntry(tx, organisationId)
    await insertEntry(tx, entry((last?.sequence ?? 0) + 1))
  }

  test('of one organisation wait for each other when they lock first', async () => {
    const attempts = Array.from({ length: 20 }, () =>
      database.inOrganisation(organisationId, async (tx) => {
        await lockLedger(tx, organisationId)
        await appendNext(tx)
      }),
    )
    await Promise.all(attempts)
    const last = await database.inOrganisation(organisationId, (tx) => findLastEntry(tx, organisationId))
    expect(last).toEqual(entry(20))
  })

  test('of one organisation never fork the chain, even when they forget to lock', async () => {
    const attempts = Array.from({ length: 20 }, () => database.inOrganisation(organisationId, appendNext))
    const accepted = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')
    const rows = await database.inOrganisation(organisationId, (tx) =>
      listEntries(tx, organisationId, { limit: 100 }),
    )
    expect(rows.length).toBe(accepted.length)
    expect(rows.map(({ sequence }) => sequence).reverse()).toEqual(rows.map((_, index) => index + 1))
    expect(rows.length).toBeGreaterThan(0)
  })
})
