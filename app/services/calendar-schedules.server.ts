/** The dates of schedules in the calendar: those that were written down, and ahead of today what the rules give. */
import { occurrencesOf } from '#app/schedule/occurrences.ts'
import { laterDay, shiftDay } from '#app/schedule/zone.ts'
import * as schedules from '#db/queries/schedules.server.ts'
import type { CalendarEntry } from './calendar-entries.ts'
import type { CalendarQuery, CalendarSource } from './calendar-query.ts'
import { PURPOSE_WORDS, type Purpose } from './schedule-input.ts'
import { listScheduled, type Scheduled } from './schedule-occurrences.server.ts'
import { byScope, resolveSchedule, scheduleOf } from './schedule-resolving.ts'

interface HeldDate {
  purpose: Purpose
  clientId: string
  subjectId: string
  plannedOn: string
  day: string
  isSettled: boolean
}

/**
 * Up to today only what was written down: a date that nobody was told of can be overdue for nobody, and could not be
 * settled. After today the rules as they stand; what was settled before its day stays settled on it.
 */
export const scheduledDates: CalendarSource = async (tx, organisationId, query) => {
  const { today, clientId } = query
  const noted = await schedules.listOccurrencesHeld(tx, organisationId, query)
  const ahead = aheadOf(query)
  const settings = byScope(await schedules.listScheduleSettings(tx, organisationId, clientId))
  const changes = byScope(await schedules.listScheduleChanges(tx, organisationId, clientId))
  const given = (await listScheduled(tx, organisationId, clientId)).flatMap((subject) => {
    const resolved = resolveSchedule(subject.purpose, subject, settings)
    if (!ahead || !resolved.isOn.value) return []
    const found = occurrencesOf(scheduleOf(subject.purpose, subject, resolved, changes), ahead)
    return found.map(({ plannedOn, on }) => heldDate(subject, plannedOn, on))
  })
  const isGiven = new Set(given.map(nameOf))
  const kept = noted
    .map((row) => ({ ...row, day: row.dueOn, isSettled: row.settledAt !== null }))
    // What is open and ahead of today stands where the rule has it by now; the rows follow within hours.
    .filter((one) => one.isSettled || (one.day <= today && !isGiven.has(nameOf(one))))
  const isKept = new Set(kept.map(nameOf))
  return [...kept, ...given.filter((one) => !isKept.has(nameOf(one)))].flatMap((one) => entryOf(one, query))
}

/** null where nothing is looked at after today. */
function aheadOf({ from, until, today, recurringUntil = until }: CalendarQuery) {
  const days = { from: laterDay(from, shiftDay(today, 1)), until: [until, recurringUntil].sort()[0] ?? until }
  return days.from <= days.until ? days : null
}

const heldDate = (
  { purpose, clientId, applicationId }: Scheduled,
  plannedOn: string,
  day: string,
): HeldDate => ({
  ...{ purpose, clientId, subjectId: applicationId ?? clientId, plannedOn, day, isSettled: false },
})

const nameOf = ({ purpose, subjectId, plannedOn }: Omit<HeldDate, 'day' | 'isSettled' | 'clientId'>) =>
  `${purpose}:${subjectId}:${plannedOn}`

function entryOf(date: HeldDate, { clients }: CalendarQuery): CalendarEntry[] {
  const { purpose, clientId, day, isSettled } = date
  const client = clients.get(clientId)
  if (!client) return []
  return [
    {
      ...{ key: `schedule:${nameOf(date)}`, kind: 'schedule', client, day, at: null, isSettled },
      title: PURPOSE_WORDS[purpose],
      ...{ detail: null, owner: null },
      href: `/clients/${clientId}/${purpose === 're-attestation' ? purpose : 'schedules'}`,
    },
  ]
}
