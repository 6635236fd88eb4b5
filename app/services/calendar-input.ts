/** What people type about calendar addresses and review meetings; forms and actions share these schemas. */
import { z } from 'zod'
import { isTimeZone } from '#app/schedule/zone.ts'
import { CALENDAR_KIND_IDS } from './calendar-entries.ts'
import { Day, optionalText } from './form-texts.ts'

const words = (least: number, most: number, ask: string) =>
  z.string().trim().min(least, ask).max(most, `Use at most ${most} characters`)
const MOST_CLIENTS = 1000
const MOST_ATTENDEES = 30

export const FeedInput = z
  .object({
    name: words(2, 100, 'Give the calendar a name'),
    /** `me`: for the member who makes it; else a client's id. */
    reader: z.union([z.literal('me'), z.uuid()], 'Choose who reads it'),
    /** None: all clients. */
    clientIds: z.array(z.uuid('Choose clients from the list')).max(MOST_CLIENTS).default([]),
    kinds: z
      .array(z.string())
      .default([])
      .transform((kinds) => CALENDAR_KIND_IDS.filter((kind) => kinds.includes(kind)))
      .refine((kinds) => kinds.length > 0, 'Choose at least one kind of entry'),
  })
  .refine(({ reader, clientIds }) => reader === 'me' || clientIds.length === 0, {
    path: ['clientIds'],
    message: 'A client’s calendar is about that client alone. Untick the others.',
  })
export type FeedInput = z.output<typeof FeedInput>

export const FeedIdInput = z.object({ feedId: z.uuid('Reload the page and try again') })

const Email = z
  .string()
  .trim()
  .max(254, 'Use at most 254 characters')
  .pipe(z.email('Enter an e-mail address, for instance ana@example.com'))

export const MeetingInput = z.object({
  title: words(3, 200, 'Say what the meeting is'),
  heldOn: Day,
  startsAt: z
    .string()
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time of day, for instance 14:30'),
  timeZone: words(1, 60, 'Choose a time zone').refine(isTimeZone, 'Choose a time zone from the list'),
  minutes: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, 'Enter how many minutes it lasts, for instance 60')
    .transform(Number)
    .refine((minutes) => minutes >= 5 && minutes <= 600, 'Enter 5 to 600 minutes'),
  place: optionalText(500),
  agenda: optionalText(4000),
  organiserName: words(2, 120, 'Name who invites'),
  organiserEmail: Email,
  attendees: z
    .array(z.object({ name: words(2, 120, 'Enter the name'), email: Email }))
    .min(1, 'Invite at least one person')
    .max(MOST_ATTENDEES, `Invite at most ${MOST_ATTENDEES} people`)
    .refine(
      (people) => new Set(people.map(({ email }) => email.toLowerCase())).size === people.length,
      'Two of them have the same address. Keep one.',
    ),
})
export type MeetingInput = z.output<typeof MeetingInput>

export const SeenSequence = z.object({ seenSequence: z.coerce.number().int().min(0) })
export const CancelMeetingInput = SeenSequence.extend({
  reason: words(3, 500, 'Say why it is cancelled'),
})
