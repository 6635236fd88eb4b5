/** The quarterly re-attestation of a signed application, and what the officer says of each answer in it. */
import { sql } from 'drizzle-orm'
import {
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { application, client } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { report } from './ledger.ts'

/** One for each application and period. Never deleted: discarded, missed or signed. */
export const reattestation = pgTable(
  'reattestation',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    applicationId: uuid('application_id').notNull(),
    /** The signed report of the application, whose answers are gone through again. */
    baseReportId: uuid('base_report_id').notNull(),
    /** From 1; the application itself answers for the time before the first. */
    number: integer('number').notNull(),
    periodFirst: date('period_first', { mode: 'string' }).notNull(),
    periodLast: date('period_last', { mode: 'string' }).notNull(),
    state: text('state', { enum: ['draft', 'with-officer', 'signed', 'discarded', 'missed'] }).notNull(),
    /** The report under way or signed; null while it is a draft. */
    reportId: uuid('report_id'),
    /** When the officer confirmed the unchanged answers of that report together. */
    unchangedConfirmedAt: at('unchanged_confirmed_at'),
    /** Null where a schedule began it. */
    createdBy: uuid('created_by'),
    createdByName: text('created_by_name').notNull(),
    createdAt: at('created_at').notNull(),
    closedAt: at('closed_at'),
    closedByName: text('closed_by_name'),
    closedReason: text('closed_reason'),
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
    foreignKey({
      columns: [table.organisationId, table.baseReportId],
      foreignColumns: [report.organisationId, report.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
    uniqueIndex('reattestation_once')
      .on(table.organisationId, table.applicationId, table.periodFirst)
      .where(sql`state <> 'discarded'`),
    index('reattestation_client').on(table.organisationId, table.clientId, table.periodFirst),
  ],
)

/** What the officer says of one answer, until the report is made of it; of each report that was put to them. */
export const reattestationResult = pgTable(
  'reattestation_result',
  {
    organisationId: organisationId(),
    reportId: uuid('report_id').notNull(),
    questionId: text('question_id').notNull(),
    result: text('result', { enum: ['still-true', 'with-exceptions', 'no-longer-true'] }).notNull(),
    exceptions: text('exceptions'),
    /** First day on which it was no longer true. */
    since: date('since', { mode: 'string' }),
    cause: text('cause'),
    plan: text('plan'),
    planOwner: text('plan_owner'),
    planDue: date('plan_due', { mode: 'string' }),
    /** Whether the broker is to be told, or was. */
    broker: text('broker', { enum: ['yes', 'no', 'told'] }),
    brokerOn: date('broker_on', { mode: 'string' }),
    givenAt: at('given_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.reportId, table.questionId] }),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
  ],
)
