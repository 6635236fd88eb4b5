/** Sends one message to one webhook, as a job of the queue, and writes down what came of it. */
import * as rows from '#db/queries/webhooks.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { getRuntime, networkOf } from './runtime.server.ts'
import { openSealed } from './sealed-text.server.ts'
import { callWebhook, type WebhookAnswer } from './webhook-call.server.ts'
import { WebhookData, type WebhookMessage } from './webhook-events.ts'
import { writeBody } from './webhook-formats.ts'
import { WebhookHeaders } from './webhook-input.ts'

/** Worth another try. */
export class WebhookError extends Error {
  override name = 'WebhookError'
  readonly code = 'webhook-refused'
}

/** What a sealed text belongs to. */
export const placeOf = (webhookId: string) => `webhook ${webhookId}`

/**
 * Harmless when called twice, though a program that took a message and did not live to say so gets it again under the
 * same id.
 * @throws WebhookError when it is worth another try
 */
export async function deliverWebhookJob(organisationId: string, deliveryId: string): Promise<void> {
  const runtime = getRuntime()
  const { database, clock } = runtime
  const { delivery, event, webhook } = await database.inOrganisation(organisationId, async (tx) => {
    // Waits for a replay that is still open: its job comes before it commits, and would read it as settled.
    await rows.lockDelivery(tx, organisationId, deliveryId)
    const found = await rows.findDelivery(tx, organisationId, deliveryId)
    if (!found) throw new NotFoundError('No such delivery yet')
    return { ...found, webhook: await rows.findWebhook(tx, organisationId, found.delivery.webhookId) }
  })
  if (delivery.state !== 'queued') return
  if (webhook?.state !== 'on') return settle(organisationId, deliveryId, 'failed')
  const message = {
    type: event.kind as WebhookMessage['type'],
    at: event.at,
    data: WebhookData.parse(event.data),
  }
  const at = clock()
  const started = performance.now()
  const answer = await callWebhook(
    {
      url: webhook.url,
      id: `msg_${deliveryId}`,
      at,
      body: writeBody(webhook.format, webhook.target, message),
      ...secretsOf(webhook, at),
    },
    networkOf(runtime),
  )
  await writeDown(webhook, deliveryId, answer, { at, took: Math.round(performance.now() - started) })
  if (answer.failure !== null && answer.status !== 410) throw new WebhookError(answer.failure)
}

function secretsOf(webhook: rows.WebhookRow, now: Date) {
  const { secret } = getRuntime().settings
  const place = placeOf(webhook.id)
  const { sealedSecret, sealedOldSecret, oldSecretUntil, sealedHeaders } = webhook
  const isOldInUse = sealedOldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now
  return {
    secrets: [sealedSecret, ...(isOldInUse ? [sealedOldSecret] : [])].map((sealed) =>
      openSealed(secret, place, sealed),
    ),
    headers: sealedHeaders ? WebhookHeaders.parse(openSealed(secret, place, sealedHeaders)) : {},
  }
}

async function writeDown(
  { organisationId, id: webhookId }: rows.WebhookRow,
  deliveryId: string,
  answer: WebhookAnswer,
  { at, took }: { at: Date; took: number },
): Promise<void> {
  const { database, clock, newId } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    const now = await rows.lockDelivery(tx, organisationId, deliveryId)
    await rows.insertAttempt(tx, { organisationId, id: newId(), deliveryId, at, took, ...answer })
    const isOver = answer.failure === null || answer.status === 410
    if (now?.state === 'queued' && isOver) {
      const state = answer.failure === null ? 'delivered' : 'failed'
      await rows.updateDelivery(tx, organisationId, deliveryId, { state, settledAt: clock() })
    }
    if (answer.status !== 410) return
    const current = await rows.lockWebhook(tx, organisationId, webhookId)
    if (current?.state !== 'on') return
    await rows.updateWebhook(tx, organisationId, webhookId, { state: 'gone', version: current.version + 1 })
    await recordInLedger(tx, organisationId, {
      kind: 'webhook.gone',
      actor: 'Attested',
      at: clock(),
      payload: { webhookId, name: current.name },
    })
  })
}

async function settle(organisationId: string, deliveryId: string, state: 'failed'): Promise<void> {
  const { database, clock } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    const now = await rows.lockDelivery(tx, organisationId, deliveryId)
    if (now?.state === 'queued')
      await rows.updateDelivery(tx, organisationId, deliveryId, { state, settledAt: clock() })
  })
}

/** After the last try: it waits on the webhook's page to be sent again. */
export const failDelivery = (organisationId: string, deliveryId: string) =>
  settle(organisationId, deliveryId, 'failed')
