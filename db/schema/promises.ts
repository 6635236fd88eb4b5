/** What became of what an officer promised in a re-attestation. */
import { sql } from 'drizzle-orm'
import { date, foreignKey, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, organisationId } from './columns.ts'
import { reattestationResult } from './reattestations.ts'

/** A plan that was done, a broker who was told. Never deleted and never changed; opened again. */
export const promiseKept = pgTable(
  'promise_kept',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    reportId: uuid('report_id').notNull(),
    questionId: text('question_id').notNull(),
    promise: text('promise', { enum: ['plan', 'broker'] }).notNull(),
    keptOn: date('kept_on', { mode: 'string' }).notNull(),
    note: text('note'),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    /** It was recorded by mistake, or did not last. */
    reopenedAt: at('reopened_at'),
    reopenedByName: text('reopened_by_name'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.reportId, table.questionId],
      foreignColumns: [
        reattestationResult.organisationId,
        reattestationResult.reportId,
        reattestationResult.questionId,
      ],
    }),
    uniqueIndex('promise_kept_standing')
      .on(table.organisationId, table.reportId, table.questionId, table.promise)
      .where(sql`reopened_at IS NULL`),
  ],
)
