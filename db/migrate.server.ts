/** Brings a database to this version's tables: plain SQL files, in order, all of them or none. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type postgres from 'postgres'
import { ensureRoles } from './roles.server.ts'
import { DatabaseStartError } from './start-error.ts'

const MIGRATIONS = new URL('./migrations/', import.meta.url)
/** Any constant will do, as long as every version of Attested uses the same. */
const MIGRATION_LOCK = 20_231
const OLDEST_POSTGRES = 140_000

export interface Migration {
  name: string
  text: string
}

export async function readMigrations(folder: URL = MIGRATIONS): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  )
}

/**
 * Applies what is missing in one transaction. Several instances may start at once: they wait for each other.
 *
 * @returns the names of the migrations applied now
 * @throws DatabaseStartError `postgres-too-old`, `privilege-missing`, `migration-changed`, `database-newer`
 */
export async function migrate(sql: postgres.Sql, migrations?: Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await readMigrations())
  const version = await checkServer(sql)
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    await tx`set local search_path = public, pg_temp`
    const applied = await readApplied(tx)
    const missing = pickMissing(wanted, applied)
    await ensureRoles(tx, version)
    for (const { name, text } of missing) {
      await tx.unsafe(text)
      await tx`insert into attested_migration (name, sha256) values (${name}, ${checksum(text)})`
    }
    return missing.map(({ name }) => name)
  })
}

async function checkServer(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ number: number; text: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as text`
  const { number, text } = row as { number: number; text: string }
  if (number < OLDEST_POSTGRES) {
    throw new DatabaseStartError(
      'postgres-too-old',
      `DATABASE_URL leads to PostgreSQL ${text}; Attested needs 14 or newer. Upgrade that server, or unset DATABASE_URL to use the built-in one.`,
    )
  }
  return number
}

async function readApplied(tx: postgres.TransactionSql): Promise<Map<string, string>> {
  try {
    await tx`
      create table if not exists attested_migration (
        name text primary key, sha256 text not null, applied_at timestamptz not null default now()
      )`
  } catch (error) {
    throw new DatabaseStartError(
      'privilege-missing',
      'The database user may not create tables. As an administrator run: ' +
        'grant create on database <name> to <user>; grant create on schema public to <user>',
      { cause: error },
    )
  }
  const rows = await tx<{ name: string; sha256: string }[]>`select name, sha256 from attested_migration`
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
}

/** Recorded migrations must be exactly the first ones we know. */
function pickMissing(wanted: Migration[], applied: Map<string, string>): Migration[] {
  const unknown = [...applied.keys()].filter((name) => !wanted.some((migration) => migration.name === name))
  if (unknown.length > 0) {
    throw new DatabaseStartError(
      'database-newer',
      `The database was used by a newer version of Attested (it has ${unknown.join(', ')}). Start that version again, or restore a backup made before it.`,
    )
  }
  for (const { name, text } of wanted) {
    const recorded = applied.get(name)
    if (recorded === undefined || recorded === checksum(text)) continue
    throw new DatabaseStartError(
      'migration-changed',
      `The migration ${name} was changed after it had been applied to this database. Restore the file as it was released, and put the change into a new migration.`,
    )
  }
  return wanted.filter(({ name }) => !applied.has(name))
}

/** Line ends don't count: a checkout with CRLF is no change. */
function checksum(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}
