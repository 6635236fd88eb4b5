/** Sets up webhooks: owners only, for what a client's affairs are told to leaves the house by them. */

import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/webhooks.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { type LedgerKind, recordInLedger } from './ledger.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import { getRuntime, networkOf } from './runtime.server.ts'
import { sealText } from './sealed-text.server.ts'
import { placeOf } from './webhook-delivery.server.ts'
import type { WebhookInput } from './webhook-input.ts'
import { RESTED } from './webhook-turns.server.ts'

/** How long the secret before still signs, after a new one was made. */
export const OVERLAP_HOURS = 24
const MOST = 20

/** As the Standard Webhooks specification writes them: 32 random bytes. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

/** Not for a demo: whoever looks around could have this server call whom they like. */
export function requireWebhookOwner(member: Member): void {
  requireOwner(member, 'sets up webhooks')
  if (member.organisationIsDemo)
    throw new RefusedError('demo', 'The demo tells nobody anything. Sign up to set up webhooks.')
}

export type ShownWebhook = Pick<
  rows.WebhookRow,
  'id' | 'name' | 'url' | 'format' | 'target' | 'events' | 'state' | 'version' | 'createdAt' | 'createdByName'
> & { hasHeaders: boolean; oldSecretUntil: Date | null; restingUntil: Date | null; failed: number }

export function showWebhook(row: rows.WebhookRow, failed: number, now: Date): ShownWebhook {
  const { id, name, url, format, target, events, state, version, createdAt, createdByName, oldSecretUntil } =
    row
  return {
    id,
    name,
    url,
    format,
    target,
    events,
    state,
    version,
    createdAt,
    createdByName,
    hasHeaders: row.sealedHeaders !== null,
    oldSecretUntil: oldSecretUntil && oldSecretUntil > now ? oldSecretUntil : null,
    restingUntil: row.restingUntil && row.restingUntil > now ? row.restingUntil : null,
    failed,
  }
}

/** By name. @throws RefusedError `owner`, `demo` */
export async function listWebhooks(member: Member): Promise<ShownWebhook[]> {
  requireWebhookOwner(member)
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const failed = await rows.countFailed(tx, organisationId)
    const all = await rows.listWebhooks(tx, organisationId)
    return all.map((row) => showWebhook(row, failed.get(row.id) ?? 0, clock()))
  })
}

/** What an address says without asking for its name; the rest is asked right before each call. */
function refuseInside(address: string): void {
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '')
  const why = whyInside(host)
  if (why !== null)
    throw new RefusedError(
      'not-public',
      `${host} ${why}. Webhooks go to the open internet: enter an address that it reaches.`,
    )
}

function whyInside(host: string): string | null {
  const { whyNot } = networkOf(getRuntime())
  if (isIP(host)) return whyNot(host)
  if (/(^|\.)localhost\.?$/i.test(host)) return whyNot('127.0.0.1')
  return INSIDE.test(host) ? 'stays in its own network' : null
}
/** RFC 6762, appendix G among it: what networks use inside. */
const INSIDE = /(^|\.)(local|internal|intranet|lan|home|corp|home\.arpa)\.?$/i

/**
 * @returns its id, and its secret, which is not shown again
 * @throws RefusedError `owner`, `demo`, `too-many`, `not-public`
 */
export async function addWebhook(
  member: Member,
  input: WebhookInput,
): Promise<{ id: string; secret: string }> {
  requireWebhookOwner(member)
  refuseInside(input.url)
  const { database, clock, newId, settings } = getRuntime()
  const { organisationId, userId } = member
  const [id, secret, at] = [newId(), newSecret(), clock()]
  const seal = (text: string) => sealText(settings.secret, placeOf(id), text)
  await database.inOrganisation(organisationId, async (tx) => {
    if ((await rows.listWebhooks(tx, organisationId)).length >= MOST)
      throw new RefusedError('too-many', `An organisation has at most ${MOST} webhooks. Remove one first.`)
    const { headers, ...plain } = input
    await rows.insertWebhook(tx, {
      organisationId,
      id,
      ...plain,
      state: 'on',
      sealedSecret: seal(secret),
      sealedHeaders: headers ? seal(headers) : null,
      version: 1,
      createdBy: userId,
      createdByName: member.name,
      createdAt: at,
    })
    await note(tx, member, 'webhook.added', id, describe(input))
  })
  return { id, secret }
}

