/** An assessor looks at the answers of one application and the evidence beside them, and decides on each. */
import { sql } from 'drizzle-orm'
import {
  boolean,
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
import { engagement } from './engagements.ts'

export const REVIEW_OPINIONS = ['satisfied', 'with-conditions', 'not-satisfied'] as const
export const DECISION_KINDS = [
  'accepted',
  'accepted-with-note',
  'asked',
  'rejected',
  'contradiction',
] as const
export const REJECTION_GROUNDS = ['wrong-scope', 'stale', 'unreadable', 'not-theirs'] as const

/** What was counted when a review was signed off, and the words of whoever did. */
export interface SignOff {
  summary: string
  typedName: string
  questions: number
  decided: number
  byKind: Partial<Record<(typeof DECISION_KINDS)[number], number>>
  /** SHA-256 of the canonical list of decisions as they stood. */
  decisionsSha256: string
  address: string
  userAgent: string
}

/** One assessor, invited to one application. Never deleted. */
export const applicationReview = pgTable(
  'application_review',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    applicationId: uuid('application_id').notNull(),
    assessorName: text('assessor_name').notNull(),
    assessorFirm: text('assessor_firm').notNull(),
    assessorEmail: text('assessor_email').notNull(),
    /** Of a review by the members of another organisation; null for one by link. */
    engagementId: uuid('engagement_id'),
    /** Sections of the form that are to be reviewed; all of them where empty. */
    sectionIds: text('section_ids').array().notNull().default(sql`'{}'`),
    /** Evidence of which days may be opened. */
    evidenceFrom: date('evidence_from', { mode: 'string' }),
    evidenceUntil: date('evidence_until', { mode: 'string' }),
    mayDownload: boolean('may_download').notNull(),
    instructions: text('instructions').notNull(),
    invitedBy: uuid('invited_by').notNull(),
    invitedByName: text('invited_by_name').notNull(),
    invitedAt: at('invited_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    signedOffAt: at('signed_off_at'),
    opinion: text('opinion', { enum: REVIEW_OPINIONS }),
    signOff: jsonb('sign_off').$type<SignOff>(),
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
      columns: [table.organisationId, table.engagementId],
      foreignColumns: [engagement.organisationId, engagement.id],
    }),
    unique().on(table.organisationId, table.engagementId, table.applicationId),
    index('application_review_application').on(table.organisationId, table.applicationId, table.invitedAt),
  ],
)

/** Decisions on one answer, counted from 1: whoever decides names the last one they saw. Never changed, never deleted. */
export const reviewDecision = pgTable(
  'review_decision',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    applicationId: uuid('application_id').notNull(),
    questionId: text('question_id').notNull(),
    sequence: integer('sequence').notNull(),
    reviewId: uuid('review_id').notNull(),
    kind: text('kind', { enum: DECISION_KINDS }).notNull(),
    /** Why it was rejected. */
    ground: text('ground', { enum: REJECTION_GROUNDS }),
    note: text('note').notNull(),
    authorName: text('author_name').notNull(),
    authorFirm: text('author_firm').notNull(),
    authorEmail: text('author_email').notNull(),
    at: at('at').notNull(),
    /** Of the answer, its status and the evidence that it was decided on. */
    basisSha256: text('basis_sha256').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.applicationId, table.questionId, table.sequence),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.reviewId],
      foreignColumns: [applicationReview.organisationId, applicationReview.id],
    }),
  ],
)

/** What whoever prepares the application says to a decision. Never changed, never deleted. */
export const reviewReply = pgTable(
  'review_reply',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    decisionId: uuid('decision_id').notNull(),
    text: text('text').notNull(),
    authorName: text('author_name').notNull(),
    authorEmail: text('author_email').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.decisionId],
      foreignColumns: [reviewDecision.organisationId, reviewDecision.id],
    }),
    index('review_reply_decision').on(table.organisationId, table.decisionId, table.at),
  ],
)

/** Questions drawn by lot; the seed and the list it was drawn from say how anybody draws them again. */
export const reviewSample = pgTable(
  'review_sample',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    reviewId: uuid('review_id').notNull(),
    seed: text('seed').notNull(),
    population: text('population').array().notNull(),
    drawn: text('drawn').array().notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.reviewId],
      foreignColumns: [applicationReview.organisationId, applicationReview.id],
    }),
    index('review_sample_review').on(table.organisationId, table.reviewId, table.at),
  ],
)
