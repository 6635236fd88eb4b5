/** Signed reports shown to somebody outside the organisation. */
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { mailMessage } from './attestation.ts'
import { at, organisationId } from './columns.ts'
import { report } from './ledger.ts'

/** One link to one report for one recipient. Never deleted. */
export const reportShare = pgTable(
  'report_share',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    reportId: uuid('report_id').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientOrganisation: text('recipient_organisation').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    mayDownload: boolean('may_download').notNull(),
    tokenSha256: text('token_sha256').notNull(),
    /** argon2id. */
    passcodeHash: text('passcode_hash').notNull(),
    /** Since the passcode was last entered rightly, or the share unlocked. */
    wrongTries: integer('wrong_tries').notNull().default(0),
    lockedAt: at('locked_at'),
    /** `preparer`: there was no mail server, so the link waits in the outbox. */
    delivery: text('delivery', { enum: ['mail-server', 'preparer'] }).notNull(),
    mailId: uuid('mail_id').notNull(),
    sharedBy: uuid('shared_by').notNull(),
    sharedByName: text('shared_by_name').notNull(),
    sharedAt: at('shared_at').notNull(),
    /** From this moment on it opens nothing. */
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.tokenSha256),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.mailId],
      foreignColumns: [mailMessage.organisationId, mailMessage.id],
    }),
    index('report_share_report').on(table.organisationId, table.reportId, table.sharedAt),
  ],
)

export const SHARE_ACCESS_KINDS = [
  'opened',
  'wrong-passcode',
  'locked',
  'viewed',
  'downloaded',
  'turned-away',
] as const

export const SHARED_FILES = ['pdf', 'oscal', 'envelope', 'detached'] as const

/** What was done with a link. Never changed, never deleted. */
export const reportShareAccess = pgTable(
  'report_share_access',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    shareId: uuid('share_id').notNull(),
    kind: text('kind', { enum: SHARE_ACCESS_KINDS }).notNull(),
    /** Which file, where one was downloaded. */
    file: text('file', { enum: SHARED_FILES }),
    at: at('at').notNull(),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.shareId],
      foreignColumns: [reportShare.organisationId, reportShare.id],
    }),
    index('report_share_access_newest').on(table.organisationId, table.shareId, table.at),
  ],
)
