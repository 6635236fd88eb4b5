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
  uuid,
} from 'drizzle-orm/pg-core'
import type { Fact } from '#evidence/facts.ts'
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
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('evidence_client').on(table.organisationId, table.clientId),
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
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.evidenceId],
      foreignColumns: [evidence.organisationId, evidence.id],
    }),
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
    severityCounts:
      jsonb('severity_counts').$type<Record<'critical' | 'high' | 'medium' | 'low' | 'info', number>>(),
    recordCount: integer('record_count').notNull().default(0),
    warnings: text('warnings').array().notNull().default(sql`'{}'`),
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
    severity: text('severity', { enum: ['critical', 'high', 'medium', 'low', 'info'] }).notNull(),
    /** 4 critical … 0 info: sorts without a lookup. */
    severityRank: integer('severity_rank').notNull(),
    port: integer('port'),
    protocol: text('protocol'),
    service: text('service'),
    cves: text('cves').array().notNull(),
    solution: text('solution'),
    fixAvailableOn: date('fix_available_on', { mode: 'string' }),
    output: text('output'),
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
