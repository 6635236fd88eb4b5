/** The append-only record of an organisation, and what it signed. */
import {
  bigint,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { application } from './clients.ts'
import { at, organisationId } from './columns.ts'

export const ledgerEntry = pgTable(
  'ledger_entry',
  {
    organisationId: organisationId(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    previousHash: text('previous_hash').notNull(),
    kind: text('kind').notNull(),
    /** Canonical JSON exactly as hashed; text, because jsonb would reorder and renumber it. */
    payload: text('payload').notNull(),
    hash: text('hash').notNull(),
    actor: text('actor').notNull(),
    at: at('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.sequence] })],
)

/** The last entry of each ledger, sealed: who edits the database without the secret cannot cut the end off unseen. */
export const ledgerHead = pgTable('ledger_head', {
  organisationId: organisationId().primaryKey(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  /** HMAC-SHA-256, hex; `evidence/ledger-head.server.ts` says over what. */
  mac: text('mac').notNull(),
  at: at('at').notNull(),
})

/** A signed root over the entries 1 to `size`; the columns before `body` repeat what it says. */
export const ledgerCheckpoint = pgTable(
  'ledger_checkpoint',
  {
    organisationId: organisationId(),
    number: integer('number').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    rootHash: text('root_hash').notNull(),
    headHash: text('head_hash').notNull(),
    createdAt: at('created_at').notNull(),
    /** Canonical JSON exactly as signed. */
    body: text('body').notNull(),
    /** ECDSA P-256 with SHA-256, DER in base64. */
    signature: text('signature').notNull(),
    /** PEM: the certificate of the key that signed, then its authority's. */
    certificates: text('certificates').notNull(),
    /** RFC 3161 token over the signature, DER in base64; null until an authority gave one. */
    timestampToken: text('timestamp_token'),
    /** The ledger entry that recorded the token. */
    timestampEntry: bigint('timestamp_entry', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.number] })],
)

/** When by the authority's clock, ISO 8601; or why the signature has no timestamp, for people. */
export type KeptTimestamp = { at: string; authority: string; tokenSha256: string } | { failure: string }

export const report = pgTable(
  'report',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    applicationId: uuid('application_id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** Of an application, or of its quarterly re-attestation. */
    kind: text('kind', { enum: ['application', 'reattestation'] })
      .notNull()
      .default('application'),
    /**
     * rendering → awaiting-attestation → attesting → signed; or failed, or withdrawn before the insured attested.
     * A re-attestation begins with `answering`: the officer says what is still true, then the report is made of it.
     * A signed one can be withdrawn, or superseded by a newer one: it was in force from `attestedAt` to `endedAt`.
     */
    state: text('state', {
      enum: [
        'rendering',
        'answering',
        'awaiting-attestation',
        'attesting',
        'signed',
        'failed',
        'withdrawn',
        'superseded',
      ],
    }).notNull(),
    /** Canonical JSON of the statement. */
    statement: text('statement').notNull(),
    statementSha256: text('statement_sha256').notNull(),
    pdfSha256: text('pdf_sha256'),
    pdfSizeBytes: integer('pdf_size_bytes'),
    failure: text('failure'),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    certifiedAt: at('certified_at'),
    attestedAt: at('attested_at'),
    /** First day of the cover it was signed for, YYYY-MM-DD; null where nobody said. */
    coversFrom: date('covers_from', { mode: 'string' }),
    /** What the timestamp authority said to each signature; null where none was configured. */
    certifiedTimestamp: jsonb('certified_timestamp').$type<KeptTimestamp>(),
    attestedTimestamp: jsonb('attested_timestamp').$type<KeptTimestamp>(),
    /** What it said to the whole file at its end; null where none was asked. */
    archiveTimestamp: jsonb('archive_timestamp').$type<KeptTimestamp>(),
    /** How the officer signed: where, on whose session, with which words. */
    attestationRecord: text('attestation_record'),
    withdrawnReason: text('withdrawn_reason'),
    /** When it was withdrawn or superseded. */
    endedAt: at('ended_at'),
    /** The newer report that took its place. */
    supersededBy: uuid('superseded_by'),
    supersededReason: text('superseded_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.supersededBy],
      foreignColumns: [table.organisationId, table.id],
    }),
    index('report_application').on(table.organisationId, table.applicationId),
  ],
)

/** Every file of a report that could ever be downloaded, by its digest; written by a trigger of `report`. */
export const reportFile = pgTable(
  'report_file',
  {
    organisationId: organisationId(),
    reportId: uuid('report_id').notNull(),
    sha256: text('sha256').notNull(),
    /** With the technical contributor's signature only, or with both. */
    stage: text('stage', { enum: ['certified', 'attested'] }).notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.reportId, table.sha256] }),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
    index('report_file_sha256').on(table.sha256),
  ],
)

/** The machine-readable twins of a report, each a file of the evidence store. */
export const reportTwin = pgTable(
  'report_twin',
  {
    organisationId: organisationId(),
    reportId: uuid('report_id').notNull(),
    /** `oscal` and `envelope` are attached inside the PDF as well; `detached` stands beside the one with both signatures. */
    kind: text('kind', { enum: ['oscal', 'envelope', 'detached'] }).notNull(),
    sha256: text('sha256').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.reportId, table.kind] }),
    foreignKey({
      columns: [table.organisationId, table.reportId],
      foreignColumns: [report.organisationId, report.id],
    }),
  ],
)
