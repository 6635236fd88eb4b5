/** What is said of schedules at each level, and the dates that were written down. */
import { and, asc, between, desc, eq, gte, inArray, isNull, ne, or } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  application,
  client,
  report,
  type SchedulePurpose,
  scheduleChange,
  scheduleOccurrence,
  scheduleSetting,
} from '../schema/index.ts'

export type { SchedulePurpose }
export type ScheduleSettingRow = typeof scheduleSetting.$inferSelect
export type ScheduleChangeRow = typeof scheduleChange.$inferSelect
export type ScheduleOccurrenceRow = typeof scheduleOccurrence.$inferSelect

/** @param clientId only what concerns this client: its own, its applications' and the organisation's */
export async function listScheduleSettings(
  tx: Tx,
  organisationId: string,
  clientId?: string,
): Promise<ScheduleSettingRow[]> {
  return tx
    .select()
    .from(scheduleSetting)
    .where(
      and(
        eq(scheduleSetting.organisationId, organisationId),
        clientId === undefined
          ? undefined
          : or(isNull(scheduleSetting.clientId), eq(scheduleSetting.clientId, clientId)),
      ),
    )
}

/** @returns false when somebody saved another version since `seenVersion`, 0 for none */
export async function putScheduleSetting(
  tx: Tx,
  row: Omit<typeof scheduleSetting.$inferInsert, 'version'>,
  seenVersion: number,
): Promise<boolean> {
  if (seenVersion === 0) {
    const made = await tx
      .insert(scheduleSetting)
      .values(row)
      .onConflictDoNothing()
      .returning({ version: scheduleSetting.version })
    return made.length === 1
  }
  const { isOn, rule, startsOn, timeZone, localHour, changedByName, changedAt } = row
  const changed = await tx
    .update(scheduleSetting)
    .set({
      ...{ isOn, rule, startsOn, timeZone, localHour, changedByName, changedAt },
      version: seenVersion + 1,
    })
    .where(
      and(
        eq(scheduleSetting.organisationId, row.organisationId),
        eq(scheduleSetting.scopeId, row.scopeId),
        eq(scheduleSetting.purpose, row.purpose),
        eq(scheduleSetting.version, seenVersion),
      ),
    )
    .returning({ version: scheduleSetting.version })
  return changed.length === 1
}

/** Those that stand, the next first; of several for one date the newest first. @param clientId as for `listScheduleSettings` */
export async function listScheduleChanges(
  tx: Tx,
  organisationId: string,
  clientId?: string,
): Promise<ScheduleChangeRow[]> {
  return tx
    .select()
    .from(scheduleChange)
    .where(
      and(
        eq(scheduleChange.organisationId, organisationId),
        isNull(scheduleChange.removedAt),
        clientId === undefined
          ? undefined
          : or(isNull(scheduleChange.clientId), eq(scheduleChange.clientId, clientId)),
      ),
    )
    .orderBy(asc(scheduleChange.fromOn), desc(scheduleChange.recordedAt))
}

export async function insertScheduleChange(tx: Tx, row: typeof scheduleChange.$inferInsert) {
  await tx.insert(scheduleChange).values(row)
}

/** Those of one level for one date, which a newer one takes the place of. @returns their ids */
export async function replaceDateChanges(
  tx: Tx,
  organisationId: string,
  which: { scopeId: string; purpose: SchedulePurpose; fromOn: string },
  removed: { removedAt: Date; removedByName: string },
): Promise<string[]> {
  const rows = await tx
    .update(scheduleChange)
    .set(removed)
    .where(
      and(
        eq(scheduleChange.organisationId, organisationId),
        eq(scheduleChange.scopeId, which.scopeId),
        eq(scheduleChange.purpose, which.purpose),
        eq(scheduleChange.fromOn, which.fromOn),
        inArray(scheduleChange.kind, ['skip', 'move']),
        isNull(scheduleChange.removedAt),
      ),
    )
    .returning({ id: scheduleChange.id })
  return rows.map(({ id }) => id)
}

/** @returns null where none of this client stands; of the organisation itself where `clientId` is null */
export async function removeScheduleChange(
  tx: Tx,
  organisationId: string,
  which: { id: string; clientId: string | null },
  removed: { removedAt: Date; removedByName: string },
): Promise<ScheduleChangeRow | null> {
  const [row] = await tx
    .update(scheduleChange)
    .set(removed)
    .where(
      and(
        eq(scheduleChange.organisationId, organisationId),
        eq(scheduleChange.id, which.id),
        which.clientId === null
          ? isNull(scheduleChange.clientId)
          : eq(scheduleChange.clientId, which.clientId),
        isNull(scheduleChange.removedAt),
      ),
    )
    .returning()
  return row ?? null
}

