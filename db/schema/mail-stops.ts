/** Addresses that get no mails of an organisation, or none of one purpose. */
import { foreignKey, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { mailMessage } from './attestation.ts'
import { at, organisationId } from './columns.ts'

export const mailStop = pgTable(
  'mail_stop',
  {
    organisationId: organisationId(),
    /** In lower case. */
    address: text('address').notNull(),
    /** `digest`: no summaries; requests, links and codes still go there. */
    purpose: text('purpose', { enum: ['all', 'digest'] }).notNull(),
    reason: text('reason', { enum: ['refused', 'bounced', 'complained', 'unsubscribed'] }).notNull(),
    /** What the mail server said. */
    detail: text('detail').notNull(),
    /** The mail that it came of. */
    mailId: uuid('mail_id').notNull(),
    since: at('since').notNull(),
    liftedAt: at('lifted_at'),
    liftedByName: text('lifted_by_name'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.address, table.purpose] }),
    foreignKey({
      columns: [table.organisationId, table.mailId],
      foreignColumns: [mailMessage.organisationId, mailMessage.id],
    }),
  ],
)
