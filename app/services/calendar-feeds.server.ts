/** Secret addresses from which calendar programs read: made, renewed, revoked, and answered. */
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/calendars.server.ts'
import { findClient, listClientNames, listClients } from '#db/queries/clients.server.ts'
import { findMemberById } from '#db/queries/members.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { hashSecret, newLinkToken } from './attestation-secrets.server.ts'
import { readToken } from './attestation-token.ts'
import { listEntries } from './calendar.server.ts'
import { CALENDAR_KINDS, type CalendarEntry } from './calendar-entries.ts'
import { writeFeed } from './calendar-file.server.ts'
import type { FeedInput } from './calendar-input.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { NOTED_DAYS } from './schedule-occurrences.server.ts'
import { addDays } from './subjectivity-input.ts'

/** Days that a feed looks back and ahead of the day on which it is read. */
const BACK_DAYS = 60
const AHEAD_DAYS = 400
const MOST_FEEDS = 50

export const feedPath = (token: string) => `/feeds/${token}/calendar.ics`

/** One's own, and those of clients. */
export async function listCalendarFeeds(member: Member) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const clients = await listClients(tx, organisationId, 'active')
    const names = new Map(clients.map(({ id, legalName }) => [id, legalName]))
    return {
      clients: clients.map(({ id, legalName }) => ({ id, legalName })),
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

export interface ReadFeed {
  text: string
  /** Of the whole text. */
  sha256: string
}

/**
 * For whoever has the address.
 * @param origin where members reach the things themselves, without a slash at the end
 * @throws NotFoundError for an address that opens nothing, whyever
 */
export async function readFeed(token: string | undefined, origin: string): Promise<ReadFeed> {
  const read = readToken(token)
  if (!read || !token) throw nothing()
  const { database, clock } = getRuntime()
  const { organisationId } = read
  const now = clock()
  const today = now.toISOString().slice(0, 10)
  return database.inOrganisation(organisationId, async (tx) => {
    const feed = await rows.findOpenFeed(tx, organisationId, hashSecret(token))
    if (!feed || !(await isStillRead(tx, feed))) throw nothing()
    const entries = await listEntries(
      tx,
      organisationId,
      {
        ...{ from: addDays(today, -BACK_DAYS), until: addDays(today, AHEAD_DAYS), today },
        // Schedules have no end: further ahead they would be nearly all that programs load again and again.
        recurringUntil: addDays(today, NOTED_DAYS),
        clients: await listClientNames(tx, organisationId),
      },
      { clientIds: feed.clientId ? [feed.clientId] : feed.clientIds, kinds: feed.kinds },
    )
    const states = await keepEntryStates(tx, organisationId, entries, now)
    const isForMember = feed.memberId !== null
    const text = writeFeed(
      feed.name,
      entries.map((entry) => {
        const state = states.get(entry.key)
        const word = `${entry.isSettled ? 'Done: ' : ''}${entry.title}`
        return {
          uid: uidOf(entry.key),
          ...{ sequence: state?.sequence ?? 0, changedAt: state?.changedAt ?? now },
          ...{ day: entry.day, at: entry.at, place: null },
          summary: isForMember ? `${entry.client.legalName}: ${word}` : word,
          description: isForMember
            ? [entry.detail, entry.owner ? `Owner: ${entry.owner}` : null].filter(Boolean).join('\n') || null
            : null,
          category: CALENDAR_KINDS[entry.kind].word,
          href: isForMember ? `${origin}${entry.href}` : null,
        }
      }),
    )
    await rows.updateFeed(tx, organisationId, feed.id, { lastFetchedAt: now })
    return { text, sha256: sha256Hex(text) }
  })
}

const nothing = () => new NotFoundError('There is no calendar at this address')

/** A member's calendar ends with the membership, a client's while the client is archived. */
async function isStillRead(tx: Tx, { organisationId, memberId, clientId }: rows.CalendarFeedRow) {
  if (memberId) return (await findMemberById(tx, organisationId, memberId)) !== null
  const client = clientId && (await findClient(tx, organisationId, clientId))
  return client ? client.archivedAt === null : false
}

/** The same in every calendar, so that a program that reads two of them shows it once. */
export const uidOf = (key: string) => `${key.replace(':', '-')}@attested`

async function keepEntryStates(tx: Tx, organisationId: string, entries: readonly CalendarEntry[], at: Date) {
  const said = entries
    .map(({ href: _, ...entry }) => ({ entryKey: entry.key, fingerprint: sha256Hex(canonicalJson(entry)) }))
    .sort((a, b) => (a.entryKey < b.entryKey ? -1 : 1))
  return rows.keepEntryStates(tx, organisationId, said, at)
}
