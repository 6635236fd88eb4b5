import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectTo } from '#db/connection.server.ts'
import { migrate, readMigrations } from '#db/migrate.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'

let database: TestDatabase
let owner: ReturnType<typeof connectTo>

beforeAll(async () => {
  database = await openTestDatabase({ empty: true })
  owner = connectTo(database.ownerUrl, { max: 2 })
})

afterAll(async () => {
  await owner.end()
  await database.close()
})

const step = (name: string, text: string) => ({ name, text })
const first = step('0001_first.sql', 'create table first (id int)')
const second = step('0002_second.sql', 'create table second (id int);\ninsert into second values (1)')

describe('migrations', () => {
  test('are applied once, in order', async () => {
    expect(await migrate(owner, [first])).toEqual(['0001_first.sql'])
    expect(await migrate(owner, [first, second])).toEqual(['0002_second.sql'])
    expect(await migrate(owner, [first, second])).toEqual([])
    expect(await owner`select id from second`).toHaveLength(1)
  })

  test('run once when several instances start together', async () => {
    const third = step('0003_third.sql', 'create table third (id int)')
    const other = connectTo(database.ownerUrl, { max: 1 })
    const results = await Promise.all([owner, other].map((sql) => migrate(sql, [first, second, third])))
    await other.end()
    expect(results.flat()).toEqual(['0003_third.sql'])
    await owner`delete from attested_migration where name = '0003_third.sql'`
  })

  test('are refused when an applied one was changed', async () => {
    const changed = { ...second, text: `${second.text} ` }
    await expect(migrate(owner, [first, changed])).rejects.toMatchObject({ code: 'migration-changed' })
  })

  test('are the same with other line ends', async () => {
    const windows = { ...second, text: second.text.replaceAll('\n', '\r\n') }
    expect(await migrate(owner, [first, windows])).toEqual([])
  })

  test('are refused on a database of a newer version', async () => {
    await expect(migrate(owner, [first])).rejects.toMatchObject({ code: 'database-newer' })
  })

  test('leave nothing behind when one of them fails', async () => {
    const good = step('0004_good.sql', 'create table good (id int)')
    const bad = step('0005_bad.sql', 'create table good (id int)')
    await expect(migrate(owner, [first, second, good, bad])).rejects.toThrow(/already exists/)
    expect(await owner`select to_regclass('good') as found`).toEqual([{ found: null }])
    expect(await migrate(owner, [first, second])).toEqual([])
  })

  test('are numbered without gaps', async () => {
    const numbers = (await readMigrations()).map(({ name }) => Number(name.slice(0, 4)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  test('say so when the database user may not create tables', async () => {
    const admin = connectTo(database.adminUrl, { max: 1 })
    const name = `guest_${crypto.randomUUID().slice(0, 8)}`
    await admin.unsafe(`create role ${name} login password 'guest'`)
    const url = database.ownerUrl.replace(/\/\/[^@]*@/, `//${name}:guest@`)
    const guest = connectTo(url, { max: 1 })
    try {
      await expect(migrate(guest, [first, second])).rejects.toMatchObject({ code: 'privilege-missing' })
    } finally {
      await guest.end()
      await admin.unsafe(`drop role ${name}`)
      await admin.end()
    }
  })
})
