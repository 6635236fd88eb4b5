/** The one place that turns a connection URL into a postgres.js client. */
import { makePgArray } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import { parse } from 'postgres-array'

type Options = postgres.Options<Record<string, postgres.PostgresType>>

/** Of text, of names, of UUIDs and of varying characters, by PostgreSQL's fixed numbers. */
const TEXT_ARRAYS = [1009, 1003, 2951, 1015]
const types = Object.fromEntries(
  TEXT_ARRAYS.map((oid) => [
    `array${oid}`,
    {
      to: oid,
      from: [oid],
      serialize: (value: unknown) => (Array.isArray(value) ? makePgArray(value) : value),
      parse: (text: string) => parse(text, String),
    },
  ]),
)

/**
 * Like `postgres(url, options)`, and understands the percent-encoded socket folder of libpq and `pg`
 * (`postgres://user:password@%2Frun%2Fdb:5432/name`), which postgres.js takes for a host name.
 */
export function connectTo(url: string, options: Options = {}): postgres.Sql {
  const host = /^\w+:\/\/(?:[^@/?]*@)?([^:/?]*)(?::(\d+))?/.exec(url)
  const folder = decodeURIComponent(host?.[1] ?? '')
  const path = folder.startsWith('/') ? { path: `${folder}/.s.PGSQL.${host?.[2] ?? 5432}` } : {}
  // Asking the server for its array types is a query that nobody awaits: the server ending just then would end us.
  return postgres(url, { onnotice: () => {}, fetch_types: false, types, ...path, ...options }) as postgres.Sql
}

/** For messages: everything but the password. */
export function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/?]*):[^@/?]*@/, '$1:…@')
}
