/** Who answers for each control of a client, as agreed, and what the provider takes on in general. */
import {
  boolean,
  date,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'

export const RESPONSIBLE_PARTIES = ['provider', 'client', 'third-party', 'nobody', 'unset'] as const

/** Never changed: each change is a version of its own, and the newest counts. */
export const responsibility = pgTable(
  'responsibility',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** Of the control catalogue. */
    controlId: text('control_id').notNull(),
    version: integer('version').notNull(),
    /** `nobody`: it was asked, and no one is. `unset`: nothing is agreed yet. */
    party: text('party', { enum: RESPONSIBLE_PARTIES }).notNull(),
    /** The third party by name. */
    thirdParty: text('third_party'),
    note: text('note'),
    agreedOn: date('agreed_on', { mode: 'string' }),
    /** Taken from the template rather than chosen for this client. */
    fromTemplate: boolean('from_template').notNull().default(false),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.clientId, table.controlId, table.version),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
  ],
)

/** As `responsibility`, for no client in particular. */
export const responsibilityTemplate = pgTable(
  'responsibility_template',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    controlId: text('control_id').notNull(),
    version: integer('version').notNull(),
    party: text('party', { enum: RESPONSIBLE_PARTIES }).notNull(),
    thirdParty: text('third_party'),
    note: text('note'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.controlId, table.version),
  ],
)
