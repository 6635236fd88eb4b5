/** A named person was asked for evidence, or for a newer version of some; and what came of it. */
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
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
import { evidence, evidenceRevision } from './evidence.ts'
import { guestLink } from './guests.ts'

export const REQUEST_STATES = ['open', 'answered', 'fulfilled', 'cancelled'] as const

export const evidenceRequest = pgTable(
  'evidence_request',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** Of which a newer version is wanted; null for something that is not there yet. */
    evidenceId: uuid('evidence_id'),
    /** The question that asks for it, where one does. */
    applicationId: uuid('application_id'),
    questionId: text('question_id'),
    /** What is wanted, in a few words. */
    title: text('title').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    message: text('message').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** `answered`: something came, and waits for whoever asked. */
    state: text('state', { enum: REQUEST_STATES }).notNull().default('open'),
    requestedBy: uuid('requested_by').notNull(),
    requestedByName: text('requested_by_name').notNull(),
    requestedAt: at('requested_at').notNull(),
    settledAt: at('settled_at'),
    /** The revision that answered it. */
    fulfilledBy: uuid('fulfilled_by'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.evidenceId],
      foreignColumns: [evidence.organisationId, evidence.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.fulfilledBy],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('evidence_request_client').on(table.organisationId, table.clientId, table.state),
    index('evidence_request_evidence').on(table.organisationId, table.evidenceId),
    index('evidence_request_due').on(table.organisationId, table.state, table.dueOn),
  ],
)

export const REQUEST_ENTRY_KINDS = [
  'message',
  'note',
  'file',
  'cannot',
  'returned',
  'accepted',
  'reminded',
  'due-changed',
  'link-revoked',
] as const

/** What was said and sent about a request, in order. Never changed, never deleted. */
export const requestEntry = pgTable(
  'request_entry',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    /** From 1 within its request: two entries may have the same time. */
    sequence: integer('sequence').notNull(),
    /** `note` is for colleagues: whoever was asked never sees it. */
    kind: text('kind', { enum: REQUEST_ENTRY_KINDS }).notNull(),
    side: text('side', { enum: ['provider', 'recipient'] }).notNull(),
    authorName: text('author_name').notNull(),
    authorEmail: text('author_email').notNull(),
    linkId: uuid('link_id'),
    text: text('text').notNull(),
    /** Members whom it is pointed out to. */
    mentions: uuid('mentions').array().notNull().default(sql`'{}'`),
    at: at('at').notNull(),
    sha256: text('sha256'),
    fileName: text('file_name'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    mediaType: text('media_type'),
    malware: jsonb('malware'),
    /** The evidence that an accepted file became. */
    revisionId: uuid('revision_id'),
    /** Which file was accepted. */
    fileEntryId: uuid('file_entry_id'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.requestId],
      foreignColumns: [evidenceRequest.organisationId, evidenceRequest.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.linkId],
      foreignColumns: [guestLink.organisationId, guestLink.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.revisionId],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.fileEntryId],
      foreignColumns: [table.organisationId, table.id] as [AnyPgColumn, AnyPgColumn],
    }),
    unique().on(table.organisationId, table.requestId, table.sequence),
  ],
)
