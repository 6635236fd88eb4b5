/**
 * Whose webhook is called when. A program that hangs holds a worker of the queue for as long as it is waited for: it
 * gets few of them at once, and after a failure that took long it rests with all its messages, while others are called.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/webhooks.server.ts'
import { LaterError } from './errors.ts'
import { getRuntime } from './runtime.server.ts'

type Whose = Pick<rows.WebhookRow, 'organisationId' | 'id'>

/** Of the workers that each instance has for webhooks; together fewer than those. */
const MOST_CALLS = { ofWebhook: 2, ofOrganisation: 3 }
/** A call that takes no longer is worth waiting for, so that messages of a quick program keep their order. */
const QUICK_MS = 1000
const BUSY_MS = 5000

interface Call extends Whose {
  startedAt: number
  ended: Promise<void>
}
const calls = new Set<Call>()

/** @returns what to call at its end. @throws LaterError when as many calls as may be at once are taking long */
export async function takeTurn({ organisationId, id }: Whose): Promise<() => void> {
  for (let inTheWay = listInTheWay({ organisationId, id }); inTheWay.length > 0; ) {
    const newest = Math.max(...inTheWay.map(({ startedAt }) => startedAt))
    const patience = QUICK_MS - (performance.now() - newest)
    if (patience <= 0) throw new LaterError(BUSY_MS)
    await Promise.race([sleep(patience), ...inTheWay.map(({ ended }) => ended)])
    inTheWay = listInTheWay({ organisationId, id })
  }
  let tell: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    tell = resolve
  })
  const call = { organisationId, id, startedAt: performance.now(), ended }
  calls.add(call)
  return () => {
    calls.delete(call)
    tell()
  }
}

function listInTheWay({ organisationId, id }: Whose): Call[] {
  const ofOrganisation = [...calls].filter((call) => call.organisationId === organisationId)
  const ofWebhook = ofOrganisation.filter((call) => call.id === id)
  if (ofWebhook.length >= MOST_CALLS.ofWebhook) return ofWebhook
  return ofOrganisation.length >= MOST_CALLS.ofOrganisation ? ofOrganisation : []
}

const REST_MS = 30_000
const LONGEST_REST_MS = 10 * 60_000
/** As long as a message that is refused at once is tried for. */
const GIVEN_UP_AFTER_MS = 6 * 60 * 60_000

/**
 * To be asked under the webhook's lock. After a rest one message tries how it is now, and the others wait for what
 * comes of it.
 * @returns whether this message has waited for too long
 * @throws LaterError while the webhook rests
 */
export async function waitOutRest(
  tx: Tx,
  webhook: rows.WebhookRow,
  delivery: Pick<rows.DeliveryRow, 'queuedAt'>,
  patienceMs: number,
): Promise<boolean> {
  if (webhook.silences === 0) return false
  const now = getRuntime().clock().getTime()
  const restMs = (webhook.restingUntil?.getTime() ?? 0) - now
  if (restMs > 0) {
    if (now - delivery.queuedAt.getTime() > GIVEN_UP_AFTER_MS) return true
    throw new LaterError(restMs)
  }
  // Should this server die in the call, another message tries it a little later.
  const restingUntil = new Date(now + 2 * patienceMs)
  await rows.updateWebhook(tx, webhook.organisationId, webhook.id, { restingUntil })
  return false
}

/** A failure that comes at once holds up nobody, so it is no silence. */
export const isSilence = (failure: string | null, took: number, patienceMs: number) =>
  failure !== null && took >= patienceMs / 3

/** To be written under the webhook's lock. @param seen as it was before the call */
export function restAfter(
  now: Date,
  current: rows.WebhookRow,
  seen: rows.WebhookRow,
  isSilent: boolean,
): Pick<rows.WebhookRow, 'silences' | 'restingUntil'> | null {
  if (!isSilent) return current.silences === 0 ? null : RESTED
  // Two that hung at the same time are one silence.
  if (current.silences !== seen.silences) return null
  const restMs = Math.min(REST_MS * 2 ** seen.silences, LONGEST_REST_MS)
  return { silences: seen.silences + 1, restingUntil: new Date(now.getTime() + restMs) }
}

/** Called again at once. */
export const RESTED = { silences: 0, restingUntil: null } as const
