/** What was known before: each version of what is changed in place, written by triggers (migration 0009). */
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Answer } from '#questionnaires/answers.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { application } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { evidence } from './evidence.ts'

export const answerVersion = pgTable(
  'answer_version',
  {
    organisationId: organisationId(),
    applicationId: uuid('application_id').notNull(),
    questionId: text('question_id').notNull(),
    version: integer('version').notNull(),
    /** null: cleared. */
    answer: jsonb('answer').$type<Answer>(),
    /** From when on it held, as the person said who gave it. */
    trueFrom: at('true_from').notNull(),
    answeredBy: uuid('answered_by').notNull(),
    answeredByName: text('answered_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.applicationId, table.questionId, table.version] }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
  ],
)

export const applicationVersion = pgTable(
  'application_version',
  {
    organisationId: organisationId(),
    applicationId: uuid('application_id').notNull(),
    version: integer('version').notNull(),
    state: text('state', { enum: ['draft', 'frozen'] }).notNull(),
    circumstances: jsonb('circumstances').$type<Circumstances>().notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.applicationId, table.version] }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
  ],
)

export const evidenceVersion = pgTable(
  'evidence_version',
  {
    organisationId: organisationId(),
    evidenceId: uuid('evidence_id').notNull(),
    version: integer('version').notNull(),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    controlIds: text('control_ids').array().notNull(),
    questionRefs: text('question_refs').array().notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.evidenceId, table.version] }),
    foreignKey({
      columns: [table.organisationId, table.evidenceId],
      foreignColumns: [evidence.organisationId, evidence.id],
    }),
  ],
)
