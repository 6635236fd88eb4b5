/** What was said with a client about its insurance. */
import { date, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'

export const CONVERSATION_CHANNELS = ['meeting', 'call', 'mail', 'message'] as const

/** Never changed nor deleted; withdrawn with a reason. */
export const conversation = pgTable(
  'conversation',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    heldOn: date('held_on', { mode: 'string' }).notNull(),
    channel: text('channel', { enum: CONVERSATION_CHANNELS }).notNull(),
    /** The people at the client. */
    talkedWith: text('talked_with').notNull(),
    summary: text('summary').notNull(),
    /** As known from this conversation; null where it was not spoken of. */
    insurer: text('insurer'),
    broker: text('broker'),
    requirements: text('requirements'),
    nextStep: text('next_step'),
    nextStepOn: date('next_step_on', { mode: 'string' }),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    nextStepDoneAt: at('next_step_done_at'),
    withdrawnAt: at('withdrawn_at'),
    withdrawnByName: text('withdrawn_by_name'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('conversation_client').on(table.organisationId, table.clientId, table.heldOn),
  ],
)
