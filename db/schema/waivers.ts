/** Services that a client declined in writing, and the texts that such a waiver starts from. */
import {
  type AnyPgColumn,
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
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'
import type { KeptTimestamp } from './ledger.ts'

/** Never changed: each change is a version of its own, and the newest counts. */
export const waiverTemplate = pgTable(
  'waiver_template',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    /** Shared by all versions of one template. */
    templateKey: text('template_key').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    service: text('service').notNull(),
    controlIds: text('control_ids').array().notNull(),
    risk: text('risk').notNull(),
    consequence: text('consequence').notNull(),
    isRetired: boolean('is_retired').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.templateKey, table.version),
  ],
)

export const WAIVER_STATES = ['draft', 'offered', 'signed', 'refused', 'withdrawn'] as const

/** How the decision-maker signed; kept as the door told it. */
export interface SignerRecord {
  method: string
  address: string | null
  userAgent: string | null
  typedName: string
  /** The sentence that was ticked, as it was shown. */
  consent: string
  [more: string]: unknown
}

/** Changed as long as it is a draft; from the offer on its text stays, which the database sees to. */
export const waiver = pgTable(
  'waiver',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    state: text('state', { enum: WAIVER_STATES }).notNull(),
    templateKey: text('template_key'),
    /** 0: as built in. */
    templateVersion: integer('template_version'),
    /** A waiver that this one is signed in place of. */
    replaces: uuid('replaces'),
    service: text('service').notNull(),
    controlIds: text('control_ids').array().notNull(),
    serviceOfferedOn: date('service_offered_on', { mode: 'string' }).notNull(),
    risk: text('risk').notNull(),
    consequence: text('consequence').notNull(),
    decisionMakerName: text('decision_maker_name').notNull(),
    decisionMakerRole: text('decision_maker_role').notNull(),
    decisionMakerEmail: text('decision_maker_email').notNull(),
    /** Why the client declines, in the client's words. */
    clientReason: text('client_reason').notNull(),
    reviewOn: date('review_on', { mode: 'string' }).notNull(),
    version: integer('version').notNull().default(1),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    /** Canonical JSON of what is signed. */
    text: text('text'),
    textSha256: text('text_sha256'),
    offeredAt: at('offered_at'),
    offeredByName: text('offered_by_name'),
    signedAt: at('signed_at'),
    signerRecord: jsonb('signer_record').$type<SignerRecord>(),
    refusedAt: at('refused_at'),
    refusedReason: text('refused_reason'),
    withdrawnAt: at('withdrawn_at'),
    withdrawnByName: text('withdrawn_by_name'),
    withdrawnBecause: text('withdrawn_because', { enum: ['accepted', 'mistake', 'renewed'] }),
    withdrawnReason: text('withdrawn_reason'),
    pdfSha256: text('pdf_sha256'),
    pdfSizeBytes: integer('pdf_size_bytes'),
    pdfTimestamp: jsonb('pdf_timestamp').$type<KeptTimestamp>(),
    pdfFailure: text('pdf_failure'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.replaces],
      foreignColumns: [table.organisationId as AnyPgColumn, table.id as AnyPgColumn],
    }),
    index('waiver_client').on(table.organisationId, table.clientId, table.recordedAt),
    index('waiver_review').on(table.organisationId, table.state, table.reviewOn),
  ],
)
