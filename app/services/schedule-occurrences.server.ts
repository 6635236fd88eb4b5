/** Writes down the dates of schedules once they are near, so that each can be seen to, moved and reminded of. */
import { setImmediate as breathe } from 'node:timers/promises'
import { type Occurrence, occurrencesOf } from '#app/schedule/occurrences.ts'
import { laterDay, shiftDay } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import * as schedules from '#db/queries/schedules.server.ts'
import { getRuntime } from './runtime.server.ts'
import { PURPOSES, type Purpose } from './schedule-input.ts'
import { byScope, resolveSchedule, type ScheduleSubject, scheduleOf } from './schedule-resolving.ts'
import { settleByEarlierMeetings } from './schedule-settling.server.ts'

/** So long before its day a date is written down: longer than the longest warning of a ladder. */
export const NOTED_DAYS = 62
/** After an absence this much is looked back at. */
const LOOK_BACK_DAYS = 400
/** So many schedules are gone through before others get their turn. */
const BREATH = 200

export interface Scheduled extends ScheduleSubject {
  purpose: Purpose
  clientId: string
}

/** Everything that a schedule may count for: each client, and each application that was attested. */
export async function listScheduled(tx: Tx, organisationId: string, clientId?: string): Promise<Scheduled[]> {
  const clients = await schedules.listScheduledClients(tx, organisationId, clientId)
  const active = new Set(clients.map(({ id }) => id))
  const attested = await schedules.listAttestedApplications(tx, organisationId, clientId)
  return [
    ...clients.flatMap(({ id, createdAt }) =>
      PURPOSES.filter((purpose) => purpose !== 're-attestation').map((purpose) => ({
        ...{ purpose, organisationId, clientId: id, applicationId: null, since: createdAt },
      })),
    ),
    ...attested
      .filter((one) => active.has(one.clientId) && one.attestedAt !== null)
      .map(({ applicationId, clientId: of, attestedAt, coversFrom }) => ({
        ...{ purpose: 're-attestation' as const, organisationId, clientId: of, applicationId },
        // From the same day as its periods, or a date comes before its re-attestation can begin.
        since: coversFrom === null ? (attestedAt as Date) : new Date(coversFrom),
        attestedOn: attestedAt?.toISOString().slice(0, 10),
      })),
  ]
}

/**
 * Writes down what is near and was not yet, moves what was moved, and lets go of what the schedule no longer gives.
 * Called under the lock of the planner.
 * @param firstLook nothing from before is written down
 */
export async function noteOccurrences(
  tx: Tx,
  organisationId: string,
  { now, firstLook }: { now: Date; firstLook: Date },
): Promise<void> {
  const today = now.toISOString().slice(0, 10)
  const first = firstLook.toISOString().slice(0, 10)
  const back = shiftDay(today, -LOOK_BACK_DAYS)
  const window = { from: laterDay(first, back), until: shiftDay(today, NOTED_DAYS) }
  const settings = byScope(await schedules.listScheduleSettings(tx, organisationId))
  const changes = byScope(await schedules.listScheduleChanges(tx, organisationId))
  const noted = groupBySubject(
    await schedules.listNotedOccurrences(tx, organisationId, { from: shiftDay(window.from, -100) }),
  )
  const fresh: Parameters<typeof schedules.insertOccurrences>[1] = []
  let seen = 0
  for (const subject of await listScheduled(tx, organisationId)) {
    seen += 1
    if (seen % BREATH === 0) await breathe()
    const resolved = resolveSchedule(subject.purpose, subject, settings)
    const found = resolved.isOn.value
      ? occurrencesOf(scheduleOf(subject.purpose, subject, resolved, changes), window)
      : []
    const key = `${subject.purpose} ${subject.applicationId ?? subject.clientId}`
    const rows = noted.get(key) ?? []
    noted.delete(key)
    const due = found.filter(({ on }) => on <= today)
    await settle(tx, organisationId, rows, found, { now, today, lastDue: due.at(-1)?.plannedOn })
    fresh.push(...(await renew(tx, subject, rows, found, now)))
  }
  // Of clients that were archived, and of applications that count no more.
  for (const rows of noted.values()) await settle(tx, organisationId, rows, [], { now, today })
  await schedules.insertOccurrences(tx, fresh)
  await settleByEarlierMeetings(tx, organisationId, now)
}

function groupBySubject(rows: schedules.ScheduleOccurrenceRow[]) {
  const groups = new Map<string, schedules.ScheduleOccurrenceRow[]>()
  for (const row of rows) {
    const key = `${row.purpose} ${row.subjectId}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

/** @returns rows for what was not written down; what was moved or came back is changed at once */
async function renew(
  tx: Tx,
  subject: Scheduled,
  rows: readonly schedules.ScheduleOccurrenceRow[],
  found: readonly Occurrence[],
  now: Date,
) {
  const { organisationId, purpose, clientId, applicationId } = subject
  const today = now.toISOString().slice(0, 10)
  const fresh: Parameters<typeof schedules.insertOccurrences>[1] = []
  const lastDue = found.filter(({ on }) => on <= today).at(-1)?.plannedOn
  for (const { plannedOn, on, at } of found) {
    const row = rows.find((one) => one.plannedOn === plannedOn)
    const isOvertaken = on <= today && plannedOn !== lastDue
    if (!row) {
      // Of several that passed while nobody looked, only the last still waits.
      if (isOvertaken) continue
      fresh.push({
        ...{ organisationId, id: getRuntime().newId(), purpose, clientId, applicationId, plannedOn },
        ...{ subjectId: applicationId ?? clientId, dueOn: on, dueAt: at, notedAt: now },
      })
    } else if (row.settledHow === 'rescheduled' && !isOvertaken) {
      const open = { settledAt: null, settledHow: null, settledByName: null }
      await schedules.updateOccurrence(tx, organisationId, row.id, { ...open, dueOn: on, dueAt: at })
    } else if (row.settledAt === null && row.dueAt.getTime() !== at.getTime()) {
      await schedules.updateOccurrence(tx, organisationId, row.id, { dueOn: on, dueAt: at })
    }
  }
  return fresh
}

async function settle(
  tx: Tx,
  organisationId: string,
  rows: readonly schedules.ScheduleOccurrenceRow[],
  found: readonly Occurrence[],
  { now, today, lastDue }: { now: Date; today: string; lastDue?: string },
): Promise<void> {
  const open = rows.filter(({ settledAt }) => settledAt === null)
  const given = new Set(found.map(({ plannedOn }) => plannedOn))
  const overtaken = open.filter(
    ({ dueOn, plannedOn }) => dueOn <= today && lastDue !== undefined && plannedOn < lastDue,
  )
  const gone = open.filter((row) => !overtaken.includes(row) && !given.has(row.plannedOn))
  const how = (settledHow: 'overtaken' | 'rescheduled') => ({
    ...{ settledAt: now, settledHow, settledByName: null, settledById: null },
  })
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)
  await schedules.settleOccurrences(tx, organisationId, ids(overtaken), how('overtaken'))
  await schedules.settleOccurrences(tx, organisationId, ids(gone), how('rescheduled'))
}
