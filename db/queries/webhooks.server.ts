/** Webhooks, what they are told, and what came of it. */
import { and, arrayContains, asc, count, desc, eq, gte, inArray, lt, ne } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { webhook, webhookAttempt, webhookDelivery, webhookEvent } from '../schema/index.ts'

export type WebhookRow = typeof webhook.$inferSelect
export type EventRow = typeof webhookEvent.$inferSelect
export type DeliveryRow = typeof webhookDelivery.$inferSelect
export type AttemptRow = typeof webhookAttempt.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(webhook.organisationId, organisationId), eq(webhook.id, id), ne(webhook.state, 'removed'))

export async function insertWebhook(tx: Tx, row: typeof webhook.$inferInsert) {
  await tx.insert(webhook).values(row)
}

export async function findWebhook(tx: Tx, organisationId: string, id: string): Promise<WebhookRow | null> {
  const [row] = await tx.select().from(webhook).where(one(organisationId, id)).limit(1)
  return row ?? null
}

export async function lockWebhook(tx: Tx, organisationId: string, id: string): Promise<WebhookRow | null> {
  const [row] = await tx.select().from(webhook).where(one(organisationId, id)).limit(1).for('update')
  return row ?? null
}

export async function updateWebhook(tx: Tx, organisationId: string, id: string, values: Partial<WebhookRow>) {
  await tx.update(webhook).set(values).where(one(organisationId, id))
}

/** By name. */
export async function listWebhooks(tx: Tx, organisationId: string): Promise<WebhookRow[]> {
  return tx
    .select()
    .from(webhook)
    .where(and(eq(webhook.organisationId, organisationId), ne(webhook.state, 'removed')))
    .orderBy(asc(webhook.name), asc(webhook.id))
}

/** Those that are on and want to be told of this kind. */
export async function listListening(tx: Tx, organisationId: string, kind: string): Promise<WebhookRow[]> {
  return tx
    .select()
    .from(webhook)
    .where(
      and(
        eq(webhook.organisationId, organisationId),
        eq(webhook.state, 'on'),
        arrayContains(webhook.events, [kind]),
      ),
    )
}

/** @returns false where the same was told before */
export async function insertEvent(tx: Tx, row: typeof webhookEvent.$inferInsert): Promise<boolean> {
  const written = await tx
    .insert(webhookEvent)
    .values(row)
    .onConflictDoNothing({ target: [webhookEvent.organisationId, webhookEvent.kind, webhookEvent.key] })
    .returning({ id: webhookEvent.id })
  return written.length > 0
}

/** Which of these were told to anybody, by their key. */
export async function listEventIds(
  tx: Tx,
  organisationId: string,
  kind: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const found = await tx
    .select({ key: webhookEvent.key, id: webhookEvent.id })
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.organisationId, organisationId),
        eq(webhookEvent.kind, kind),
        inArray(webhookEvent.key, [...keys]),
      ),
    )
  return new Map(found.map(({ key, id }) => [key, id]))
}

/** Who was told of these, or is being told. */
export async function listTold(tx: Tx, organisationId: string, eventIds: readonly string[]) {
  if (eventIds.length === 0) return []
  return tx
    .select({ eventId: webhookDelivery.eventId, webhookId: webhookDelivery.webhookId })
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.organisationId, organisationId),
        inArray(webhookDelivery.eventId, [...eventIds]),
      ),
    )
}

/** @returns false where this webhook has a delivery of this event already */
export async function insertDelivery(tx: Tx, row: typeof webhookDelivery.$inferInsert): Promise<boolean> {
  const written = await tx
    .insert(webhookDelivery)
    .values(row)
    .onConflictDoNothing({
      target: [webhookDelivery.organisationId, webhookDelivery.eventId, webhookDelivery.webhookId],
    })
    .returning({ id: webhookDelivery.id })
  return written.length > 0
}

const joined = (tx: Tx) =>
  tx
    .select({ delivery: webhookDelivery, event: webhookEvent })
    .from(webhookDelivery)
    .innerJoin(
      webhookEvent,
      and(
        eq(webhookEvent.organisationId, webhookDelivery.organisationId),
        eq(webhookEvent.id, webhookDelivery.eventId),
      ),
    )

export async function findDelivery(tx: Tx, organisationId: string, id: string) {
  const [row] = await joined(tx)
    .where(and(eq(webhookDelivery.organisationId, organisationId), eq(webhookDelivery.id, id)))
    .limit(1)
  return row ?? null
}

