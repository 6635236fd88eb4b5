/** Dates of schedules that were seen to, and what saw to them. */
import { and, between, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { evidenceRevision, reviewMeeting, scanImport, scheduleOccurrence } from '../schema/index.ts'
import type { ScheduleOccurrenceRow } from './schedules.server.ts'

/** Of one client, by one meeting, scan or re-attestation. */
export async function listDatesSettledBy(
  tx: Tx,
  organisationId: string,
  clientId: string,
  settledById: string,
): Promise<ScheduleOccurrenceRow[]> {
  return tx
    .select()
    .from(scheduleOccurrence)
    .where(
      and(
        eq(scheduleOccurrence.organisationId, organisationId),
        eq(scheduleOccurrence.clientId, clientId),
        eq(scheduleOccurrence.settledById, settledById),
      ),
    )
}

/** @returns what waits again */
export async function reopenDates(
  tx: Tx,
  organisationId: string,
  ids: string[],
): Promise<ScheduleOccurrenceRow[]> {
  if (ids.length === 0) return []
  return tx
    .update(scheduleOccurrence)
    .set({ settledAt: null, settledHow: null, settledByName: null, settledById: null })
    .where(and(eq(scheduleOccurrence.organisationId, organisationId), inArray(scheduleOccurrence.id, ids)))
    .returning()
}

/** Of one client, the last first; not what its schedule no longer gives. */
export async function listSettledDates(tx: Tx, organisationId: string, clientId: string, limit: number) {
  return tx
    .select({
      date: scheduleOccurrence,
      meetingOn: reviewMeeting.heldOn,
      scannedAt: sql<Date | null>`coalesce(${scanImport.scanDate}, ${evidenceRevision.observedAt})`.mapWith(
        scanImport.scanDate,
      ),
    })
    .from(scheduleOccurrence)
    .leftJoin(
      reviewMeeting,
      and(
        eq(reviewMeeting.organisationId, scheduleOccurrence.organisationId),
        eq(reviewMeeting.id, scheduleOccurrence.settledById),
      ),
    )
    .leftJoin(
      scanImport,
      and(
        eq(scanImport.organisationId, scheduleOccurrence.organisationId),
        eq(scanImport.id, scheduleOccurrence.settledById),
      ),
    )
    .leftJoin(
      evidenceRevision,
      and(
        eq(evidenceRevision.organisationId, scanImport.organisationId),
        eq(evidenceRevision.id, scanImport.revisionId),
      ),
    )
    .where(
      and(
        eq(scheduleOccurrence.organisationId, organisationId),
        eq(scheduleOccurrence.clientId, clientId),
        ne(scheduleOccurrence.settledHow, 'rescheduled'),
      ),
    )
    .orderBy(desc(scheduleOccurrence.settledAt), desc(scheduleOccurrence.dueOn))
    .limit(limit)
}

/** Meetings on these days that were not cancelled and saw to no date. */
export async function listMeetingsWithoutDate(
  tx: Tx,
  organisationId: string,
  from: string,
  until: string,
): Promise<(typeof reviewMeeting.$inferSelect)[]> {
  const rows = await tx
    .select({ meeting: reviewMeeting })
    .from(reviewMeeting)
    .leftJoin(
      scheduleOccurrence,
      and(
        eq(scheduleOccurrence.organisationId, reviewMeeting.organisationId),
        eq(scheduleOccurrence.clientId, reviewMeeting.clientId),
        eq(scheduleOccurrence.settledById, reviewMeeting.id),
      ),
    )
    .where(
      and(
        eq(reviewMeeting.organisationId, organisationId),
        between(reviewMeeting.heldOn, from, until),
        isNull(reviewMeeting.cancelledAt),
        isNull(scheduleOccurrence.id),
      ),
    )
  return rows.map(({ meeting }) => meeting)
}
