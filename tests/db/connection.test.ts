import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectTo } from '#db/connection.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'

let database: TestDatabase
let admin: ReturnType<typeof connectTo>

beforeAll(async () => {
  database = await openTestDatabase({ empty: true })
  admin = connectTo(database.adminUrl, { max: 1 })
})
afterAll(async () => {
  await admin.end()
  await database.close()
})

test('lists of texts come back as they were sent', async () => {
  const texts = ['plain', '', 'DOMAIN\\host', 'a "quoted", one', '{braces}', 'null', 'Ł 漢字', 'two\nlines']
  await admin`create table lists (texts text[], ids uuid[])`
  const id = crypto.randomUUID()
  await admin`insert into lists ${admin({ texts, ids: [id] })}`
  expect([...(await admin`select texts, ids from lists`)]).toEqual([{ texts, ids: [id] }])
  expect([...(await admin`select '{}'::text[] as none, null::text[] as nothing`)]).toEqual([
    { none: [], nothing: null },
  ])
})
