/** What the columns of tables mean, by their headers, as somebody of the organisation explained them. */
import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { ColumnMapping } from '#evidence/importers/importer.ts'
import { at, organisationId } from './columns.ts'

export const columnMapping = pgTable(
  'column_mapping',
  {
    organisationId: organisationId(),
    /** Of the folded headers in their order: the same export again has the same. */
    headerSha256: text('header_sha256').notNull(),
    mapping: jsonb('mapping').$type<ColumnMapping>().notNull(),
    savedBy: uuid('saved_by').notNull(),
    savedByName: text('saved_by_name').notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.headerSha256] })],
)
