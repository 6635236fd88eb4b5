/** Mails that leave, and the links by which people sign a report: the officer of the insured, and who signs before. */
import { sql } from 'drizzle-orm'
import {
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
import { at, organisationId } from './columns.ts'
import { type KeptTimestamp, report } from './ledger.ts'

/** The database checks only their shape, so that a feature with a mail of its own needs no migration for its word. */
export type MailKind =
  | 'attestation-link'
  | 'attestation-code'
  | 'attestation-done'
  | 'attestation-declined'
  | 'reattestation-signed'
  | 'report-share'
  | 'request-link'
  | 'request-news'
  | 'guest-link'
  | 'guest-code'
  | 'room-tasks'
  | 'meeting-invitation'
  | 'second-factor'
  | 'engagement-offer'
  | 'reminder'
  | 'reminder-digest'

const MAIL_STATES = ['queued', 'sent', 'kept', 'failed', 'bounced', 'suppressed'] as const

/** Never deleted; what it says goes once it is handed over or can serve nobody any more. */
export const mailMessage = pgTable(
  'mail_message',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<MailKind>().notNull(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    content: jsonb('content'),
    /**
     * `kept`: there is no mail server, so it waits for somebody to hand it over. `bounced`: the address refused it, at
     * once or by a report that came back. `suppressed`: never tried, because of a row in `mail_stop`.
     */
    state: text('state', { enum: MAIL_STATES }).notNull(),
    failure: text('failure'),
    /** A short word for what it failed for, the same for every mail with the same fault. */
    cause: text('cause'),
    /** Reports of “not now”. */
    softBounces: integer('soft_bounces').notNull().default(0),
    /** When a report said that it did not arrive, or the address refused it. */
    returnedAt: at('returned_at'),
    resends: integer('resends').notNull().default(0),
    createdAt: at('created_at').notNull(),
    /** When it was put on its way, for the last time by hand. */
    queuedAt: at('queued_at').notNull(),
    sentAt: at('sent_at'),
    /** Until then its links and codes open something. */
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index('mail_message_newest').on(table.organisationId, table.createdAt),
    index('mail_message_queued').on(table.organisationId, table.queuedAt).where(sql`state = 'queued'`),
    index('mail_message_stranded')
      .on(table.organisationId, table.state, table.createdAt)
      .where(sql`state in ('failed', 'bounced', 'suppressed')`),
  ],
)

/** One link to one report for one signer. Never deleted; revoked, or finished. */
export const attestationLink = pgTable(
  'attestation_link',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    reportId: uuid('report_id').notNull(),
    /** The signature field that it serves. */
    slot: text('slot').notNull().default('insured-officer'),
    recipient: text('recipient').notNull(),
    tokenSha256: text('token_sha256').notNull(),
    /** `preparer`: there was no mail server, so the preparer handed link and code over. */
    delivery: text('delivery', { enum: ['mail-server', 'preparer'] }).notNull(),
    sentBy: uuid('sent_by').notNull(),
    sentByName: text('sent_by_name').notNull(),
    sentAt: at('sent_at').notNull(),
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
    finishedAt: at('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.tokenSha256),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
    index('attestation_link_report').on(table.organisationId, table.reportId, table.sentAt),
  ],
)

/** Who signs between the technical contributor and the officer: what they agreed to, and then their signature. */
export const reportCountersignature = pgTable(
  'report_countersignature',
  {
    organisationId: organisationId(),
    reportId: uuid('report_id').notNull(),
    slot: text('slot').notNull(),
    givenAt: at('given_at').notNull(),
    /** How: link, code, confirmations, words, address; JSON. */
    record: text('record').notNull(),
    signedAt: at('signed_at'),
    timestamp: jsonb('timestamp').$type<KeptTimestamp>(),
    /** Why no signature came of it; then it has to be given again. */
    failure: text('failure'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.reportId, table.slot] }),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
  ],
)

/** What the signer was shown one by one and confirmed. */
export const attestationStep = pgTable(
  'attestation_step',
  {
    organisationId: organisationId(),
    linkId: uuid('link_id').notNull(),
    questionId: text('question_id').notNull(),
    confirmedAt: at('confirmed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.linkId, table.questionId] }),
    foreignKey({
      columns: [table.organisationId, table.linkId],
      foreignColumns: [attestationLink.organisationId, attestationLink.id],
    }),
  ],
)
