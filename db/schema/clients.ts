/** Named insureds and the applications prepared for them. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Answer } from '#questionnaires/answers.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { at, organisationId } from './columns.ts'

export const client = pgTable(
  'client',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    legalName: text('legal_name').notNull(),
    tradingName: text('trading_name'),
    industry: text('industry'),
    headcount: integer('headcount'),
    /** Minor units of `currency`, last full year. */
    annualRevenueMinor: bigint('annual_revenue_minor', { mode: 'number' }),
    currency: text('currency').notNull().default('USD'),
    domains: text('domains').array().notNull().default(sql`'{}'`),
    contactName: text('contact_name'),
    contactEmail: text('contact_email'),
    contactTitle: text('contact_title'),
    policyInceptionOn: date('policy_inception_on', { mode: 'string' }),
    policyRenewalOn: date('policy_renewal_on', { mode: 'string' }),
    notes: text('notes'),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    archivedAt: at('archived_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

export const application = pgTable(
  'application',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    formCode: text('form_code').notNull(),
    edition: text('edition').notNull(),
    /** Content hash of the edition it is pinned to. */
    editionSha256: text('edition_sha256').notNull(),
    /** `frozen` from the first signature on. */
    state: text('state', { enum: ['draft', 'frozen'] })
      .notNull()
      .default('draft'),
    /** What gates look at beside the answers; `facts` only from the first signature on. */
    circumstances: jsonb('circumstances').$type<Circumstances>().notNull().default({}),
    /** The application whose answers this one was begun with. */
    movedFrom: uuid('moved_from'),
    movePurpose: text('move_purpose', { enum: ['draft', 'renewal'] }),
    /** Thrown away while a draft: kept, and shown nowhere. */
    discardedAt: at('discarded_at'),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    /** When state or circumstances changed last; their versions take it as the time they were known from. */
    changedAt: at('changed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.movedFrom],
      foreignColumns: [table.organisationId, table.id],
    }),
    index('application_client').on(table.organisationId, table.clientId),
  ],
)

export const answer = pgTable(
  'answer',
  {
    organisationId: organisationId(),
    applicationId: uuid('application_id').notNull(),
    questionId: text('question_id').notNull(),
    /** null: cleared, that is unanswered again. */
    answer: jsonb('answer').$type<Answer | null>(),
    /** Grows by one with each save; a save names the version it has seen. */
    version: integer('version').notNull(),
    answeredBy: uuid('answered_by').notNull(),
    answeredByName: text('answered_by_name').notNull(),
    answeredAt: at('answered_at').notNull(),
    /** From when on it holds; null: since it was given. */
    trueFrom: at('true_from'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.applicationId, table.questionId] }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
  ],
)

/** A reasoned, expiring permission to sign a contradicted answer. Never deleted; revoked. */
export const exception = pgTable(
  'exception',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    applicationId: uuid('application_id').notNull(),
    questionId: text('question_id').notNull(),
    reason: text('reason').notNull(),
    compensatingControl: text('compensating_control').notNull(),
    owner: text('owner').notNull(),
    approvedBy: text('approved_by').notNull(),
    expiresOn: date('expires_on', { mode: 'string' }).notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: at('recorded_at').notNull(),
    revokedAt: at('revoked_at'),
    /** Which accounts, machines or sites; '' where it was recorded before that was asked. */
    scope: text('scope').notNull().default(''),
    /** null: since the day it was recorded. */
    startsOn: date('starts_on', { mode: 'string' }),
    revokedByName: text('revoked_by_name'),
    revokedReason: text('revoked_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    index('exception_application').on(table.organisationId, table.applicationId),
  ],
)
