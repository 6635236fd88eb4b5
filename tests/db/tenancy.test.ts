import { getTableName, sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectTo } from '#db/connection.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { insertEverywhere, newSample, sampleRow, tables, tenantTables } from './sample-rows.ts'

const ours = newSample()
const theirs = newSample()
const names = tenantTables.map(getTableName)
let database: TestDatabase
let admin: ReturnType<typeof connectTo>
/** One connection in the application's role, without the care that openDatabase takes. */
let app: ReturnType<typeof connectTo>

beforeAll(async () => {
  database = await openTestDatabase()
  admin = connectTo(database.adminUrl, { max: 2 })
  app = connectTo(database.ownerUrl, { max: 1, connection: { role: 'attested_app' } })
  for (const sample of [ours, theirs]) await insertEverywhere(admin, sample)
})

afterAll(async () => {
  await Promise.all([admin.end(), app.end()])
  await database.close()
})

const ask = (organisationId: string, text: string) =>
  database.inOrganisation(organisationId, (tx) => tx.execute(sql.raw(text)))

const asOurs = <T>(work: (tx: postgres.TransactionSql) => Promise<T>) =>
  app.begin(async (tx) => {
    await tx`select set_config('attested.organisation_id', ${ours.organisationId}, true)`
    return work(tx)
  })

const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
  )

describe('every table', () => {
  test('has forced row-level security', async () => {
    const rows = await admin<{ relname: string }[]>`
      select relname from pg_class join pg_namespace n on n.oid = relnamespace
      where nspname = 'public' and relkind = 'r' and relrowsecurity and relforcerowsecurity`
    expect(rows.map(({ relname }) => relname).sort()).toEqual(tables.map(getTableName).sort())
  })

  test.each(names)('%s lets the application touch rows of the current organisation only', async (name) => {
    const policies = await admin<{ qual: string; check: string }[]>`
      select qual, with_check as check from pg_policies where tablename = ${name} and 'attested_app' = any(roles)`
    const condition = '(organisation_id = attested_current_organisation())'
    expect(policies.map((policy) => ({ ...policy }))).toEqual([{ qual: condition, check: condition }])
  })

  test.each(names)('%s shows an organisation its own row and no other', async (name) => {
    const rows = await ask(ours.organisationId, `select organisation_id from "${name}"`)
    expect(rows.map((row) => row.organisation_id)).toEqual([ours.organisationId])
  })

  test.each(names)('%s shows nothing to an unknown organisation', async (name) => {
    expect(await ask(crypto.randomUUID(), `select 1 from "${name}"`)).toHaveLength(0)
  })

  test.each([...names, 'organisation'])(
    '%s shows nothing when the organisation was forgotten',
    async (name) => {
      const [before] = await app`select count(*)::int as n from ${app(name)}`
      // A transaction that had one leaves an empty setting behind on the connection, not the organisation.
      const [inside] = await asOurs((tx) => tx`select count(*)::int as n from ${tx(name)}`)
      const [after] = await app`select count(*)::int as n from ${app(name)}`
      expect([before?.n, inside?.n, after?.n]).toEqual([0, 1, 0])
    },
  )

  test.each(names)('%s hides all rows even from its owner', async (name) => {
    const owner = connectTo(database.ownerUrl, { max: 1 })
    const [row] = await owner`select count(*)::int as n from ${owner(name)}`.finally(() => owner.end())
    expect(row?.n).toBe(0)
  })

  test.each(tenantTables.map((table) => [getTableName(table), table] as const))(
    '%s refuses a row for another organisation',
    async (name, table) => {
      const row = sampleRow(table, { ...theirs, id: crypto.randomUUID() }) as Record<string, string>
      // Entry 1: as far as we can see, that organisation's ledger is empty.
      const attempt = asOurs((tx) => tx`insert into ${tx(name)} ${tx(row)}`)
      expect(await refusal(attempt)).toMatch(/violates row-level security policy|permission denied/)
    },
  )

  test.each(names)("%s: another organisation's rows cannot be changed or deleted", async (name) => {
    const target = `where organisation_id = '${theirs.organisationId}'`
    const [column] = await admin<{ name: string }[]>`
      select column_name as name from information_schema.column_privileges
      where grantee = 'attested_app' and table_name = ${name} and privilege_type = 'UPDATE' limit 1`
    if (column) {
      const changed = await ask(
        ours.organisationId,
        `update "${name}" set "${column.name}" = "${column.name}" ${target} returning 1`,
      )
      expect(changed).toHaveLength(0)
    } else {
      expect(
        await refusal(
          ask(ours.organisationId, `update "${name}" set organisation_id = organisation_id ${target}`),
        ),
      ).toMatch(/permission denied/)
    }
    expect(await refusal(ask(ours.organisationId, `delete from "${name}" ${target}`))).toMatch(
      /permission denied/,
    )
  })
})

describe('the application', () => {
  test('sees its own organisation and no other', async () => {
    const rows = await ask(ours.organisationId, 'select id from organisation')
    expect(rows.map(({ id }) => id)).toEqual([ours.organisationId])
  })

  test('sees the names of its own members only', async () => {
    const rows = await ask(ours.organisationId, 'select id, email, name from account')
    expect(rows.map(({ id }) => id)).toEqual([ours.userId])
  })

  test.each([
    'select password_hash from account',
    'select * from account',
    'select * from session',
    'delete from session',
  ])('may not: %s', async (text) => {
    expect(await refusal(ask(ours.organisationId, text))).toMatch(/permission denied/)
  })

  test('may not move a row to another organisation', async () => {
    const move = `update client set organisation_id = '${theirs.organisationId}'`
    expect(await refusal(ask(ours.organisationId, move))).toMatch(/row-level security/)
  })

  test('stays in its role whatever a query resets', async () => {
    const rows = await database.inOrganisation(ours.organisationId, async (tx) => {
      await tx.execute(sql`reset role`)
      return tx.execute(sql`select current_user as name`)
    })
    expect(rows[0]?.name).toBe('attested_app')
  })

  test.each(['', 'x', "' or true --", `${ours.organisationId} `])(
    'refuses %j as an organisation id',
    async (id) => {
      await expect(ask(id, 'select 1')).rejects.toThrow('An organisation id is a UUID')
    },
  )

  test('rolls everything back when the work throws', async () => {
    const attempt = database.inOrganisation(ours.organisationId, async (tx) => {
      await tx.execute(sql`update client set legal_name = 'changed'`)
      throw new Error('stop')
    })
    await expect(attempt).rejects.toThrow('stop')
    const [row] = await ask(ours.organisationId, 'select legal_name as name from client')
    expect(row?.name).toBe('x')
  })
})

describe('sign-in', () => {
  test.each(names.filter((name) => name !== 'membership'))('may not read %s', async (name) => {
    const attempt = database.forSignIn((tx) => tx.execute(sql.raw(`select 1 from "${name}"`)))
    expect(await refusal(attempt)).toMatch(/permission denied/)
  })

  test('reads accounts, through both of its doors', async () => {
    const query = sql`select count(*)::int as n from account where password_hash = 'secret hash'`
    expect(await database.forSignIn((tx) => tx.execute(query))).toMatchObject([{ n: 2 }])
    expect(await database.signIn.execute(query)).toMatchObject([{ n: 2 }])
  })

  test.each([
    'delete from account',
    'delete from membership',
    'update organisation set name = name',
    'delete from organisation',
  ])('may not: %s', async (text) => {
    expect(await refusal(database.signIn.execute(sql.raw(text)))).toMatch(/permission denied/)
  })
})
