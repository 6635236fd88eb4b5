/** Calendars that are read from outside, what they last said, and review meetings. */
import { and, asc, desc, eq, getTableColumns, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { calendarEntryState, calendarFeed, client, reviewMeeting } from '../schema/index.ts'

export type CalendarFeedRow = typeof calendarFeed.$inferSelect
export type EntryStateRow = typeof calendarEntryState.$inferSelect
export type ReviewMeetingRow = typeof reviewMeeting.$inferSelect

export async function insertFeed(tx: Tx, row: typeof calendarFeed.$inferInsert) {
  await tx.insert(calendarFeed).values(row)
}

/** A member's own and those of clients that are not archived; newest first. */
export async function listFeeds(tx: Tx, organisationId: string, memberId: string) {
  return tx
    .select({ feed: getTableColumns(calendarFeed), clientName: client.legalName })
    .from(calendarFeed)
    .leftJoin(
      client,
      and(eq(client.organisationId, calendarFeed.organisationId), eq(client.id, calendarFeed.clientId)),
    )
    .where(
      and(
        eq(calendarFeed.organisationId, organisationId),
        or(
          eq(calendarFeed.memberId, memberId),
          and(isNull(calendarFeed.memberId), isNull(client.archivedAt)),
        ),
      ),
    )
    .orderBy(desc(calendarFeed.createdAt), desc(calendarFeed.id))
}

/** To the end of the transaction. */
export async function lockFeed(tx: Tx, organisationId: string, id: string): Promise<CalendarFeedRow | null> {
  const [row] = await tx
    .select()
    .from(calendarFeed)
    .where(and(eq(calendarFeed.organisationId, organisationId), eq(calendarFeed.id, id)))
    .for('update')
  return row ?? null
}

/** @returns null also for one that was revoked */
export async function findOpenFeed(
  tx: Tx,
  organisationId: string,
  tokenSha256: string,
): Promise<CalendarFeedRow | null> {
  const [row] = await tx
    .select()
    .from(calendarFeed)
    .where(
      and(
        eq(calendarFeed.organisationId, organisationId),
        eq(calendarFeed.tokenSha256, tokenSha256),
        isNull(calendarFeed.revokedAt),
      ),
    )
    .limit(1)
  return row ?? null
}

export async function updateFeed(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<CalendarFeedRow, 'tokenSha256' | 'renewedAt' | 'lastFetchedAt' | 'revokedAt' | 'revokedByName'>
  >,
) {
  await tx
    .update(calendarFeed)
    .set(values)
    .where(and(eq(calendarFeed.organisationId, organisationId), eq(calendarFeed.id, id)))
}

/** PostgreSQL takes 65,535 parameters in a statement. */
const AT_ONCE = 1000

interface EntrySaid {
  entryKey: string
  fingerprint: string
}

/**
 * Keeps what calendars say of these entries from now on. What says the same as before keeps its number and its time,
 * and nothing is written of it; anything else gets the next number.
 * @param entries in the order of their keys, so that two readers at once do not wait for each other in a circle
 */
export async function keepEntryStates(
  tx: Tx,
  organisationId: string,
  entries: readonly EntrySaid[],
  at: Date,
): Promise<Map<string, EntryStateRow>> {
  const kept = new Map<string, EntryStateRow>()
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const part = entries.slice(start, start + AT_ONCE)
    for (const row of await listEntryStates(tx, organisationId, part)) kept.set(row.entryKey, row)
    const changed = part.filter(
      ({ entryKey, fingerprint }) => kept.get(entryKey)?.fingerprint !== fingerprint,
    )
    if (changed.length === 0) continue
    await putEntryStates(tx, organisationId, changed, at)
    // Read again: another reader may have been first with the same change.
    for (const row of await listEntryStates(tx, organisationId, changed)) kept.set(row.entryKey, row)
  }
  return kept
}

const listEntryStates = (tx: Tx, organisationId: string, entries: readonly EntrySaid[]) =>
  tx
    .select()
    .from(calendarEntryState)
    .where(
      and(
        eq(calendarEntryState.organisationId, organisationId),
        inArray(
          calendarEntryState.entryKey,
          entries.map(({ entryKey }) => entryKey),
        ),
      ),
    )

const putEntryStates = (tx: Tx, organisationId: string, entries: readonly EntrySaid[], at: Date) =>
  tx
    .insert(calendarEntryState)
    .values(entries.map((entry) => ({ ...entry, organisationId, sequence: 0, changedAt: at })))
    .onConflictDoUpdate({
      target: [calendarEntryState.organisationId, calendarEntryState.entryKey],
      set: {
        fingerprint: sql`excluded.fingerprint`,
        sequence: sql`${calendarEntryState.sequence} + 1`,
        changedAt: sql`excluded.changed_at`,
      },
      setWhere: sql`${calendarEntryState.fingerprint} <> excluded.fingerprint`,
    })

export async function insertMeeting(tx: Tx, row: typeof reviewMeeting.$inferInsert) {
  await tx.insert(reviewMeeting).values(row)
}

export async function findMeeting(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ReviewMeetingRow | null> {
  const [row] = await tx
    .select()
    .from(reviewMeeting)
    .where(and(eq(reviewMeeting.organisationId, organisationId), eq(reviewMeeting.id, id)))
    .limit(1)
  return row ?? null
}

/** @returns false when somebody changed it since `seenSequence` */
export async function updateMeeting(
  tx: Tx,
  organisationId: string,
  id: string,
  seenSequence: number,
  values: Partial<Omit<ReviewMeetingRow, 'organisationId' | 'id' | 'clientId' | 'sequence'>>,
): Promise<boolean> {
  const rows = await tx
    .update(reviewMeeting)
    .set({ ...values, sequence: seenSequence + 1 })
    .where(
      and(
        eq(reviewMeeting.organisationId, organisationId),
        eq(reviewMeeting.id, id),
        eq(reviewMeeting.sequence, seenSequence),
      ),
    )
    .returning({ id: reviewMeeting.id })
  return rows.length === 1
}

/** The latest first, cancelled ones among them. */
export async function listMeetingsOfClient(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select()
    .from(reviewMeeting)
    .where(and(eq(reviewMeeting.organisationId, organisationId), eq(reviewMeeting.clientId, clientId)))
    .orderBy(desc(reviewMeeting.heldOn), desc(reviewMeeting.startsAt), asc(reviewMeeting.id))
}

/** On these days, both included: not cancelled, of clients that are not archived. @param clientId only this one's */
export async function listMeetings(
  tx: Tx,
  organisationId: string,
  { from, until, clientId }: { from: string; until: string; clientId?: string },
) {
  return tx
    .select({
      meeting: getTableColumns(reviewMeeting),
      client: { id: client.id, legalName: client.legalName },
    })
    .from(reviewMeeting)
    .innerJoin(
      client,
      and(eq(client.organisationId, reviewMeeting.organisationId), eq(client.id, reviewMeeting.clientId)),
    )
    .where(
      and(
        eq(reviewMeeting.organisationId, organisationId),
        gte(reviewMeeting.heldOn, from),
        lte(reviewMeeting.heldOn, until),
        clientId === undefined ? undefined : eq(reviewMeeting.clientId, clientId),
        isNull(reviewMeeting.cancelledAt),
        isNull(client.archivedAt),
      ),
    )
    .orderBy(asc(reviewMeeting.heldOn), asc(reviewMeeting.startsAt), asc(reviewMeeting.id))
}
