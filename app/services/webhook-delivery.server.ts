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
import { isSilence, restAfter, takeTurn, waitOutRest } from './webhook-turns.server.ts'

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
 * @throws WebhookError when it is worth another try; LaterError when it is not its turn
 */
export async function deliverWebhookJob(organisationId: string, deliveryId: string): Promise<void> {
  const { database } = getRuntime()
  const found = await database.inOrganisation(organisationId, async (tx) => {
    // Waits for a replay that is still open: its job comes before it commits, and would read it as settled.
    await rows.lockDelivery(tx, organisationId, deliveryId)
    const found = await rows.findDelivery(tx, organisationId, deliveryId)
    if (!found) throw new NotFoundError('No such delivery yet')
    return { ...found, webhook: await rows.findWebhook(tx, organisationId, found.delivery.webhookId) }
  })
  if (found.delivery.state !== 'queued') return
  if (found.webhook?.state !== 'on') return settle(organisationId, deliveryId, 'failed')
  const end = await takeTurn(found.webhook)
  try {
    await callInTurn(found)
  } finally {
    end()
  }
}

type Found = NonNullable<Awaited<ReturnType<typeof rows.findDelivery>>>

async function callInTurn({ delivery, event }: Found): Promise<void> {
  const runtime = getRuntime()
  const { database, clock } = runtime
  const { organisationId, id, webhookId } = delivery
  const network = networkOf(runtime)
  const patienceMs = network.patience.webhook
  const { webhook, isOverdue } = await database.inOrganisation(organisationId, async (tx) => {
    const webhook = await rows.lockWebhook(tx, organisationId, webhookId)
    return { webhook, isOverdue: webhook && (await waitOutRest(tx, webhook, delivery, patienceMs)) }
  })
  if (webhook?.state !== 'on' || isOverdue) return settle(organisationId, id, 'failed')
  const type = event.kind as WebhookMessage['type']
  const message = { type, at: event.at, data: WebhookData.parse(event.data) }
  const at = clock()
  const started = performance.now()
  const body = writeBody(webhook.format, webhook.target, message)
  const call = { url: webhook.url, id: `msg_${id}`, at, body, ...secretsOf(webhook, at) }
  const answer = await callWebhook(call, network, patienceMs)
  const took = Math.round(performance.now() - started)
  await writeDown(webhook, id, answer, { at, took, isSilent: isSilence(answer.failure, took, patienceMs) })
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
  webhook: rows.WebhookRow,
  deliveryId: string,
  answer: WebhookAnswer,
  { at, took, isSilent }: { at: Date; took: number; isSilent: boolean },
): Promise<void> {
  const { organisationId, id: webhookId } = webhook
  const { database, clock, newId } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    const now = await rows.lockDelivery(tx, organisationId, deliveryId)
    await rows.insertAttempt(tx, { organisationId, id: newId(), deliveryId, at, took, ...answer })
    const isOver = answer.failure === null || answer.status === 410
    if (now?.state === 'queued' && isOver) {
      const state = answer.failure === null ? 'delivered' : 'failed'
      await rows.updateDelivery(tx, organisationId, deliveryId, { state, settledAt: clock() })
    }
    // Most answers change nothing of the webhook, and need not wait for each other.
    if (answer.status !== 410 && !isSilent && webhook.silences === 0) return
    const current = await rows.lockWebhook(tx, organisationId, webhookId)
    if (current?.state !== 'on') return
    const rest = restAfter(clock(), current, webhook, isSilent)
    if (rest) await rows.updateWebhook(tx, organisationId, webhookId, rest)
    if (answer.status !== 410) return
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
