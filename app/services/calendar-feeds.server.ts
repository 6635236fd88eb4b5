/** Secret addresses from which calendar programs read: made, renewed and revoked. */
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/calendars.server.ts'
import { findClient, listClientNames } from '#db/queries/clients.server.ts'
import { hashSecret, newLinkToken } from './attestation-secrets.server.ts'
import type { FeedInput } from './calendar-input.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

const MOST_FEEDS = 50

export const feedPath = (token: string) => `/feeds/${token}/calendar.ics`

/** One's own, and those of clients. */
export async function listCalendarFeeds(member: Member) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const clients = await listClientNames(tx, organisationId)
    const names = new Map(clients.map(({ id, legalName }) => [id, legalName]))
    return {
      clients,
      feeds: (await rows.listFeeds(tx, organisationId, member.userId)).map(({ feed, clientName }) => ({
        ...{ id: feed.id, name: feed.name, clientName, kinds: feed.kinds },
        /** Null for all. */
        clientNames: feed.clientIds?.map((id) => names.get(id) ?? 'An archived client') ?? null,
        ...{ createdByName: feed.createdByName, createdAt: feed.createdAt, renewedAt: feed.renewedAt },
        ...{
          lastFetchedAt: feed.lastFetchedAt,
          revokedAt: feed.revokedAt,
          revokedByName: feed.revokedByName,
        },
      })),
    }
  })
}

/** @returns the path, which is shown once; @throws NotFoundError; RefusedError `archived`, `too-many` */
export async function createFeed(member: Member, input: FeedInput): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId, userId } = member
  const at = clock()
  const token = newLinkToken(organisationId)
  const clientId = input.reader === 'me' ? null : input.reader
  await database.inOrganisation(organisationId, async (tx) => {
    const about = clientId ? [clientId] : input.clientIds
    for (const id of about) await requireActive(tx, organisationId, id)
    const open = (await rows.listFeeds(tx, organisationId, userId)).filter(({ feed }) => !feed.revokedAt)
    if (open.length >= MOST_FEEDS)
      throw new RefusedError('too-many', 'There are too many calendar addresses. Revoke those nobody reads.')
    const feed = {
      ...{ id: newId(), name: input.name, kinds: input.kinds, clientId },
      memberId: clientId ? null : userId,
      clientIds: clientId || input.clientIds.length === 0 ? null : input.clientIds,
    }
    const kept = { tokenSha256: hashSecret(token), createdByName: member.name, createdAt: at }
    await rows.insertFeed(tx, { ...feed, ...kept, organisationId })
    const { id: feedId, ...said } = feed
    await recordInLedger(tx, organisationId, {
      ...{ kind: 'calendar-feed.created', actor: actorOf(member), at, payload: { feedId, ...said } },
    })
  })
  return feedPath(token)
}

/** The address before opens nothing any more. @returns as `createFeed`; @throws NotFoundError; RefusedError `revoked` */
export async function renewFeed(member: Member, feedId: string): Promise<string> {
  const token = newLinkToken(member.organisationId)
  await changeFeed(member, feedId, 'calendar-feed.renewed', (at) => ({
    ...{ tokenSha256: hashSecret(token), renewedAt: at, lastFetchedAt: null },
  }))
  return feedPath(token)
}

/** @throws NotFoundError; RefusedError `revoked` */
export async function revokeFeed(member: Member, feedId: string): Promise<void> {
  await changeFeed(member, feedId, 'calendar-feed.revoked', (at) => ({
    ...{ revokedAt: at, revokedByName: member.name },
  }))
}

async function changeFeed(
  member: Member,
  feedId: string,
  kind: 'calendar-feed.renewed' | 'calendar-feed.revoked',
  change: (at: Date) => Parameters<typeof rows.updateFeed>[3],
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const feed = await rows.lockFeed(tx, organisationId, feedId)
    // Another member's own calendar is nobody else's business.
    if (!feed || (feed.memberId !== null && feed.memberId !== member.userId))
      throw new NotFoundError('No such calendar address')
    if (feed.revokedAt)
      throw new RefusedError('revoked', 'This address was revoked already. Make a new one instead.')
    await rows.updateFeed(tx, organisationId, feedId, change(at))
    const payload = { feedId, name: feed.name }
    await recordInLedger(tx, organisationId, { kind, actor: actorOf(member), at, payload })
  })
}

async function requireActive(tx: Tx, organisationId: string, clientId: string) {
  const client = await findClient(tx, organisationId, clientId)
  if (!client) throw new NotFoundError('No such client')
  if (client.archivedAt)
    throw new RefusedError('archived', 'This client is archived. Restore it to make a calendar for it.')
}
