/** Columns that every aggregate has in the same shape. */
import { timestamp, uuid } from 'drizzle-orm/pg-core'
import { organisation } from './accounts.ts'

/** A moment, in UTC. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Whose row it is: the leading column of every key and index, and what row-level security compares. */
export const organisationId = () =>
  uuid('organisation_id')
    .notNull()
    .references(() => organisation.id)
