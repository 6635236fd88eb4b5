/** A named person asked for a newer version of a piece of evidence. */
import { date, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { evidence, evidenceRevision } from './evidence.ts'

export const evidenceRequest = pgTable(
  'evidence_request',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    message: text('message').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    state: text('state', { enum: ['open', 'fulfilled', 'cancelled'] })
      .notNull()
      .default('open'),
    requestedBy: uuid('requested_by').notNull(),
    requestedByName: text('requested_by_name').notNull(),
    requestedAt: at('requested_at').notNull(),
    settledAt: at('settled_at'),
    /** The revision that answered it. */
    fulfilledBy: uuid('fulfilled_by'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.evidenceId],
      foreignColumns: [evidence.organisationId, evidence.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.fulfilledBy],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('evidence_request_client').on(table.organisationId, table.clientId, table.state),
    index('evidence_request_evidence').on(table.organisationId, table.evidenceId),
  ],
)
