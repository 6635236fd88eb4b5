/** The findings of a client across imports and tools, and what people decided about them. */
import { isNotNull, sql } from 'drizzle-orm'
import {
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
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { SEVERITIES } from '#evidence/severity.ts'
import { clientAsset } from './assets.ts'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'

/** A check of one tool in the newest words that the client's imports have for it. */
export const clientCheck = pgTable(
  'client_check',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    tool: text('tool').notNull(),
    checkId: text('check_id').notNull(),
    title: text('title').notNull(),
    solution: text('solution'),
    seenAt: at('seen_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.clientId, table.tool, table.checkId),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
  ],
)

export const STANDINGS = ['open', 'fixed', 'accepted', 'false-positive', 'suppressed', 'gone'] as const
const DECISIONS = ['accepted', 'false-positive'] as const

export const clientFinding = pgTable(
  'client_finding',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    assetId: uuid('asset_id').notNull(),
    checkRef: uuid('check_ref').notNull(),
    tool: text('tool').notNull(),
    /** 0: the machine itself. */
    port: integer('port').notNull(),
    protocol: text('protocol').notNull(),
    service: text('service'),
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    severityRank: integer('severity_rank').notNull(),
    cves: text('cves').array().notNull(),
    fixAvailableOn: date('fix_available_on', { mode: 'string' }),
    isSuppressed: boolean('is_suppressed').notNull().default(false),
    isExternal: boolean('is_external').notNull().default(false),
    firstSeenAt: at('first_seen_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    /** Where its newest words and output stand. */
    lastImportId: uuid('last_import_id').notNull(),
    lastNumber: integer('last_number').notNull(),
    /** When a scan first no longer saw it; null while some lane still reports it. */
    fixedAt: at('fixed_at'),
    /** `gone`: no import that counts reports it. An acceptance past its day counts as open wherever this is read. */
    standing: text('standing', { enum: STANDINGS }).notNull(),
    decision: text('decision', { enum: DECISIONS }),
    decisionId: uuid('decision_id'),
    decisionUntil: date('decision_until', { mode: 'string' }),
    /** null: none of its CVEs is in the catalogue of exploited weaknesses. */
    kevDueOn: date('kev_due_on', { mode: 'string' }),
    kevRansomware: boolean('kev_ransomware').notNull().default(false),
    epss: doublePrecision('epss'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.assetId],
      foreignColumns: [clientAsset.organisationId, clientAsset.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.checkRef],
      foreignColumns: [clientCheck.organisationId, clientCheck.id],
    }),
    uniqueIndex('client_finding_identity').on(
      table.organisationId,
      table.assetId,
      table.checkRef,
      table.port,
      table.protocol,
    ),
    index('client_finding_open')
      .on(table.organisationId, table.clientId, table.severityRank.desc(), table.firstSeenAt, table.id)
      .where(sql`standing in ('open', 'accepted')`),
    index('client_finding_age')
      .on(table.organisationId, table.clientId, table.firstSeenAt, table.id)
      .where(sql`standing in ('open', 'accepted')`),
    index('client_finding_standing').on(
      table.organisationId,
      table.clientId,
      table.standing,
      table.severityRank.desc(),
      table.firstSeenAt,
      table.id,
    ),
    index('client_finding_check').on(table.organisationId, table.checkRef),
    index('client_finding_exploited')
      .on(table.organisationId, table.clientId, table.severityRank.desc(), table.firstSeenAt, table.id)
      .where(isNotNull(table.kevDueOn)),
  ],
)

/** The newest time that a finding was reported in a lane: enough to tell whether a later scan closes it. */
export const findingSighting = pgTable(
  'finding_sighting',
  {
    organisationId: organisationId(),
    clientId: uuid('client_id').notNull(),
    findingId: uuid('finding_id').notNull(),
    lane: text('lane').notNull(),
    isExternal: boolean('is_external').notNull(),
    /** Minus infinity: reported there by withdrawn imports only. */
    lastSeenAt: at('last_seen_at').notNull(),
    /** The scanner had signed in when it saw it last, so a scan without credentials cannot miss it. */
    needsCredentials: boolean('needs_credentials').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.clientId, table.findingId, table.lane] }),
    foreignKey({
      columns: [table.organisationId, table.findingId],
      foreignColumns: [clientFinding.organisationId, clientFinding.id],
    }),
  ],
)

/** What a finding was decided to be before, so that the decision can be taken back. */
export interface EarlierDecision {
  findingId: string
  decision: (typeof DECISIONS)[number] | null
  decisionId: string | null
  decisionUntil: string | null
}

export const findingDecision = pgTable(
  'finding_decision',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** null: open again. */
    decision: text('decision', { enum: DECISIONS }),
    untilDay: date('until_day', { mode: 'string' }),
    reason: text('reason').notNull(),
    earlier: jsonb('earlier').$type<EarlierDecision[]>().notNull(),
    decidedByName: text('decided_by_name').notNull(),
    decidedAt: at('decided_at').notNull(),
    undoneByName: text('undone_by_name'),
    undoneAt: at('undone_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('finding_decision_client').on(table.organisationId, table.clientId, table.decidedAt),
  ],
)

/** What pages show of a whole register, counted when it changes and once a day. */
export const clientRegister = pgTable(
  'client_register',
  {
    organisationId: organisationId(),
    clientId: uuid('client_id').notNull(),
    /** Ages and acceptances depend on the day. */
    countedOn: date('counted_on', { mode: 'string' }).notNull(),
    counts: jsonb('counts').$type<Record<string, Record<string, number>>>().notNull(),
    /** What app/readiness/fixes.ts made of it. */
    fixes: jsonb('fixes').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.clientId] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
  ],
)
