import { getTableName } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectTo } from '#db/connection.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { tables } from './sample-rows.ts'

let database: TestDatabase
let admin: ReturnType<typeof connectTo>

beforeAll(async () => {
  database = await openTestDatabase()
  admin = connectTo(database.adminUrl, { max: 1 })
})

afterAll(async () => {
  await admin.end()
  await database.close()
})

const each = tables.map((table) => [getTableName(table), table] as const)
const columnsOf = (list: { name: string }[]) => list.map(({ name }) => name)

test('the migrations make the tables of the Drizzle schema and no others', async () => {
  const rows = await admin`select relname as name from pg_class join pg_namespace n on n.oid = relnamespace
    where nspname = 'public' and relkind = 'r'`
  const made = rows.map(({ name }) => name)
  // In a test database the migrations are recorded beside the tables, as anywhere else.
  expect(made.sort()).toEqual([...tables.map(getTableName), 'attested_migration'].sort())
})

test.each(each)('%s has the columns of the Drizzle schema', async (name, table) => {
  const rows = await admin`
    select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required, atthasdef as "hasDefault"
    from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped order by attname`
  const expected = getTableConfig(table).columns.map((column) => ({
    name: column.name,
    type: column.getSQLType(),
    required: column.notNull || column.primary,
    hasDefault: column.hasDefault,
  }))
  expect(rows.map((row) => ({ ...row }))).toEqual(expected.sort((a, b) => (a.name < b.name ? -1 : 1)))
})

test.each(each)('%s has the keys and references of the Drizzle schema', async (name, table) => {
  const rows = await admin<{ type: string; columns: string[]; target: string | null; onDelete: string }[]>`
    select contype as type, confrelid::regclass::text as target, confdeltype as "onDelete",
      array(select attname::text from unnest(conkey) with ordinality k(n, i)
        join pg_attribute on attrelid = conrelid and attnum = n order by i) as columns
    from pg_constraint where conrelid = ${name}::regclass and contype in ('p', 'u', 'f')`
  const made = rows.map((row) =>
    row.type === 'f' ? `f ${row.columns} -> ${row.target} ${row.onDelete}` : `${row.type} ${row.columns}`,
  )
  expect(made.sort()).toEqual(expectedKeys(table).sort())
})

function expectedKeys(table: PgTable): string[] {
  const config = getTableConfig(table)
  return [
    ...config.columns.filter(({ primary }) => primary).map(({ name }) => `p ${name}`),
    ...config.primaryKeys.map((key) => `p ${columnsOf(key.columns)}`),
    ...config.columns.filter(({ isUnique }) => isUnique).map(({ name }) => `u ${name}`),
    ...config.uniqueConstraints.map((key) => `u ${columnsOf(key.columns)}`),
    ...config.foreignKeys.map((key) => {
      const { columns, foreignTable } = key.reference()
      const onDelete = { cascade: 'c', 'no action': 'a', restrict: 'r', 'set null': 'n', 'set default': 'd' }[
        key.onDelete ?? 'no action'
      ]
      return `f ${columnsOf(columns)} -> ${getTableName(foreignTable)} ${onDelete}`
    }),
  ]
}

test.each(each)('%s has the indexes of the Drizzle schema', async (name, table) => {
  const rows = await admin<{ name: string; columns: string[] }[]>`
    select indexrelid::regclass::text as name,
      array(select attname::text from unnest(indkey::int2[]) with ordinality k(n, i)
        join pg_attribute on attrelid = indrelid and attnum = n order by i) as columns
    from pg_index where indrelid = ${name}::regclass
      and not exists (select from pg_constraint where conindid = indexrelid)`
  const made = rows.map((row) => `${row.name.replaceAll('"', '')} ${row.columns}`)
  const expected = getTableConfig(table).indexes.map(
    ({ config }) => `${config.name} ${columnsOf(config.columns as { name: string }[])}`,
  )
  expect(made.sort()).toEqual(expected.sort())
})

test.each(each)('%s allows the words of the Drizzle schema and no others', async (name, table) => {
  const rows = await admin<{ column: string; definition: string }[]>`
    select attname as column, pg_get_constraintdef(c.oid) as definition from pg_constraint c
    join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where conrelid = ${name}::regclass and contype = 'c' and array_length(conkey, 1) = 1`
  const made = rows
    .filter(({ definition }) => definition.includes('ARRAY['))
    .map(({ column, definition }) => [
      column,
      [...definition.matchAll(/'([^']*)'/g)].map((match) => match[1]),
    ])
  const expected = getTableConfig(table)
    .columns.filter(({ enumValues }) => enumValues?.length)
    .map((column) => [column.name, column.enumValues])
  expect(Object.fromEntries(made)).toEqual(Object.fromEntries(expected))
})