export async function lockDelivery(tx: Tx, organisationId: string, id: string): Promise<DeliveryRow | null> {
  const [row] = await tx
    .select()
    .from(webhookDelivery)
    .where(and(eq(webhookDelivery.organisationId, organisationId), eq(webhookDelivery.id, id)))
    .limit(1)
    .for('update')
  return row ?? null
}

export async function updateDelivery(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<Pick<DeliveryRow, 'state' | 'queuedAt' | 'settledAt' | 'replays'>>,
) {
  await tx
    .update(webhookDelivery)
    .set(values)
    .where(and(eq(webhookDelivery.organisationId, organisationId), eq(webhookDelivery.id, id)))
}

/** Those that stand as on their way, the oldest first. */
export async function listQueuedDeliveries(tx: Tx, organisationId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: webhookDelivery.id })
    .from(webhookDelivery)
    .where(and(eq(webhookDelivery.organisationId, organisationId), eq(webhookDelivery.state, 'queued')))
    .orderBy(asc(webhookDelivery.createdAt))
  return rows.map(({ id }) => id)
}

/** The newest first, each with what it told. */
export async function listDeliveries(tx: Tx, organisationId: string, webhookId: string, limit: number) {
  return joined(tx)
    .where(and(eq(webhookDelivery.organisationId, organisationId), eq(webhookDelivery.webhookId, webhookId)))
    .orderBy(desc(webhookDelivery.createdAt), desc(webhookDelivery.id))
    .limit(limit)
}

export interface SettledSpan {
  from: Date
  before: Date
  onlyFailed: boolean
}

const settledIn = (organisationId: string, webhookId: string, { from, before, onlyFailed }: SettledSpan) =>
  and(
    eq(webhookDelivery.organisationId, organisationId),
    eq(webhookDelivery.webhookId, webhookId),
    inArray(webhookDelivery.state, onlyFailed ? ['failed'] : ['failed', 'delivered']),
    gte(webhookDelivery.createdAt, from),
    lt(webhookDelivery.createdAt, before),
  )

/** How many are settled and were first sent in this span, by how often they were sent again; the fewest first. */
export async function countSettled(tx: Tx, organisationId: string, webhookId: string, span: SettledSpan) {
  return tx
    .select({ replays: webhookDelivery.replays, deliveries: count() })
    .from(webhookDelivery)
    .where(settledIn(organisationId, webhookId, span))
    .groupBy(webhookDelivery.replays)
    .orderBy(asc(webhookDelivery.replays))
}

/** Locked, the oldest first. @param replays null for however often they were sent again */
export async function lockSettled(
  tx: Tx,
  organisationId: string,
  webhookId: string,
  span: SettledSpan,
  { replays, limit }: { replays: number | null; limit: number },
): Promise<DeliveryRow[]> {
  return tx
    .select()
    .from(webhookDelivery)
    .where(
      and(
        settledIn(organisationId, webhookId, span),
        replays === null ? undefined : eq(webhookDelivery.replays, replays),
      ),
    )
    .orderBy(asc(webhookDelivery.createdAt), asc(webhookDelivery.id))
    .limit(limit)
    .for('update')
}

export async function insertAttempt(tx: Tx, row: typeof webhookAttempt.$inferInsert) {
  await tx.insert(webhookAttempt).values(row)
}

/** The oldest first. */
export async function listAttempts(tx: Tx, organisationId: string, deliveryIds: readonly string[]) {
  if (deliveryIds.length === 0) return []
  return tx
    .select()
    .from(webhookAttempt)
    .where(
      and(
        eq(webhookAttempt.organisationId, organisationId),
        inArray(webhookAttempt.deliveryId, [...deliveryIds]),
      ),
    )
    .orderBy(asc(webhookAttempt.at), asc(webhookAttempt.id))
}

/** How many deliveries of each webhook failed. */
export async function countFailed(tx: Tx, organisationId: string): Promise<Map<string, number>> {
  const rows = await tx
    .select({ webhookId: webhookDelivery.webhookId, failed: count() })
    .from(webhookDelivery)
    .where(and(eq(webhookDelivery.organisationId, organisationId), eq(webhookDelivery.state, 'failed')))
    .groupBy(webhookDelivery.webhookId)
  return new Map(rows.map(({ webhookId, failed }) => [webhookId, failed]))
}
