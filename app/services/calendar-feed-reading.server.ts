/** Answers the calendar programs that read from a secret address: whether anything changed first, then the file. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { runWorker } from '#app/documents/run-worker.server.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/calendars.server.ts'
import { findClient, listClientNames } from '#db/queries/clients.server.ts'
import { findMemberById } from '#db/queries/members.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { hashSecret } from './attestation-secrets.server.ts'
import { readToken } from './attestation-token.ts'
import { listEntries } from './calendar.server.ts'
import { CALENDAR_KINDS, type CalendarEntry } from './calendar-entries.ts'
import { type FileEntry, writeFeed } from './calendar-file.server.ts'
import { NotFoundError } from './errors.ts'
import { getRuntime } from './runtime.server.ts'
import { NOTED_DAYS } from './schedule-occurrences.server.ts'
import { addDays } from './subjectivity-input.ts'

/** Days that a feed looks back and ahead of the day on which it is read. */
const BACK_DAYS = 60
const AHEAD_DAYS = 400
/** To be raised when the same entries are written in another way, or programs keep what they have. */
const SHAPE = 1
/** Programs ask once an hour or so; several devices may share an address. */
export const READS_A_MINUTE = 12
const reads = new RateLimiterMemory({ points: READS_A_MINUTE, duration: 60 })
/** A thread takes longer to begin than so many entries to write. */
const IN_THREAD_FROM = 500
const THREAD = { source: 'app/services/calendar-feed-worker.ts', timeoutMs: 60_000, memoryMb: 512 }

export interface ReadFeed {
  /** Differs whenever the file does. */
  sha256: string
  write: () => Promise<string>
}

/** @returns null where the address may be read, else the seconds to wait */
export async function takeFeedRead(token: string | undefined): Promise<number | null> {
  // What is no address at all opens nothing, and is told so.
  if (!token || !readToken(token)) return null
  try {
    await reads.consume(hashSecret(token))
    return null
  } catch (refused) {
    if (refused instanceof Error) throw refused
    return Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000)
  }
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
  const { feed, entries, states } = await database.inOrganisation(organisationId, async (tx) => {
    const found = await rows.findOpenFeed(tx, organisationId, hashSecret(token))
    if (!found || !(await isStillRead(tx, found))) throw nothing()
    const listed = await listFeedEntries(tx, found, now.toISOString().slice(0, 10))
    const kept = await keepEntryStates(tx, organisationId, listed, now)
    await rows.updateFeed(tx, organisationId, found.id, { lastFetchedAt: now })
    return { feed: found, entries: listed, states: kept }
  })
  const isForMember = feed.memberId !== null
  const numbers = entries.map(({ key }) => [key, states.get(key)?.sequence ?? 0])
  const shape = { shape: SHAPE, name: feed.name, origin: isForMember ? origin : null }
  return {
    // An entry's number grows whenever what is said of it changes; the order follows from what is said.
    sha256: sha256Hex(canonicalJson({ ...shape, entries: numbers })),
    write: () =>
      writeAside(
        feed.name,
        entries.map((entry) => fileEntry(entry, states.get(entry.key), isForMember ? origin : null, now)),
      ),
  }
}

const nothing = () => new NotFoundError('There is no calendar at this address')

async function listFeedEntries(tx: Tx, feed: rows.CalendarFeedRow, today: string) {
  const { organisationId } = feed
  return listEntries(
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
}

/** @param origin null for a client, who sees no names, details or links */
function fileEntry(
  entry: CalendarEntry,
  state: rows.EntryStateRow | undefined,
  origin: string | null,
  now: Date,
): FileEntry {
  const word = `${entry.isSettled ? 'Done: ' : ''}${entry.title}`
  const more = [entry.detail, entry.owner ? `Owner: ${entry.owner}` : null].filter(Boolean).join('\n')
  return {
    uid: uidOf(entry.key),
    ...{ sequence: state?.sequence ?? 0, changedAt: state?.changedAt ?? now },
    ...{ day: entry.day, at: entry.at, place: null },
    summary: origin === null ? word : `${entry.client.legalName}: ${word}`,
    description: origin === null ? null : more || null,
    category: CALENDAR_KINDS[entry.kind].word,
    href: origin === null ? null : `${origin}${entry.href}`,
  }
}

/** A thousand entries take a third of a second, in which nobody else would be answered. */
async function writeAside(name: string, entries: FileEntry[]): Promise<string> {
  if (entries.length < IN_THREAD_FROM) return writeFeed(name, entries)
  return runWorker<string>(THREAD, { name, entries }, (failure, cause) => {
    return new Error(`A calendar of ${entries.length} entries could not be written: ${failure}`, { cause })
  })
}

/** A member's calendar ends with the membership, a client's while the client is archived. */
async function isStillRead(tx: Tx, { organisationId, memberId, clientId }: rows.CalendarFeedRow) {
  if (memberId) return (await findMemberById(tx, organisationId, memberId)) !== null
  const client = clientId && (await findClient(tx, organisationId, clientId))
  return client ? client.archivedAt === null : false
}

/** The same in every calendar, so that a program that reads two of them shows it once. */
const uidOf = (key: string) => `${key.replace(':', '-')}@attested`

async function keepEntryStates(tx: Tx, organisationId: string, entries: readonly CalendarEntry[], at: Date) {
  const said = entries
    .map(({ href: _, ...entry }) => ({ entryKey: entry.key, fingerprint: sha256Hex(canonicalJson(entry)) }))
    .sort((a, b) => (a.entryKey < b.entryKey ? -1 : 1))
  return rows.keepEntryStates(tx, organisationId, said, at)
}
