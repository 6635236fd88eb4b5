/** What stands in calendars: kinds of entries, and how lists of them are asked for, ordered and written; pure. */
import { z } from 'zod'
import { monthOf } from './calendar-month.ts'
import { csvTable } from './csv-lines.ts'

interface CalendarKindWords {
  /** Of the filter. */
  plural: string
  /** What an entry is called in lists. */
  word: string
  /** Somebody has to do something by its day, so it is overdue afterwards until it is settled. */
  isDue: boolean
}

/** A new source of entries adds its kind here, and itself to `CALENDAR_SOURCES` (calendar-sources.server.ts). */
export const CALENDAR_KINDS = {
  policy: { plural: 'Policy expiries', word: 'Policy', isDue: false },
  'renewal-step': { plural: 'Renewal steps', word: 'Renewal', isDue: true },
  evidence: { plural: 'Evidence expiring', word: 'Evidence', isDue: false },
  request: { plural: 'Requests', word: 'Request', isDue: true },
  subjectivity: { plural: 'Subjectivities', word: 'Subjectivity', isDue: true },
  exception: { plural: 'Exceptions', word: 'Exception', isDue: false },
  waiver: { plural: 'Declined services', word: 'Declined service', isDue: true },
  promise: { plural: 'Promised at re-attestation', word: 'Promise', isDue: true },
  schedule: { plural: 'Schedules', word: 'Schedule', isDue: true },
  meeting: { plural: 'Review meetings', word: 'Meeting', isDue: false },
} satisfies Record<string, CalendarKindWords>
export type CalendarKind = keyof typeof CALENDAR_KINDS
export const CALENDAR_KIND_IDS = Object.keys(CALENDAR_KINDS) as CalendarKind[]

export interface CalendarEntry {
  /** Names the thing through all changes, in every calendar: `policy:UUID`. */
  key: string
  kind: CalendarKind
  client: { id: string; legalName: string }
  /** YYYY-MM-DD. */
  day: string
  /** Where the hour matters; else the whole day. */
  at: { /** HH:MM. */ time: string; timeZone: string; minutes: number } | null
  /** Without the name of the client. */
  title: string
  /** For members only; calendars of clients leave it out. */
  detail: string | null
  owner: string | null
  /** Where the thing itself is seen and dealt with. */
  href: string
  /** Done, met or over: it stays in the calendar, and is not overdue. */
  isSettled: boolean
}

export const CALENDAR_VIEWS = ['month', 'agenda'] as const
export type CalendarView = (typeof CALENDAR_VIEWS)[number]

/** @param today YYYY-MM-DD */
export const calendarSearch = (today: string) =>
  z.object({
    view: z.enum(CALENDAR_VIEWS).catch('month'),
    month: z
      .string()
      .regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/)
      .catch(monthOf(today)),
    client: z.uuid().nullable().catch(null),
    /** None chosen: all of them. */
    kinds: z.array(z.string()).transform((kinds) => CALENDAR_KIND_IDS.filter((kind) => kinds.includes(kind))),
  })
export type CalendarSearch = z.output<ReturnType<typeof calendarSearch>>

/** From an address line: what makes no sense there is ignored. @param today YYYY-MM-DD */
export function readCalendarSearch(params: URLSearchParams, today: string): CalendarSearch {
  return calendarSearch(today).parse({
    view: params.get('view'),
    month: params.get('month'),
    client: params.get('client'),
    kinds: params.getAll('kind'),
  })
}

export function calendarHref(search: CalendarSearch, path = '/calendar'): string {
  const params = new URLSearchParams()
  if (search.view !== 'month') params.set('view', search.view)
  params.set('month', search.month)
  if (search.client) params.set('client', search.client)
  for (const kind of search.kinds) params.append('kind', kind)
  return `${path}?${params}`
}

export interface EntryChoice {
  /** null: of all clients. */
  clientIds: readonly string[] | null
  /** None chosen: all of them. */
  kinds: readonly string[]
}

/** By day; within it what has an hour first, then by client. */
export const inCalendarOrder = (entries: readonly CalendarEntry[]): CalendarEntry[] =>
  [...entries].sort(
    (a, b) =>
      a.day.localeCompare(b.day) ||
      (a.at?.time ?? '24').localeCompare(b.at?.time ?? '24') ||
      a.client.legalName.localeCompare(b.client.legalName, 'en') ||
      a.title.localeCompare(b.title, 'en') ||
      a.key.localeCompare(b.key),
  )

/** @param today YYYY-MM-DD */
export const isOverdue = ({ kind, day, isSettled }: CalendarEntry, today: string): boolean =>
  CALENDAR_KINDS[kind].isDue && !isSettled && day < today

const COLUMNS: [header: string, value: (row: CalendarEntry) => string | null][] = [
  ['Day', ({ day }) => day],
  ['Time', ({ at }) => at?.time ?? null],
  ['Time zone', ({ at }) => at?.timeZone ?? null],
  ['Client', ({ client }) => client.legalName],
  ['Kind', ({ kind }) => CALENDAR_KINDS[kind].word],
  ['Entry', ({ title }) => title],
  ['More', ({ detail }) => detail],
  ['Owner', ({ owner }) => owner],
  ['State', ({ isSettled }) => (isSettled ? 'settled' : 'open')],
]

export const writeCalendarTable = (entries: readonly CalendarEntry[]): string => csvTable(COLUMNS, entries)
