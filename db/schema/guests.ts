/** People without an account: the link that each has to one thing, and what was done with it. */
import { foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { mailMessage } from './attestation.ts'
import { at, organisationId } from './columns.ts'
import { evidenceRevision } from './evidence.ts'

export const GUEST_KINDS = ['request', 'review', 'room'] as const

/** One link to one thing for one person. Never deleted. */
export const guestLink = pgTable(
  'guest_link',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: GUEST_KINDS }).notNull(),
    /** Which request, review or client it opens. */
    subjectId: uuid('subject_id').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    tokenSha256: text('token_sha256').notNull(),
    /** `preparer`: there was no mail server, so the link waits in the outbox. */
    delivery: text('delivery', { enum: ['mail-server', 'preparer'] }).notNull(),
    mailId: uuid('mail_id').notNull(),
    sentBy: uuid('sent_by').notNull(),
    sentByName: text('sent_by_name').notNull(),
    sentAt: at('sent_at').notNull(),
    /** From this moment on it opens nothing. */
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    openedAt: at('opened_at'),
    codeMac: text('code_mac'),
    codeSentAt: at('code_sent_at'),
    codesSent: integer('codes_sent').notNull().default(0),
    /** Wrong tries of the code sent last. */
    codeTries: integer('code_tries').notNull().default(0),
    codeEnteredAt: at('code_entered_at'),
    sessionSha256: text('session_sha256'),
    sessionUntil: at('session_until'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.tokenSha256),
    foreignKey({
      columns: [table.organisationId, table.mailId],
      foreignColumns: [mailMessage.organisationId, mailMessage.id],
    }),
    index('guest_link_subject').on(table.organisationId, table.kind, table.subjectId, table.sentAt),
  ],
)

export const GUEST_ACCESS_KINDS = [
  'opened',
  'entered',
  'wrong-code',
  'turned-away',
  'viewed',
  'downloaded',
] as const

/** What was done with a link. Never changed, never deleted. */
export const guestAccess = pgTable(
  'guest_access',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    linkId: uuid('link_id').notNull(),
    kind: text('kind', { enum: GUEST_ACCESS_KINDS }).notNull(),
    /** Of `viewed` and `downloaded`. */
    revisionId: uuid('revision_id'),
    at: at('at').notNull(),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.linkId],
      foreignColumns: [guestLink.organisationId, guestLink.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.revisionId],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('guest_access_newest').on(table.organisationId, table.linkId, table.at),
  ],
)
