/** The one place that turns a connection URL into a postgres.js client. */
import postgres from 'postgres'

type Options = postgres.Options<Record<string, postgres.PostgresType>>

/**
 * Like `postgres(url, options)`, and understands the percent-encoded socket folder of libpq and `pg`
 * (`postgres://user:password@%2Frun%2Fdb:5432/name`), which postgres.js takes for a host name.
 */
export function connectTo(url: string, options: Options = {}): postgres.Sql {
  const host = /^\w+:\/\/(?:[^@/?]*@)?([^:/?]*)(?::(\d+))?/.exec(url)
  const folder = decodeURIComponent(host?.[1] ?? '')
  const path = folder.startsWith('/') ? { path: `${folder}/.s.PGSQL.${host?.[2] ?? 5432}` } : {}
  return postgres(url, { onnotice: () => {}, ...path, ...options }) as postgres.Sql
}

/** For messages: everything but the password. */
export function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/?]*):[^@/?]*@/, '$1:…@')
}
