/** Editions that an organisation publishes itself, answers that travel, insurers' documents and workbooks. */
import { sql } from 'drizzle-orm'
import {
  bigint,
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
import type { Proposal } from '#questionnaires/proposal.ts'
import { application, client } from './clients.ts'
import { at, organisationId } from './columns.ts'

/** An answer suggested for a question of an application; it counts for nothing until a person confirms it. */
export const answerProposal = pgTable(
  'answer_proposal',
  {
    organisationId: organisationId(),
    applicationId: uuid('application_id').notNull(),
    questionId: text('question_id').notNull(),
    proposal: jsonb('proposal').$type<Proposal>().notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.applicationId, table.questionId] }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
  ],
)

/**
 * The client's answer bank, keyed on topic, scope and aspect: what people stated, with the words they answered.
 * It only grows; the newest statement of each question counts, and a null statement takes it back.
 */
export const canonicalAnswer = pgTable(
  'canonical_answer',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    topic: text('topic').notNull(),
    scope: text('scope').notNull(),
    aspect: text('aspect').notNull(),
    statement: jsonb('statement').$type<unknown>(),
    applicationId: uuid('application_id').notNull(),
    questionId: text('question_id').notNull(),
    formTitle: text('form_title').notNull(),
    edition: text('edition').notNull(),
    item: text('item').notNull(),
    prompt: text('prompt').notNull(),
    shown: text('shown').notNull(),
    statedBy: uuid('stated_by').notNull(),
    statedByName: text('stated_by_name').notNull(),
    statedAt: at('stated_at').notNull(),
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
    index('canonical_answer_key').on(
      table.organisationId,
      table.clientId,
      table.topic,
      table.scope,
      table.aspect,
      table.statedAt,
    ),
  ],
)

/** An edition published by the organisation itself, as its authors wrote it. Never changed. */
export const questionnaireEdition = pgTable(
  'questionnaire_edition',
  {
    organisationId: organisationId(),
    formCode: text('form_code').notNull(),
    edition: text('edition').notNull(),
    sha256: text('sha256').notNull(),
    source: text('source').notNull(),
    publishedBy: uuid('published_by').notNull(),
    publishedByName: text('published_by_name').notNull(),
    publishedAt: at('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.formCode, table.edition] })],
)

/** An edition, built in or own, on which this organisation starts nothing new. */
export const editionRetirement = pgTable(
  'edition_retirement',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    formCode: text('form_code').notNull(),
    edition: text('edition').notNull(),
    reason: text('reason').notNull(),
    retiredByName: text('retired_by_name').notNull(),
    retiredAt: at('retired_at').notNull(),
    reinstatedAt: at('reinstated_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex('edition_retired_once')
      .on(table.organisationId, table.formCode, table.edition)
      .where(sql`reinstated_at IS NULL`),
  ],
)

/** A definition under work; closed when it is published or thrown away. */
export const definitionDraft = pgTable(
  'definition_draft',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    source: text('source').notNull(),
    /** Grows by one with each save; a save names the version it has seen. */
    version: integer('version').notNull().default(1),
    changedByName: text('changed_by_name').notNull(),
    changedAt: at('changed_at').notNull(),
    closedAt: at('closed_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

/** An insurer's own fillable form, known by its content. */
export const carrierDocument = pgTable(
  'carrier_document',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    sha256: text('sha256').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    fileName: text('file_name').notNull(),
    /** The fields it offers, as read when it was received. */
    reading: jsonb('reading').$type<unknown>().notNull(),
    receivedByName: text('received_by_name').notNull(),
    receivedAt: at('received_at').notNull(),
    removedAt: at('removed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.sha256),
  ],
)

/** Which question fills which field of a document; one for each edition, shared by the whole organisation. */
export const documentMapping = pgTable(
  'document_mapping',
  {
    organisationId: organisationId(),
    documentId: uuid('document_id').notNull(),
    formCode: text('form_code').notNull(),
    edition: text('edition').notNull(),
    mapping: jsonb('mapping').$type<unknown>().notNull(),
    version: integer('version').notNull(),
    savedByName: text('saved_by_name').notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.documentId, table.formCode, table.edition] }),
    foreignKey({
      columns: [table.organisationId, table.documentId],
      foreignColumns: [carrierDocument.organisationId, carrierDocument.id],
    }),
  ],
)

/** A workbook that came back filled in, between its upload and the decision what to take from it. */
export const workbookImport = pgTable(
  'workbook_import',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    applicationId: uuid('application_id').notNull(),
    sha256: text('sha256').notNull(),
    fileName: text('file_name').notNull(),
    reading: jsonb('reading').$type<unknown>().notNull(),
    state: text('state', { enum: ['read', 'applied', 'discarded'] })
      .notNull()
      .default('read'),
    uploadedBy: uuid('uploaded_by').notNull(),
    uploadedByName: text('uploaded_by_name').notNull(),
    uploadedAt: at('uploaded_at').notNull(),
    settledAt: at('settled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    index('workbook_import_application').on(table.organisationId, table.applicationId),
  ],
)
