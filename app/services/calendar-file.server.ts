/** Writes iCalendar files (RFC 5545, names by RFC 7986). The only file that knows the library. */
import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  type ICalEvent,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { DateTime } from 'luxon'
import { tzlib_get_ical_block } from 'timezones-ical-library'
import { addDays } from './subjectivity-input.ts'

export interface FileEntry {
  uid: string
  sequence: number
  changedAt: Date
  /** YYYY-MM-DD. */
  day: string
  /** Null for the whole day. */
  at: { time: string; timeZone: string; minutes: number } | null
  summary: string
  description: string | null
  place: string | null
  category: string | null
  href: string | null
}

export interface Invitation {
  organiser: Person
  attendees: readonly Person[]
  isCancelled: boolean
}
interface Person {
  name: string
  email: string
}

/** Programs ask again after so many seconds. */
const ASK_AGAIN = 3600

/** A calendar that programs subscribe to. */
export function writeFeed(name: string, entries: readonly FileEntry[]): string {
  const calendar = newCalendar()
  // The library writes the name as it comes.
  calendar.name(oneLine(name).replace(/[\\;,]/g, (letter) => `\\${letter}`))
  calendar.ttl(ASK_AGAIN)
  for (const entry of entries) {
    const event = addEvent(calendar, entry)
    // Deadlines keep nobody from being invited elsewhere.
    if (entry.at === null || entry.at.minutes === 0) {
      event.transparency(ICalEventTransparency.TRANSPARENT)
      event.busystatus(ICalEventBusyStatus.FREE)
    }
  }
  return calendar.toString()
}

/** One meeting for its attendees: an invitation, a change of it, or its end. */
export function writeInvitation(entry: FileEntry, { organiser, attendees, isCancelled }: Invitation): string {
  const calendar = newCalendar()
  calendar.method(isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST)
  const event = addEvent(calendar, entry)
  event.status(isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED)
  event.organizer({ name: oneLine(organiser.name), email: organiser.email })
  for (const { name, email } of attendees) {
    event.createAttendee({
      ...{ name: oneLine(name), email, rsvp: !isCancelled },
      ...{ role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION },
    })
  }
  return calendar.toString()
}

function newCalendar(): ICalCalendar {
  const prodId = { company: 'Attested', product: 'Attested', language: 'EN' }
  // Without a zone of its own: with one, the library writes moments in UTC as if they were local.
  return new ICalCalendar({ prodId, timezone: { name: null, generator: zoneBlock } })
}

function addEvent(calendar: ICalCalendar, entry: FileEntry): ICalEvent {
  const event = calendar.createEvent({
    ...{ id: entry.uid, sequence: entry.sequence, stamp: entry.changedAt, lastModified: entry.changedAt },
    ...startOf(entry),
    summary: oneLine(entry.summary),
    description: entry.description === null ? null : plain(entry.description),
    location: entry.place === null ? null : oneLine(entry.place),
    url: entry.href,
  })
  if (entry.category) event.createCategory({ name: oneLine(entry.category) })
  return event
}

function startOf({ day, at }: FileEntry) {
  if (at === null) {
    // The end of a day is the day after it.
    const midnight = (of: string) => DateTime.fromISO(of, { zone: 'utc' })
    return { allDay: true, start: midnight(day), end: midnight(addDays(day, 1)) }
  }
  const zone = zoneOf(at.timeZone)
  const start = DateTime.fromISO(`${day}T${at.time}`, { zone: at.timeZone })
  // A zone that the list of rules does not know is told in UTC, which is the same moment.
  const shown = zone === null ? start.toUTC() : start
  return {
    start: shown,
    end: at.minutes > 0 ? shown.plus({ minutes: at.minutes }) : null,
    ...(zone === null ? {} : { timezone: zone }),
  }
}

/** The name under which the rules of a zone are known; null where they are not. */
function zoneOf(timeZone: string): string | null {
  const found = tzlib_get_ical_block(timeZone)
  const name = Array.isArray(found) ? found[1]?.replace(/^TZID=/, '') : undefined
  return name && zoneBlock(name) ? name : null
}

function zoneBlock(timeZone: string): string | null {
  const found = tzlib_get_ical_block(timeZone)
  return Array.isArray(found) ? (found[0] ?? null) : null
}

/** Without what no calendar shows and some trip over: control characters, and marks that turn the direction. */
const plain = (text: string) =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
const oneLine = (text: string) => plain(text).replace(/\s+/g, ' ').trim()
