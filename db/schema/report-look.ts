/** How an organisation's reports look. */
import { foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, organisationId } from './columns.ts'

/** Never changed or deleted: a statement names its logo by the digest. */
export const reportLogo = pgTable(
  'report_logo',
  {
    organisationId: organisationId(),
    sha256: text('sha256').notNull(),
    pngBase64: text('png_base64').notNull(),
    widthPixels: integer('width_pixels').notNull(),
    heightPixels: integer('height_pixels').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.sha256] })],
)

export const reportLook = pgTable(
  'report_look',
  {
    organisationId: organisationId(),
    /** #rrggbb; null for ours. */
    accent: text('accent'),
    logoSha256: text('logo_sha256'),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId] }),
    foreignKey({
      columns: [table.organisationId, table.logoSha256],
      foreignColumns: [reportLogo.organisationId, reportLogo.sha256],
    }),
  ],
)
