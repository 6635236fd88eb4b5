/** Public lists that findings are held against: weaknesses known to be exploited, and how likely others are to be. */
import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, organisationId } from './columns.ts'

export const exploitedVulnerability = pgTable(
  'exploited_vulnerability',
  {
    organisationId: organisationId(),
    cve: text('cve').notNull(),
    addedOn: date('added_on', { mode: 'string' }).notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    isRansomware: boolean('is_ransomware').notNull(),
    name: text('name').notNull(),
    requiredAction: text('required_action').notNull(),
    /** The load that had it last: entries of an earlier one are no longer on the list. */
    loadId: uuid('load_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.cve] })],
)

export const epssScore = pgTable(
  'epss_score',
  {
    organisationId: organisationId(),
    cve: text('cve').notNull(),
    /** 0 to 1: the chance of exploitation within 30 days. */
    score: doublePrecision('score').notNull(),
    percentile: doublePrecision('percentile').notNull(),
    loadId: uuid('load_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.cve] })],
)

const KINDS = ['kev', 'epss'] as const

/** Each attempt to load a list; the newest that is done says which list is in force. */
export const catalogueLoad = pgTable(
  'catalogue_load',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: KINDS }).notNull(),
    state: text('state', { enum: ['queued', 'done', 'failed'] }).notNull(),
    /** null until it was fetched. */
    sha256: text('sha256'),
    /** A file's name or an address. */
    source: text('source').notNull(),
    /** Whether the member wants an older list in place of a newer one. */
    mayGoBack: boolean('may_go_back').notNull(),
    version: text('version'),
    /** The list's own date. */
    releasedAt: at('released_at'),
    entryCount: integer('entry_count'),
    /** How many the list says it has. */
    declaredCount: integer('declared_count'),
    failure: text('failure'),
    requestedByName: text('requested_by_name').notNull(),
    requestedAt: at('requested_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index('catalogue_load_kind').on(table.organisationId, table.kind, table.requestedAt),
  ],
)

export const catalogueSource = pgTable(
  'catalogue_source',
  {
    organisationId: organisationId(),
    kind: text('kind', { enum: KINDS }).notNull(),
    url: text('url').notNull(),
    changedByName: text('changed_by_name').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.kind] })],
)
