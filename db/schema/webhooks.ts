/** What is told to other programs, to whom, and what came of each try. */
import { sql } from 'drizzle-orm'
import {
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
import { at, organisationId } from './columns.ts'

export const WEBHOOK_FORMATS = ['json', 'connectwise', 'autotask', 'halopsa'] as const

export const webhook = pgTable(
  'webhook',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    url: text('url').notNull(),
    format: text('format', { enum: WEBHOOK_FORMATS }).notNull(),
    /** Where a ticket goes in a PSA tool. */
    target: jsonb('target').$type<Record<string, string>>().notNull(),
    events: text('events').array().notNull(),
    /** `gone`: the other side answered 410. */
    state: text('state', { enum: ['on', 'off', 'gone', 'removed'] }).notNull(),
    sealedSecret: text('sealed_secret').notNull(),
    /** Signs as well until then, so that the other side can change it without losing a message. */
    sealedOldSecret: text('sealed_old_secret'),
    oldSecretUntil: at('old_secret_until'),
    sealedHeaders: text('sealed_headers'),
    version: integer('version').notNull(),
    /** Failures one after the other that took long. */
    silences: integer('silences').notNull().default(0),
    /** Until then nothing is sent, so that it holds up nobody else. */
    restingUntil: at('resting_until'),
    createdBy: uuid('created_by').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.id] })],
)

/** What happened, written in the transaction of its cause. Never changed. */
export const webhookEvent = pgTable(
  'webhook_event',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    kind: text('kind').notNull(),
    /** The same thing is told once. */
    key: text('key').notNull(),
    data: jsonb('data').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.kind, table.key),
  ],
)

/** One event for one webhook. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    webhookId: uuid('webhook_id').notNull(),
    eventId: uuid('event_id').notNull(),
    state: text('state', { enum: ['queued', 'delivered', 'failed'] }).notNull(),
    createdAt: at('created_at').notNull(),
    /** When it was last put on its way. */
    queuedAt: at('queued_at').notNull(),
    settledAt: at('settled_at'),
    replays: integer('replays').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.webhookId],
      foreignColumns: [webhook.organisationId, webhook.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.eventId],
      foreignColumns: [webhookEvent.organisationId, webhookEvent.id],
    }),
    unique('webhook_delivery_once').on(table.organisationId, table.eventId, table.webhookId),
    index('webhook_delivery_newest').on(table.organisationId, table.webhookId, table.createdAt),
    index('webhook_delivery_failed').on(table.organisationId, table.webhookId).where(sql`state = 'failed'`),
    index('webhook_delivery_queued').on(table.organisationId, table.createdAt).where(sql`state = 'queued'`),
  ],
)

/** One try of a delivery. Never changed. */
export const webhookAttempt = pgTable(
  'webhook_attempt',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    deliveryId: uuid('delivery_id').notNull(),
    at: at('at').notNull(),
    /** Milliseconds. */
    took: integer('took').notNull(),
    /** Null where there was no answer. */
    status: integer('status'),
    /** The first bytes of the answer. */
    answer: text('answer').notNull(),
    failure: text('failure'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.deliveryId],
      foreignColumns: [webhookDelivery.organisationId, webhookDelivery.id],
    }),
    index('webhook_attempt_delivery').on(table.organisationId, table.deliveryId, table.at),
  ],
)