/** Active clients. @param clientId only this one */
export async function listScheduledClients(tx: Tx, organisationId: string, clientId?: string) {
  return tx
    .select({ id: client.id, legalName: client.legalName, createdAt: client.createdAt })
    .from(client)
    .where(
      and(
        eq(client.organisationId, organisationId),
        isNull(client.archivedAt),
        clientId === undefined ? undefined : eq(client.id, clientId),
      ),
    )
    .orderBy(asc(client.id))
}

/** Of each client and form the application that was attested last and stands. @param clientId only this one's */
export async function listAttestedApplications(tx: Tx, organisationId: string, clientId?: string) {
  return tx
    .selectDistinctOn([report.clientId, application.formCode], {
      applicationId: application.id,
      clientId: report.clientId,
      formCode: application.formCode,
      edition: application.edition,
      attestedAt: report.attestedAt,
      coversFrom: report.coversFrom,
    })
    .from(report)
    .innerJoin(
      application,
      and(eq(application.organisationId, report.organisationId), eq(application.id, report.applicationId)),
    )
    .where(
      and(
        eq(report.organisationId, organisationId),
        eq(report.state, 'signed'),
        // A re-attestation keeps the rhythm that the signature of the application began.
        eq(report.kind, 'application'),
        isNull(application.discardedAt),
        clientId === undefined ? undefined : eq(report.clientId, clientId),
      ),
    )
    .orderBy(asc(report.clientId), asc(application.formCode), desc(report.attestedAt))
}

/** Open ones, and whatever was planned from a day on. */
export async function listNotedOccurrences(
  tx: Tx,
  organisationId: string,
  which: { from: string; clientId?: string },
): Promise<ScheduleOccurrenceRow[]> {
  return tx
    .select()
    .from(scheduleOccurrence)
    .where(
      and(
        eq(scheduleOccurrence.organisationId, organisationId),
        or(isNull(scheduleOccurrence.settledAt), gte(scheduleOccurrence.plannedOn, which.from)),
        which.clientId === undefined ? undefined : eq(scheduleOccurrence.clientId, which.clientId),
      ),
    )
    .orderBy(asc(scheduleOccurrence.dueOn), asc(scheduleOccurrence.id))
}

/** Those held on these days, both included, save what the schedule no longer gave. @param clientId only this one's */
export async function listOccurrencesHeld(
  tx: Tx,
  organisationId: string,
  { from, until, clientId }: { from: string; until: string; clientId?: string },
): Promise<ScheduleOccurrenceRow[]> {
  return tx
    .select()
    .from(scheduleOccurrence)
    .where(
      and(
        eq(scheduleOccurrence.organisationId, organisationId),
        between(scheduleOccurrence.dueOn, from, until),
        or(isNull(scheduleOccurrence.settledHow), ne(scheduleOccurrence.settledHow, 'rescheduled')),
        clientId === undefined ? undefined : eq(scheduleOccurrence.clientId, clientId),
      ),
    )
    .orderBy(asc(scheduleOccurrence.dueOn), asc(scheduleOccurrence.id))
}

const INSERTED_AT_ONCE = 1000

/** What another instance wrote down first stays. */
export async function insertOccurrences(
  tx: Tx,
  rows: (typeof scheduleOccurrence.$inferInsert)[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += INSERTED_AT_ONCE) {
    await tx
      .insert(scheduleOccurrence)
      .values(rows.slice(start, start + INSERTED_AT_ONCE))
      .onConflictDoNothing()
  }
}

export async function updateOccurrence(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<
    Pick<ScheduleOccurrenceRow, 'dueOn' | 'dueAt' | 'settledAt' | 'settledHow' | 'settledByName'>
  >,
) {
  await tx
    .update(scheduleOccurrence)
    .set(values)
    .where(and(eq(scheduleOccurrence.organisationId, organisationId), eq(scheduleOccurrence.id, id)))
}

/** @returns those that were open until now */
export async function settleOccurrences(
  tx: Tx,
  organisationId: string,
  ids: string[],
  settled: Pick<ScheduleOccurrenceRow, 'settledAt' | 'settledHow' | 'settledByName' | 'settledById'>,
): Promise<ScheduleOccurrenceRow[]> {
  if (ids.length === 0) return []
  return tx
    .update(scheduleOccurrence)
    .set(settled)
    .where(
      and(
        eq(scheduleOccurrence.organisationId, organisationId),
        inArray(scheduleOccurrence.id, ids),
        isNull(scheduleOccurrence.settledAt),
      ),
    )
    .returning()
}