/** Never the whole address: the rest of it may be a key. */
const describe = ({ name, url, format, events }: WebhookInput) => ({
  name,
  host: new URL(url).hostname,
  format,
  events,
})

/** @throws NotFoundError; RefusedError `owner`, `demo`, `conflict`, `not-public` */
export async function changeWebhook(
  member: Member,
  webhookId: string,
  input: WebhookInput,
  seenVersion: number,
): Promise<void> {
  refuseInside(input.url)
  const { headers, ...plain } = input
  await change(member, webhookId, async (tx, webhook) => {
    if (webhook.version !== seenVersion)
      throw new RefusedError(
        'conflict',
        'Somebody else changed this webhook meanwhile. The page shows it as it is now.',
      )
    // Headers are secrets, so they go nowhere but where they were entered for.
    const isElsewhere = new URL(webhook.url).host !== new URL(input.url).host
    const sealed = headers
      ? sealText(getRuntime().settings.secret, placeOf(webhookId), headers)
      : isElsewhere
        ? null
        : webhook.sealedHeaders
    const { organisationId } = member
    const values = { ...plain, ...RESTED, sealedHeaders: sealed, version: webhook.version + 1 }
    await rows.updateWebhook(tx, organisationId, webhookId, values)
    await note(tx, member, 'webhook.changed', webhookId, describe(input))
  })
}

/** @throws NotFoundError; RefusedError `owner`, `demo` */
export async function switchWebhook(member: Member, webhookId: string, state: 'on' | 'off'): Promise<void> {
  await change(member, webhookId, async (tx, webhook) => {
    if (webhook.state === state) return
    const values = { state, ...RESTED, version: webhook.version + 1 }
    await rows.updateWebhook(tx, member.organisationId, webhookId, values)
    await note(tx, member, 'webhook.switched', webhookId, { name: webhook.name, state })
  })
}

/**
 * For a day both secrets sign, so that the other side can take the new one in its own time.
 * @returns the new secret, which is not shown again
 * @throws NotFoundError; RefusedError `owner`, `demo`
 */
export async function renewWebhookSecret(member: Member, webhookId: string): Promise<string> {
  const { clock, settings } = getRuntime()
  const secret = newSecret()
  await change(member, webhookId, async (tx, webhook) => {
    await rows.updateWebhook(tx, member.organisationId, webhookId, {
      sealedSecret: sealText(settings.secret, placeOf(webhookId), secret),
      sealedOldSecret: webhook.sealedSecret,
      oldSecretUntil: new Date(clock().getTime() + OVERLAP_HOURS * 60 * 60 * 1000),
      version: webhook.version + 1,
    })
    await note(tx, member, 'webhook.secret-renewed', webhookId, { name: webhook.name })
  })
  return secret
}

/** What was told stays in the books; nothing is told any more. @throws NotFoundError; RefusedError `owner`, `demo` */
export async function removeWebhook(member: Member, webhookId: string): Promise<void> {
  await change(member, webhookId, async (tx, webhook) => {
    await rows.updateWebhook(tx, member.organisationId, webhookId, {
      state: 'removed',
      sealedHeaders: null,
      sealedOldSecret: null,
      oldSecretUntil: null,
      sealedSecret: '',
    })
    await note(tx, member, 'webhook.removed', webhookId, { name: webhook.name })
  })
}

async function change(
  member: Member,
  webhookId: string,
  work: (tx: Tx, webhook: rows.WebhookRow) => Promise<void>,
): Promise<void> {
  requireWebhookOwner(member)
  await getRuntime().database.inOrganisation(member.organisationId, async (tx) => {
    const webhook = await rows.lockWebhook(tx, member.organisationId, webhookId)
    if (!webhook) throw new NotFoundError('No such webhook')
    await work(tx, webhook)
  })
}

async function note(
  tx: Tx,
  member: Member,
  kind: LedgerKind,
  webhookId: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await recordInLedger(tx, member.organisationId, {
    kind,
    actor: actorOf(member),
    at: getRuntime().clock(),
    payload: { webhookId, ...payload },
  })
}
