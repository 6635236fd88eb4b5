/** The dates of schedules in the calendar. */
import { MOST_MOVED_DAYS, occurrencesOf } from '#app/schedule/occurrences.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import * as schedules from '#db/queries/schedules.server.ts'
import type { CalendarEntry } from './calendar-entries.ts'
import type { CalendarSource } from './calendar-query.ts'
import { PURPOSE_WORDS } from './schedule-input.ts'
import { listScheduled } from './schedule-occurrences.server.ts'
import { byScope, resolveSchedule, scheduleOf } from './schedule-resolving.ts'

/** By the rules as they stand today, as far ahead as somebody looks. */
export const scheduledDates: CalendarSource = async (tx, organisationId, query) => {
  const { from, until, clientId, clients } = query
  const settings = byScope(await schedules.listScheduleSettings(tx, organisationId, clientId))
  const changes = byScope(await schedules.listScheduleChanges(tx, organisationId, clientId))
  const noted = { from: shiftDay(from, -MOST_MOVED_DAYS), clientId }
  const settled = new Set(
    (await schedules.listNotedOccurrences(tx, organisationId, noted))
      .filter(({ settledAt }) => settledAt !== null)
      .map(({ purpose, subjectId, plannedOn }) => `${purpose} ${subjectId} ${plannedOn}`),
  )
  return (await listScheduled(tx, organisationId, clientId)).flatMap((subject): CalendarEntry[] => {
    const { purpose, clientId, applicationId } = subject
    const client = clients.get(clientId)
    const resolved = resolveSchedule(purpose, subject, settings)
    if (!client || !resolved.isOn.value) return []
    const subjectId = applicationId ?? clientId
    const found = occurrencesOf(scheduleOf(purpose, subject, resolved, changes), { from, until })
    return found.map(({ plannedOn, on: day }) => ({
      ...{ key: `schedule:${purpose}:${subjectId}:${plannedOn}`, kind: 'schedule', client, day, at: null },
      title: PURPOSE_WORDS[purpose],
      ...{ detail: null, owner: null },
      href: `/clients/${clientId}/${purpose === 're-attestation' ? purpose : 'schedules'}`,
      isSettled: settled.has(`${purpose} ${subjectId} ${plannedOn}`),
    }))
  })
}
