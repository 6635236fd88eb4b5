import { sql } from 'drizzle-orm'
import PgBoss from 'pg-boss'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#db/client.server.ts'
import { connectTo, withoutPassword } from '#db/connection.server.ts'
import { readMigrations } from '#db/migrate.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'

let empty: TestDatabase
// Never made: with a URL, the data folder is nobody's business.
const dataDir = '/nonexistent/data'

beforeAll(async () => {
  empty = await openTestDatabase({ empty: true })
})

afterAll(() => empty.close())

describe('an external PostgreSQL', () => {
  test('is migrated once when several instances open it together, and works like the built-in one', async () => {
    const instances = await Promise.all([1, 2, 3].map(() => openDatabase({ url: empty.ownerUrl, dataDir })))
    const rows = await Promise.all(
      instances.map((database) => database.forSignIn((tx) => tx.execute(sql`select current_user as name`))),
    )
    expect(rows.map(([row]) => row?.name)).toEqual(Array(3).fill('attested_sign_in'))
    const admin = connectTo(empty.adminUrl, { max: 1 })
    const applied = await admin<{ name: string }[]>`select name from attested_migration order by name`
    expect(applied.map(({ name }) => name)).toEqual((await readMigrations()).map(({ name }) => name))
    await admin.end()
    for (const database of instances) await database.close()
  })

  test('carries the job queue, which connects by the same URL with another driver', async () => {
    const database = await openDatabase({ url: empty.ownerUrl, dataDir })
    const boss = new PgBoss({ connectionString: database.ownerUrl, max: 2 })
    await boss.start()
    await boss.createQueue('greeting')
    await boss.send('greeting', { text: 'hello' })
    const [job] = await boss.fetch<{ text: string }>('greeting')
    expect(job?.data).toEqual({ text: 'hello' })
    await boss.stop({ graceful: false })
    await database.close()
  })

  test('lets the application role nowhere near the job queue', async () => {
    const database = await openDatabase({ url: empty.ownerUrl, dataDir })
    const attempt = database.inOrganisation(crypto.randomUUID(), (tx) =>
      tx.execute(sql`select 1 from pgboss.job`),
    )
    await expect(attempt).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/permission denied/) },
    })
    await database.close()
  })

  test.each([
    ['nobody listens', (url: string) => url.replace(/@[^/]*\//, '@127.0.0.1:1/')],
    ['the socket is missing', (url: string) => url.replace(/@[^/]*\//, '@%2Fnonexistent:5432/')],
    ['the password is wrong', (url: string) => url.replace(/:[^:@/]*@/, ':hunter2@')],
    ['there is no such database', (url: string) => `${url}_missing`],
  ])('is named without its password when %s', async (_, spoil) => {
    const failure = await openDatabase({ url: spoil(empty.ownerUrl), dataDir }).catch((error) => error)
    expect(failure).toMatchObject({ code: 'database-unreachable' })
    expect(failure.message).toMatch(/Check DATABASE_URL/)
    expect(failure.message).not.toContain(new URL(empty.ownerUrl).password)
    expect(failure.message).not.toContain('hunter2')
  })

  test('is refused without the right to make the roles, unless they are there', async () => {
    // The roles exist on the test server: a user who is no member and may not grant them is in the same position.
    const admin = connectTo(empty.adminUrl, { max: 1 })
    const guest = `guest_${crypto.randomUUID().slice(0, 8)}`
    const other = await openTestDatabase({ empty: true })
    const name = new URL(other.ownerUrl).pathname.slice(1)
    await admin.unsafe(`create role ${guest} login password 'guest'`)
    await admin.unsafe(`alter database ${name} owner to ${guest}`)
    const url = other.ownerUrl.replace(/\/\/[^@]*@/, `//${guest}:guest@`)
    try {
      await expect(openDatabase({ url, dataDir })).rejects.toMatchObject({
        code: 'privilege-missing',
        message: expect.stringContaining('create role attested_app nologin; grant attested_app'),
      })
      await admin.unsafe(`grant attested_app, attested_sign_in, attested_status to ${guest}`)
      await (await openDatabase({ url, dataDir })).close()
    } finally {
      await other.close()
      await admin.unsafe(`drop role ${guest}`)
      await admin.end()
    }
  })
})

test('a password is taken out of a URL for messages', () => {
  expect(withoutPassword('postgres://ann:se%40cret@db.example:5432/x?sslmode=require')).toBe(
    'postgres://ann:…@db.example:5432/x?sslmode=require',
  )
})
