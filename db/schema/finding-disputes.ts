/** What a client contests of an insurer's findings. */
import { date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { clientFinding } from './findings.ts'
import type { CitedEvidence } from './subjectivities.ts'

/** Never changed nor deleted; settled once. */
export const findingDispute = pgTable(
  'finding_dispute',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    findingId: uuid('finding_id').notNull(),
    insurer: text('insurer').notNull(),
    /** The insurer's own number of the finding. */
    reference: text('reference'),
    ground: text('ground', {
      enum: ['wrong-asset', 'already-fixed', 'not-exploitable', 'accepted-exception'],
    }).notNull(),
    explanation: text('explanation').notNull(),
    cited: jsonb('cited').$type<CitedEvidence[]>().notNull(),
    raisedOn: date('raised_on', { mode: 'string' }).notNull(),
    /** When an answer is expected. */
    answerBy: date('answer_by', { mode: 'string' }).notNull(),
    raisedByName: text('raised_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    /** `upheld`: the insurer keeps the finding; `corrected`: it removed it; `withdrawn`: no longer contested. */
    state: text('state', { enum: ['open', 'upheld', 'corrected', 'withdrawn'] })
      .notNull()
      .default('open'),
    outcome: text('outcome'),
    /** Who at the insurer; null where the client withdrew. */
    answeredBy: text('answered_by'),
    answeredOn: date('answered_on', { mode: 'string' }),
    settledByName: text('settled_by_name'),
    settledAt: at('settled_at'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.findingId],
      foreignColumns: [clientFinding.organisationId, clientFinding.id],
    }),
    index('finding_dispute_finding').on(table.organisationId, table.findingId, table.recordedAt),
    index('finding_dispute_client').on(table.organisationId, table.clientId, table.recordedAt),
  ],
)
