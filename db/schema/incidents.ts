/** What happened at a client, and the packs that were made of the record for a claim. */
import {
  bigint,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'

export const INCIDENT_KINDS = [
  'ransomware',
  'email-compromise',
  'funds-transfer-fraud',
  'data-breach',
  'outage',
  'other',
] as const

/** Never deleted; closed. */
export const incident = pgTable(
  'incident',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    kind: text('kind', { enum: INCIDENT_KINDS }).notNull(),
    title: text('title').notNull(),
    description: text('description').notNull(),
    /** The earliest and the latest day on which it can have begun, YYYY-MM-DD; the same where the day is known. */
    occurredFrom: date('occurred_from', { mode: 'string' }).notNull(),
    occurredUntil: date('occurred_until', { mode: 'string' }).notNull(),
    discoveredAt: at('discovered_at').notNull(),
    /** Notice to the insurer. */
    reportedOn: date('reported_on', { mode: 'string' }),
    policyNumber: text('policy_number'),
    noticeReference: text('notice_reference'),
    affectedAssetIds: uuid('affected_asset_ids').array().notNull().default([]),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    changedAt: at('changed_at').notNull(),
    closedAt: at('closed_at'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('incident_client').on(table.organisationId, table.clientId, table.occurredFrom),
  ],
)

/** A frozen archive; its file is in the evidence store. */
export const claimPack = pgTable(
  'claim_pack',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    incidentId: uuid('incident_id').notNull(),
    state: text('state', { enum: ['preparing', 'ready', 'failed'] }).notNull(),
    /** The day whose truth is frozen, YYYY-MM-DD. */
    asOf: date('as_of', { mode: 'string' }).notNull(),
    /** Nothing that was recorded later is in the pack. */
    knownOn: at('known_on').notNull(),
    /** What is being done, in words. */
    progress: text('progress'),
    sha256: text('sha256'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    /** Files that the record rests on and the store had lost; the manifest names them. */
    missingCount: integer('missing_count').notNull().default(0),
    failure: text('failure'),
    requestedBy: uuid('requested_by').notNull(),
    requestedByName: text('requested_by_name').notNull(),
    requestedByEmail: text('requested_by_email').notNull(),
    requestedAt: at('requested_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.incidentId],
      foreignColumns: [incident.organisationId, incident.id],
    }),
    index('claim_pack_incident').on(table.organisationId, table.incidentId, table.requestedAt),
  ],
)
