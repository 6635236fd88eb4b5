/** Tells webhooks what happened: written in the transaction of its cause, sent afterwards by the queue. */
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/webhooks.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { TEST_EVENT, WebhookData, WebhookEventKind } from './webhook-events.ts'

export interface NewEvent extends Omit<WebhookData, 'url' | 'dueOn' | 'urgency'> {
  /** The page where it is dealt with: `/requests/…`. */
  path: string
  dueOn?: string | null
  urgency?: WebhookData['urgency']
  /** What happened, for events that several looks would find: each webhook hears of the same one once. */
  key?: string
}

/**
 * Call it before `recordInLedger`, which comes last in a transaction. Where no webhook listens nothing is kept.
 * @returns whether anybody is told
 */
export async function emitEvent(
  tx: Tx,
  organisationId: string,
  kind: WebhookEventKind,
  event: NewEvent,
): Promise<boolean> {
  return (await emitEvents(tx, organisationId, kind, [event])) > 0
}

/**
 * As `emitEvent`, for what one look found: it costs the same few statements however much of it was told before.
 * Each webhook hears of what has a key once, also one that came after others were told.
 * @returns how many messages are sent
 */
export async function emitEvents(
  tx: Tx,
  organisationId: string,
  kind: WebhookEventKind,
  events: readonly NewEvent[],
): Promise<number> {
  const listening = events.length === 0 ? [] : await rows.listListening(tx, organisationId, kind)
  if (listening.length === 0) return 0
  const keys = events.flatMap(({ key }) => key ?? [])
  const known = await rows.listEventIds(tx, organisationId, kind, keys)
  const told = await rows.listTold(tx, organisationId, [...known.values()])
  const has = new Set(told.map(({ eventId, webhookId }) => `${eventId} ${webhookId}`))
  let sent = 0
  for (const event of events) {
    const eventId = known.get(event.key ?? '') ?? (await insertEvent(tx, organisationId, kind, event))
    // Another look wrote it just now, and tells it.
    if (eventId === null) continue
    for (const { id } of listening) {
      if (has.has(`${eventId} ${id}`)) continue
      if (await queueDelivery(tx, organisationId, id, eventId)) sent += 1
    }
  }
  return sent
}

/** @returns null where the same was told before */
export async function insertEvent(
  tx: Tx,
  organisationId: string,
  kind: WebhookEventKind | typeof TEST_EVENT,
  { path, key, dueOn = null, urgency = 'normal', client, subject, text }: NewEvent,
): Promise<string | null> {
  const { clock, newId, settings } = getRuntime()
  const id = newId()
  const url = settings.publicUrl ? `${settings.publicUrl}${path}` : null
  const data: WebhookData = { client, subject, text: cutText(text, 2000), url, dueOn, urgency }
  const isNew = await rows.insertEvent(tx, { organisationId, id, kind, key: key ?? id, data, at: clock() })
  return isNew ? id : null
}

/** @returns false where this webhook was told, or another look tells it just now */
export async function queueDelivery(
  tx: Tx,
  organisationId: string,
  webhookId: string,
  eventId: string,
): Promise<boolean> {
  const { clock, newId, jobs } = getRuntime()
  const id = newId()
  const at = clock()
  const about = { organisationId, id, webhookId, eventId }
  const isNew = await rows.insertDelivery(tx, { ...about, state: 'queued', createdAt: at, queuedAt: at })
  if (isNew) await jobs.enqueue({ name: 'deliver-webhook', organisationId, deliveryId: id })
  return isNew
}
