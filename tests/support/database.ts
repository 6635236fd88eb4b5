/** A fresh, migrated database for one test file, on the server that global-setup.ts started. */
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { inject } from 'vitest'
import { type Database, openDatabase } from '#db/client.server.ts'
import { connectTo } from '#db/connection.server.ts'

export interface TestDatabase extends Database {
  /** For looking behind the application's back: a superuser. */
  adminUrl: string
  /** Closes the connections and drops the database. */
  close(): Promise<void>
}

/** @param options `empty` for a database without any table */
export async function openTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `${server.template}_${randomBytes(4).toString('hex')}`
  const owner = decodeURIComponent(new URL(server.ownerUrl).username)
  const admin = connectTo(server.adminUrl, { max: 1 })
  await admin
    .unsafe(`create database ${name} owner ${owner} ${options.empty ? '' : `template ${server.template}`}`)
    .finally(() => admin.end())
  const database = await openDatabase({
    url: onDatabase(server.ownerUrl, name),
    dataDir: tmpdir(),
    migrate: false,
  })
  return {
    ...database,
    adminUrl: onDatabase(server.adminUrl, name),
    async close() {
      await database.close()
      const cleaner = connectTo(server.adminUrl, { max: 1 })
      await cleaner.unsafe(`drop database if exists ${name} with (force)`).finally(() => cleaner.end())
    },
  }
}

/** The same URL, leading to another database of the server. */
function onDatabase(url: string, name: string): string {
  return url.replace(/^(\w+:\/\/[^/?]+)(\/[^?]*)?/, `$1/${name}`)
}
