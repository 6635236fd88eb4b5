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
  /** What happened, for events that several looks would find: the same one is told once. */
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
  const listening = await rows.listListening(tx, organisationId, kind)
  if (listening.length === 0) return false
  const eventId = await insertEvent(tx, organisationId, kind, event)
  if (eventId === null) return false
  for (const { id } of listening) await queueDelivery(tx, organisationId, id, eventId)
  return true
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

export async function queueDelivery(
  tx: Tx,
  organisationId: string,
  webhookId: string,
  eventId: string,
): Promise<void> {
  const { clock, newId, jobs } = getRuntime()
  const id = newId()
  const state = 'queued'
  await rows.insertDelivery(tx, { organisationId, id, webhookId, eventId, state, createdAt: clock() })
  await jobs.enqueue({ name: 'deliver-webhook', organisationId, deliveryId: id })
}
