/** Work between two organisations: what the host grants, which applications, who opened what, and what the guest holds. */
import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { mailMessage } from './attestation.ts'
import { application, client } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { evidenceRevision } from './evidence.ts'
import { applicationReview, type DECISION_KINDS, type REVIEW_OPINIONS } from './reviews.ts'

export const ENGAGEMENT_KINDS = ['insurer-review', 'independent-assessment'] as const

type DecisionKind = (typeof DECISION_KINDS)[number]

/** What an assessment firm leaves behind when it ends its work. Never changed. */
export interface Handover {
  opinion: (typeof REVIEW_OPINIONS)[number]
  summary: string
  byName: string
  byEmail: string
  /** ISO 8601. */
  at: string
  applications: {
    applicationId: string
    clientName: string
    formTitle: string
    edition: string
    questions: number
    decided: number
    byKind: Partial<Record<DecisionKind, number>>
    /** Asked, rejected or contradicted, or without a decision that still stands. */
    open: { item: string; prompt: string; kind: DecisionKind | null; note: string }[]
  }[]
}

/** What one organisation lets another see and do. In the tenant of whoever grants it; never deleted. */
export const engagement = pgTable(
  'engagement',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: ENGAGEMENT_KINDS }).notNull(),
    recipientEmail: text('recipient_email').notNull(),
    instructions: text('instructions').notNull(),
    /** Evidence of which days may be opened. */
    evidenceFrom: date('evidence_from', { mode: 'string' }),
    evidenceUntil: date('evidence_until', { mode: 'string' }),
    mayDownload: boolean('may_download').notNull(),
    mayAddEvidence: boolean('may_add_evidence').notNull(),
    maySign: boolean('may_sign').notNull(),
    offeredBy: uuid('offered_by').notNull(),
    offeredByName: text('offered_by_name').notNull(),
    offeredAt: at('offered_at').notNull(),
    /** From this moment on nothing is open any more. */
    expiresAt: at('expires_at').notNull(),
    tokenSha256: text('token_sha256').notNull(),
    /** From this moment on the mailed link accepts nothing any more. */
    offerExpiresAt: at('offer_expires_at').notNull(),
    delivery: text('delivery', { enum: ['mail-server', 'preparer'] }).notNull(),
    mailId: uuid('mail_id').notNull(),
    acceptedAt: at('accepted_at'),
    /** Whose members it is open for. */
    guestOrganisationId: uuid('guest_organisation_id'),
    guestName: text('guest_name'),
    acceptedByName: text('accepted_by_name'),
    acceptedByEmail: text('accepted_by_email'),
    /** What whoever accepted declared, word for word. */
    declaration: text('declaration'),
    endedAt: at('ended_at'),
    endedBySide: text('ended_by_side', { enum: ['host', 'guest'] }),
    endedByName: text('ended_by_name'),
    endReason: text('end_reason'),
    handover: jsonb('handover').$type<Handover>(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.tokenSha256),
    foreignKey({
      columns: [table.organisationId, table.mailId],
      foreignColumns: [mailMessage.organisationId, mailMessage.id],
    }),
    index('engagement_newest').on(table.organisationId, table.offeredAt),
  ],
)

/** One application of an engagement. Never changed, never deleted. */
export const engagementApplication = pgTable(
  'engagement_application',
  {
    organisationId: organisationId(),
    engagementId: uuid('engagement_id').notNull(),
    applicationId: uuid('application_id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** Sections of the form that are to be reviewed; all of them where empty. */
    sectionIds: text('section_ids').array().notNull().default(sql`'{}'`),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.engagementId, table.applicationId] }),
    foreignKey({
      columns: [table.organisationId, table.engagementId],
      foreignColumns: [engagement.organisationId, engagement.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('engagement_application_application').on(table.organisationId, table.applicationId),
  ],
)

/** Which evidence the guest's members opened. Never changed, never deleted. */
export const engagementAccess = pgTable(
  'engagement_access',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    reviewId: uuid('review_id').notNull(),
    revisionId: uuid('revision_id').notNull(),
    kind: text('kind', { enum: ['viewed', 'downloaded'] }).notNull(),
    memberName: text('member_name').notNull(),
    memberEmail: text('member_email').notNull(),
    at: at('at').notNull(),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.engagementId],
      foreignColumns: [engagement.organisationId, engagement.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.reviewId],
      foreignColumns: [applicationReview.organisationId, applicationReview.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.revisionId],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('engagement_access_newest').on(table.organisationId, table.engagementId, table.at),
  ],
)

/**
 * What an insurer or an assessment firm holds, in their own tenant under the id that it has at the host's. It says where
 * to look; whether anything is open there, the host's row says. Never deleted.
 */
export const heldEngagement = pgTable(
  'held_engagement',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    hostOrganisationId: uuid('host_organisation_id').notNull(),
    hostName: text('host_name').notNull(),
    kind: text('kind', { enum: ENGAGEMENT_KINDS }).notNull(),
    acceptedByName: text('accepted_by_name').notNull(),
    acceptedAt: at('accepted_at').notNull(),
    declaration: text('declaration').notNull(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    endedBySide: text('ended_by_side', { enum: ['host', 'guest'] }),
    endedByName: text('ended_by_name'),
    endReason: text('end_reason'),
    handover: jsonb('handover').$type<Handover>(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index('held_engagement_newest').on(table.organisationId, table.acceptedAt),
  ],
)
