/** The machines of a client across imports and tools, and what members decided about which is which. */
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { IDENTITY_RULES } from '#evidence/asset-identity.ts'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { scanImport } from './evidence.ts'

export const clientAsset = pgTable(
  'client_asset',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** What people call it: the fullest host name seen, else the address, else the file's own name. */
    name: text('name').notNull(),
    hostname: text('hostname'),
    address: text('address'),
    operatingSystem: text('operating_system'),
    /** A member said that it is the same machine as that one. */
    mergedInto: uuid('merged_into'),
    /** No import that counts shows it any more. */
    isDormant: boolean('is_dormant').notNull().default(false),
    firstSeenAt: at('first_seen_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    openCount: integer('open_count').notNull().default(0),
    /** Of its open findings; -1 without any. */
    worstRank: integer('worst_rank').notNull().default(-1),
    kevCount: integer('kev_count').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('client_asset_client').on(
      table.organisationId,
      table.clientId,
      table.worstRank.desc(),
      table.openCount.desc(),
      table.id,
    ),
  ],
)

/** Which asset an import's host was taken for, and why: written once, moved only by a person's split. */
export const assetSighting = pgTable(
  'asset_sighting',
  {
    organisationId: organisationId(),
    importId: uuid('import_id').notNull(),
    key: text('key').notNull(),
    clientId: uuid('client_id').notNull(),
    /** As matched; a merge leads on from there. */
    assetId: uuid('asset_id').notNull(),
    rule: text('rule', { enum: IDENTITY_RULES }).notNull(),
    reason: text('reason').notNull(),
    tool: text('tool').notNull(),
    lane: text('lane').notNull(),
    viewpoint: text('viewpoint', { enum: ['external', 'internal'] }).notNull(),
    seenAt: at('seen_at').notNull(),
    /** Folded, as they are compared. */
    hostname: text('hostname'),
    address: text('address'),
    externalId: text('external_id'),
    isCredentialed: boolean('is_credentialed'),
    isWhole: boolean('is_whole').notNull(),
    /** false once the evidence is withdrawn. */
    isCounted: boolean('is_counted').notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.importId, table.key] }),
    foreignKey({
      columns: [table.organisationId, table.importId],
      foreignColumns: [scanImport.organisationId, scanImport.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.assetId],
      foreignColumns: [clientAsset.organisationId, clientAsset.id],
    }),
    index('asset_sighting_asset').on(table.organisationId, table.assetId),
    index('asset_sighting_client').on(table.organisationId, table.clientId),
  ],
)

export interface MovedParts {
  /** Of a split. */
  sightings: { importId: string; key: string }[]
  /** Of a merge: assets that had been merged into the other one before. */
  assetIds: string[]
}

export const assetDecision = pgTable(
  'asset_decision',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    kind: text('kind', { enum: ['merge', 'split'] }).notNull(),
    /** The one that stays. */
    assetId: uuid('asset_id').notNull(),
    /** Merged into it, or split off from it. */
    otherId: uuid('other_id').notNull(),
    /** What an undoing moves back. */
    moved: jsonb('moved').$type<MovedParts>().notNull(),
    reason: text('reason').notNull(),
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
    index('asset_decision_client').on(table.organisationId, table.clientId, table.decidedAt),
  ],
)
