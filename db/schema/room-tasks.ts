/** What people at the client are asked to answer and to approve in their room, and what they gave. */
import { sql } from 'drizzle-orm'
import {
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Answer } from '#questionnaires/answers.ts'
import { application, client, exception } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { guestLink } from './guests.ts'

/** `answered` and `not-mine` wait for a member; `accepted` and `taken-back` are over. */
export const ASSIGNMENT_STATES = ['open', 'answered', 'not-mine', 'accepted', 'taken-back'] as const

/** A question of an application put to one person of the client. Never deleted; one at a time for each question. */
export const questionAssignment = pgTable(
  'question_assignment',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    applicationId: uuid('application_id').notNull(),
    questionId: text('question_id').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    note: text('note').notNull(),
    state: text('state', { enum: ASSIGNMENT_STATES }).notNull().default('open'),
    /** What they gave: a proposal, which counts for nothing until a member accepts it. */
    answer: jsonb('answer').$type<Answer | null>(),
    /** Why it is not theirs, and who might know. */
    reason: text('reason'),
    /** Why it came back to them; null once they answered anew. */
    returnedReason: text('returned_reason'),
    /** Grows by one with each change, as does its trail; a change names the version it has seen. */
    version: integer('version').notNull().default(1),
    assignedBy: uuid('assigned_by').notNull(),
    assignedByName: text('assigned_by_name').notNull(),
    assignedAt: at('assigned_at').notNull(),
    /** When they changed it last. */
    answeredAt: at('answered_at'),
    settledAt: at('settled_at'),
    settledByName: text('settled_by_name'),
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
    uniqueIndex('question_assigned_once')
      .on(table.organisationId, table.applicationId, table.questionId)
      .where(sql`state IN ('open', 'answered', 'not-mine')`),
    index('question_assignment_person').on(table.organisationId, table.clientId, table.recipientEmail),
  ],
)

export const ASSIGNMENT_ENTRY_KINDS = [
  'assigned',
  'changed',
  'answered',
  'cleared',
  'not-mine',
  'returned',
  'accepted',
  'taken-back',
] as const

/** What was given and said about one assigned question, in order. Never changed, never deleted. */
export const assignmentEntry = pgTable(
  'assignment_entry',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    assignmentId: uuid('assignment_id').notNull(),
    /** The version of the assignment that it made. */
    version: integer('version').notNull(),
    kind: text('kind', { enum: ASSIGNMENT_ENTRY_KINDS }).notNull(),
    authorName: text('author_name').notNull(),
    authorEmail: text('author_email').notNull(),
    /** Of whoever came by a link. */
    linkId: uuid('link_id'),
    answer: jsonb('answer').$type<Answer | null>(),
    text: text('text').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.assignmentId],
      foreignColumns: [questionAssignment.organisationId, questionAssignment.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.linkId],
      foreignColumns: [guestLink.organisationId, guestLink.id],
    }),
    unique().on(table.organisationId, table.assignmentId, table.version),
  ],
)

export const APPROVAL_STATES = ['asked', 'approved', 'refused', 'taken-back'] as const

/** How somebody decided; kept as the door told it. */
export interface DecisionRecord {
  method: string
  address: string | null
  userAgent: string | null
  /** The sentence that was decided on, as it was shown. */
  consent: string
  [more: string]: unknown
}

/** An exception put to the client's decision-maker, in the words they were shown. Decided once; never deleted. */
export const exceptionApproval = pgTable(
  'exception_approval',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    exceptionId: uuid('exception_id').notNull(),
    clientId: uuid('client_id').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** Canonical JSON of what is shown and decided on. */
    text: text('text').notNull(),
    textSha256: text('text_sha256').notNull(),
    state: text('state', { enum: APPROVAL_STATES }).notNull().default('asked'),
    askedBy: uuid('asked_by').notNull(),
    askedByName: text('asked_by_name').notNull(),
    askedAt: at('asked_at').notNull(),
    decidedAt: at('decided_at'),
    /** Why not; or what they add to a yes. */
    words: text('words'),
    record: jsonb('record').$type<DecisionRecord>(),
    takenBackAt: at('taken_back_at'),
    takenBackByName: text('taken_back_by_name'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.exceptionId],
      foreignColumns: [exception.organisationId, exception.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    uniqueIndex('exception_asked_once')
      .on(table.organisationId, table.exceptionId)
      .where(sql`state = 'asked'`),
    index('exception_approval_person').on(table.organisationId, table.clientId, table.recipientEmail),
  ],
)
