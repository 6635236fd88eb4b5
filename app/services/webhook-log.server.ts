/** What a webhook was told and what it answered; telling it again, and trying whether it listens. */
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/webhooks.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { insertEvent, queueDelivery } from './webhook-emitting.server.ts'
import { TEST_EVENT, WebhookData, type WebhookMessage } from './webhook-events.ts'
import { writeBody } from './webhook-formats.ts'
import type { ReplaySpan } from './webhook-input.ts'
import { RESTED } from './webhook-turns.server.ts'
import { requireWebhookOwner, type ShownWebhook, showWebhook } from './webhooks.server.ts'

const SHOWN = 100

export interface ShownDelivery {
  id: string
  /** As the other side sees it. */
  messageId: string
  kind: string
  title: string
  state: rows.DeliveryRow['state']
  createdAt: Date
  replays: number
  /** The oldest first. */
  attempts: Pick<rows.AttemptRow, 'id' | 'at' | 'took' | 'status' | 'answer' | 'failure'>[]
  body: string
}

/** A webhook with the newest 100 messages. @throws NotFoundError; RefusedError `owner`, `demo` */
export async function getWebhookLog(
  member: Member,
  webhookId: string,
): Promise<{ webhook: ShownWebhook; deliveries: ShownDelivery[]; today: string }> {
  requireWebhookOwner(member)
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const webhook = await getRow(tx, organisationId, webhookId)
    const found = await rows.listDeliveries(tx, organisationId, webhookId, SHOWN)
    const attempts = await rows.listAttempts(
      tx,
      organisationId,
      found.map(({ delivery }) => delivery.id),
    )
    const failed = (await rows.countFailed(tx, organisationId)).get(webhookId) ?? 0
    const deliveries = found.map(({ delivery, event }) => {
      const data = WebhookData.parse(event.data)
      const message = { type: event.kind as WebhookMessage['type'], at: event.at, data }
      return {
        id: delivery.id,
        messageId: `msg_${delivery.id}`,
        kind: event.kind,
        title: data.client ? `${data.client.name}: ${data.subject.title}` : data.subject.title,
        state: delivery.state,
        createdAt: delivery.createdAt,
        replays: delivery.replays,
        attempts: attempts
          .filter(({ deliveryId }) => deliveryId === delivery.id)
          .map(({ id, at, took, status, answer, failure }) => ({ id, at, took, status, answer, failure })),
        body: writeBody(webhook.format, webhook.target, message),
      }
    })
    const now = clock()
    return { webhook: showWebhook(webhook, failed, now), deliveries, today: now.toISOString().slice(0, 10) }
  })
}

async function getRow(tx: Tx, organisationId: string, webhookId: string): Promise<rows.WebhookRow> {
  const webhook = await rows.findWebhook(tx, organisationId, webhookId)
  if (!webhook) throw new NotFoundError('No such webhook')
  return webhook
}

function requireOn({ state }: rows.WebhookRow): void {
  if (state !== 'on')
    throw new RefusedError('webhook-off', 'This webhook is switched off. Switch it on first.')
}

/** Sends a made-up message, so that its way can be tried. @throws NotFoundError; RefusedError `owner`, `demo`, `webhook-off` */
export async function testWebhook(member: Member, webhookId: string): Promise<void> {
  requireWebhookOwner(member)
  const { organisationId } = member
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const webhook = await getRow(tx, organisationId, webhookId)
    requireOn(webhook)
    await rows.updateWebhook(tx, organisationId, webhookId, RESTED)
    const eventId = await insertEvent(tx, organisationId, TEST_EVENT, {
      client: null,
      subject: { id: webhookId, title: 'A test from Attested' },
      text: `${member.name} pressed the test button. Nothing has to be done.`,
      path: `/webhooks/${webhookId}`,
      urgency: 'low',
    })
    if (eventId) await queueDelivery(tx, organisationId, webhookId, eventId)
  })
}

/** Under the same id: what has it already can tell. @throws NotFoundError; RefusedError `webhook-off`, `still-queued` */
export async function replayDelivery(member: Member, webhookId: string, deliveryId: string): Promise<void> {
  await replay(member, webhookId, async (tx) => {
    const delivery = await rows.lockDelivery(tx, member.organisationId, deliveryId)
    if (delivery?.webhookId !== webhookId) throw new NotFoundError('No such message')
    if (delivery.state === 'queued')
      throw new RefusedError('still-queued', 'This message is still on its way. Wait for what comes of it.')
    return [delivery]
  })
}

const AT_ONCE = 500

/**
 * All that were first sent on these days, in UTC, the oldest first and no more than 500. Of more than that, those that
 * were sent again the least go, so that the next call goes on where this one ended.
 * @returns how many, and how many of the same are left
 */
export async function replaySpan(
  member: Member,
  webhookId: string,
  { from, until, onlyFailed }: ReplaySpan,
): Promise<{ sent: number; left: number }> {
  const span = {
    from: new Date(from),
    before: new Date(Date.parse(until) + 24 * 60 * 60 * 1000),
    onlyFailed: onlyFailed === 'on',
  }
  let atStake = 0
  const sent = await replay(member, webhookId, async (tx) => {
    const counts = await rows.countSettled(tx, member.organisationId, webhookId, span)
    const total = counts.reduce((sum, { deliveries }) => sum + deliveries, 0)
    const [fewest] = counts
    const isWhole = !fewest || total <= AT_ONCE
    atStake = isWhole ? total : fewest.deliveries
    const which = { replays: isWhole ? null : fewest.replays, limit: AT_ONCE }
    return rows.lockSettled(tx, member.organisationId, webhookId, span, which)
  })
  return { sent, left: Math.max(0, atStake - sent) }
}

async function replay(
  member: Member,
  webhookId: string,
  choose: (tx: Tx) => Promise<rows.DeliveryRow[]>,
): Promise<number> {
  requireWebhookOwner(member)
  const { database, clock, jobs } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    requireOn(await getRow(tx, organisationId, webhookId))
    const chosen = await choose(tx)
    // Whoever sends something by hand has looked after the other side: it is tried at once. Behind the deliveries, as
    // their jobs lock both in this order.
    await rows.updateWebhook(tx, organisationId, webhookId, RESTED)
    for (const { id, replays } of chosen) {
      const fresh = { state: 'queued', queuedAt: clock(), settledAt: null, replays: replays + 1 } as const
      await rows.updateDelivery(tx, organisationId, id, fresh)
      await jobs.enqueue({ name: 'deliver-webhook', organisationId, deliveryId: id })
    }
    if (chosen.length > 0)
      await recordInLedger(tx, organisationId, {
        kind: 'webhook.replayed',
        actor: actorOf(member),
        at: clock(),
        payload: { webhookId, deliveryIds: chosen.map(({ id }) => id) },
      })
    return chosen.length
  })
}
