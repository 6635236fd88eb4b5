/** Evidence, its revisions, and what importers read out of them. Facts and findings cite a revision. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Fact } from '#evidence/facts.ts'
import type { ColumnMapping } from '#evidence/importers/importer.ts'
import { SEVERITIES, type SeverityCounts } from '#evidence/severity.ts'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'

export const evidence = pgTable(
  'evidence',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** An evidence kind of the control catalogue. */
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    controlIds: text('control_ids').array().notNull().default(sql`'{}'`),
    /** Questions it was attached to, as `applicationId/questionId`. */
    questionRefs: text('question_refs').array().notNull().default(sql`'{}'`),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    withdrawnAt: at('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    /** The item, of another client of the same organisation, whose file this one shows. */
    copiedFrom: uuid('copied_from'),
    /** When title or links changed last; their versions take it as the time they were known from. */
    changedAt: at('changed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.copiedFrom],
      foreignColumns: [table.organisationId, table.id],
    }),
    index('evidence_client').on(table.organisationId, table.clientId),
    index('evidence_copied_from').on(table.organisationId, table.copiedFrom),
  ],
)

export const evidenceRevision = pgTable(
  'evidence_revision',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    sequence: integer('sequence').notNull(),
    sha256: text('sha256').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** From the content, not from the name or the browser's word. */
    mediaType: text('media_type').notNull(),
    fileName: text('file_name').notNull(),
    /** When the thing shown was true. */
    observedAt: at('observed_at').notNull(),
    /** When we got it. */
    receivedAt: at('received_at').notNull(),
    /** Expiry that the document itself states (contracts, certificates); null otherwise. */
    validUntil: at('valid_until'),
    /** Who or what collected it. */
    collector: text('collector').notNull(),
    receivedBy: uuid('received_by').notNull(),
    /** The revision whose bytes were taken over from another client's item. */
    copiedFrom: uuid('copied_from'),
    /** SHA-256 of the original that this redacted copy was made of; a copy goes out and never counts as proof. */
    redactedFrom: text('redacted_from'),
    /** What was blacked out, in words that do not repeat it. */
    redaction: text('redaction'),
    withdrawnAt: at('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    /** What the uploader stated before the file told its own date; null where nothing was corrected. */
    statedObservedAt: at('stated_observed_at'),
    observedCorrectedAt: at('observed_corrected_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.evidenceId],
      foreignColumns: [evidence.organisationId, evidence.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.copiedFrom],
      foreignColumns: [table.organisationId, table.id],
    }),
    uniqueIndex('evidence_revision_sequence').on(table.organisationId, table.evidenceId, table.sequence),
    index('evidence_revision_evidence').on(table.organisationId, table.evidenceId),
    index('evidence_revision_sha256').on(table.organisationId, table.sha256),
  ],
)

export const scanImport = pgTable(
  'scan_import',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    revisionId: uuid('revision_id').notNull(),
    viewpoint: text('viewpoint', { enum: ['external', 'internal'] }).notNull(),
    state: text('state', { enum: ['queued', 'running', 'done', 'failed'] }).notNull(),
    bytesTotal: bigint('bytes_total', { mode: 'number' }).notNull(),
    bytesRead: bigint('bytes_read', { mode: 'number' }).notNull().default(0),
    /** Why it failed, as a plain sentence with what to do next. */
    failure: text('failure'),
    format: text('format'),
    tool: text('tool'),
    toolVersion: text('tool_version'),
    scanDate: at('scan_date'),
    assetCount: integer('asset_count').notNull().default(0),
    credentialedCount: integer('credentialed_count'),
    severityCounts: jsonb('severity_counts').$type<SeverityCounts>(),
    recordCount: integer('record_count').notNull().default(0),
    warnings: text('warnings').array().notNull().default(sql`'{}'`),
    /** What was looked at, in the file's words. */
    scope: text('scope'),
    /** Why the file is not the whole of its scope. */
    gaps: text('gaps').array().notNull().default(sql`'{}'`),
    counts: jsonb('counts').$type<Record<string, number>>(),
    /** Whether what it does not report is no longer there; null for scans read before this was known. */
    isWhole: boolean('is_whole'),
    /** Tool, scope and viewpoint as one: only within it does a later scan close what an earlier one saw. */
    lane: text('lane'),
    /** When its findings went into the register of the client; null: not yet, or taken back. */
    registeredAt: at('registered_at'),
    /** What its columns mean, for a table that no importer knows by itself. */
    mapping: jsonb('mapping').$type<ColumnMapping>(),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.revisionId],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('scan_import_revision').on(table.organisationId, table.revisionId),
    index('scan_import_client').on(table.organisationId, table.clientId),
  ],
)

export const asset = pgTable(
  'asset',
  {
    organisationId: organisationId(),
    importId: uuid('import_id').notNull(),
    /** Stable within one import. */
    key: text('key').notNull(),
    clientId: uuid('client_id').notNull(),
    hostname: text('hostname'),
    address: text('address'),
    operatingSystem: text('operating_system'),
    credentialed: boolean('credentialed'),
    externalId: text('external_id'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.importId, table.key] }),
    foreignKey({
      columns: [table.organisationId, table.importId],
      foreignColumns: [scanImport.organisationId, scanImport.id],
    }),
  ],
)

export const finding = pgTable(
  'finding',
  {
    organisationId: organisationId(),
    importId: uuid('import_id').notNull(),
    /** Position in the file, from 1. */
    number: integer('number').notNull(),
    clientId: uuid('client_id').notNull(),
    assetKey: text('asset_key').notNull(),
    checkId: text('check_id').notNull(),
    title: text('title').notNull(),
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    /** 5 critical, 4 high, 3 medium, 2 not rated, 1 low, 0 info: sorts without a lookup. */
    severityRank: integer('severity_rank').notNull(),
    port: integer('port'),
    protocol: text('protocol'),
    service: text('service'),
    cves: text('cves').array().notNull(),
    solution: text('solution'),
    fixAvailableOn: date('fix_available_on', { mode: 'string' }),
    output: text('output'),
    firstSeenOn: date('first_seen_on', { mode: 'string' }),
    isSuppressed: boolean('is_suppressed').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.importId, table.number] }),
    foreignKey({
      columns: [table.organisationId, table.importId],
      foreignColumns: [scanImport.organisationId, scanImport.id],
    }),
    index('finding_severity').on(
      table.organisationId,
      table.importId,
      table.severityRank.desc(),
      table.number,
    ),
    index('finding_asset').on(table.organisationId, table.importId, table.assetKey),
  ],
)

export const fact = pgTable(
  'fact',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    revisionId: uuid('revision_id').notNull(),
    /** null: stated by a person on the evidence, not read by an importer. */
    importId: uuid('import_id'),
    key: text('key').notNull(),
    fact: jsonb('fact').$type<Fact>().notNull(),
    numericValue: doublePrecision('numeric_value'),
    observedAt: at('observed_at').notNull(),
    recordedAt: at('recorded_at').notNull(),
    /** Counted anew from the same scan, for instance against a newer catalogue. */
    supersededAt: at('superseded_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.revisionId],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('fact_client').on(table.organisationId, table.clientId, table.key),
  ],
)
