/** What an insurer makes a quote or a binder depend on, and what became of each condition. */
import {
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { application, client } from './clients.ts'
import { at, organisationId } from './columns.ts'

/** A piece of evidence as it stood when a response cited it. */
export interface CitedEvidence {
  evidenceId: string
  revisionId: string
  title: string
  fileName: string
  sha256: string
  /** YYYY-MM-DD. */
  observedOn: string
}

/** The quote on an application and the binder issued on it; one for each application. */
export const binding = pgTable(
  'binding',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    applicationId: uuid('application_id').notNull(),
    insurer: text('insurer').notNull(),
    quoteReference: text('quote_reference').notNull(),
    quotedOn: date('quoted_on', { mode: 'string' }),
    boundOn: date('bound_on', { mode: 'string' }),
    /** After this day a binder with open conditions has lapsed. */
    binderExpiresOn: date('binder_expires_on', { mode: 'string' }),
    /** Who or what named another day than the usual one. */
    expirySource: text('expiry_source'),
    recordedByName: text('recorded_by_name').notNull(),
    changedAt: at('changed_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.applicationId),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
  ],
)

/** Never reworded nor deleted; withdrawn with a reason. */
export const subjectivity = pgTable(
  'subjectivity',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    applicationId: uuid('application_id').notNull(),
    /** The insurer's own number. */
    reference: text('reference'),
    /** In the insurer's words. */
    condition: text('condition').notNull(),
    /** Where it stands, such as a quote's number. */
    source: text('source').notNull(),
    timing: text('timing', { enum: ['pre-bind', 'post-bind'] }).notNull(),
    ownerName: text('owner_name').notNull(),
    ownerSide: text('owner_side', { enum: ['provider', 'client', 'broker', 'insurer'] }).notNull(),
    /** Of the control catalogue. */
    controlId: text('control_id'),
    /** Before the bind; null where the insurer named no day. */
    dueOn: date('due_on', { mode: 'string' }),
    /** After the bind. */
    dueDays: integer('due_days'),
    /** Whether it has lapsed is computed wherever this is read. */
    state: text('state', { enum: ['open', 'submitted', 'closed', 'waived'] })
      .notNull()
      .default('open'),
    version: integer('version').notNull().default(1),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
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
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    index('subjectivity_application').on(table.organisationId, table.applicationId, table.recordedAt),
    index('subjectivity_client').on(table.organisationId, table.clientId),
  ],
)

/** Only grows. */
export const subjectivityResponse = pgTable(
  'subjectivity_response',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    subjectivityId: uuid('subjectivity_id').notNull(),
    answer: text('answer').notNull(),
    cited: jsonb('cited').$type<CitedEvidence[]>().notNull(),
    respondedByName: text('responded_by_name').notNull(),
    respondedAt: at('responded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.subjectivityId],
      foreignColumns: [subjectivity.organisationId, subjectivity.id],
    }),
    index('subjectivity_response_order').on(table.organisationId, table.subjectivityId, table.respondedAt),
  ],
)

/** What the insurer said; only grows, and the newest counts. */
export const subjectivityDecision = pgTable(
  'subjectivity_decision',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    subjectivityId: uuid('subjectivity_id').notNull(),
    /** The newest response when it was recorded; null where the insurer decided without one. */
    responseId: uuid('response_id'),
    outcome: text('outcome', { enum: ['closed', 'not-enough', 'waived'] }).notNull(),
    why: text('why'),
    /** Who at the insurer. */
    decidedBy: text('decided_by').notNull(),
    decidedOn: date('decided_on', { mode: 'string' }).notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.subjectivityId],
      foreignColumns: [subjectivity.organisationId, subjectivity.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.responseId],
      foreignColumns: [subjectivityResponse.organisationId, subjectivityResponse.id],
    }),
    index('subjectivity_decision_order').on(table.organisationId, table.subjectivityId, table.recordedAt),
  ],
)

/** More time, granted by the insurer; only grows, and the newest is the day that counts. */
export const subjectivityExtension = pgTable(
  'subjectivity_extension',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    subjectivityId: uuid('subjectivity_id').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    earlierDueOn: date('earlier_due_on', { mode: 'string' }),
    grantedBy: text('granted_by').notNull(),
    grantedOn: date('granted_on', { mode: 'string' }).notNull(),
    reason: text('reason').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.subjectivityId],
      foreignColumns: [subjectivity.organisationId, subjectivity.id],
    }),
    index('subjectivity_extension_order').on(table.organisationId, table.subjectivityId, table.recordedAt),
  ],
)
