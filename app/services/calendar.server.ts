/** The calendar of an organisation: what every source has on some days, chosen and in order. */
import type { Tx } from '#db/client.server.ts'
import { listClientNames } from '#db/queries/clients.server.ts'
import {
  CALENDAR_KIND_IDS,
  type CalendarEntry,
  type CalendarSearch,
  type EntryChoice,
  inCalendarOrder,
  isOverdue,
  readCalendarSearch,
} from './calendar-entries.ts'
import { addMonths, firstDayOf, lastDayOf, weeksOf } from './calendar-month.ts'
import type { CalendarQuery } from './calendar-query.ts'
import { CALENDAR_SOURCES } from './calendar-sources.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { addDays } from './subjectivity-input.ts'

/** Months that the agenda looks ahead, the chosen one among them. */
const AGENDA_MONTHS = 3
/** What was due longer ago is looked for in its own month. */
const OVERDUE_DAYS = 180

interface EntryQuery extends Omit<CalendarQuery, 'clients' | 'clientId'> {
  /** Those that are not archived, of whom the choice is made. */
  clients: readonly { id: string; legalName: string }[]
}

export async function listEntries(
  tx: Tx,
  organisationId: string,
  { clients: active, ...days }: EntryQuery,
  { clientIds, kinds }: EntryChoice,
): Promise<CalendarEntry[]> {
  const asked = clientIds === null ? active : active.filter(({ id }) => clientIds.includes(id))
  if (asked.length === 0) return []
  const clients = new Map(asked.map((client) => [client.id, client]))
  const query = { ...days, clients, clientId: clientIds?.length === 1 ? asked[0]?.id : undefined }
  const entries: CalendarEntry[] = []
  // One after the other: they share one connection.
  for (const kind of CALENDAR_KIND_IDS) {
    if (kinds.length > 0 && !kinds.includes(kind)) continue
    entries.push(...(await CALENDAR_SOURCES[kind](tx, organisationId, query)))
  }
  return inCalendarOrder(entries.filter(({ client }) => clients.has(client.id)))
}

/** The days that a view of the calendar shows. */
export function daysOfView({ view, month }: Pick<CalendarSearch, 'view' | 'month'>) {
  if (view === 'agenda')
    return { from: firstDayOf(month), until: lastDayOf(addMonths(month, AGENDA_MONTHS - 1)) }
  const days = weeksOf(month).flat()
  return { from: days[0] ?? firstDayOf(month), until: days.at(-1) ?? lastDayOf(month) }
}

/** @param params as they stand in an address */
export async function getCalendar(member: Member, params: URLSearchParams) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const today = clock().toISOString().slice(0, 10)
  const search = readCalendarSearch(params, today)
  const { from, until } = daysOfView(search)
  const choice = { clientIds: search.client ? [search.client] : null, kinds: search.kinds }
  return database.inOrganisation(organisationId, async (tx) => {
    const looksBack = addDays(today, -OVERDUE_DAYS)
    const clients = await listClientNames(tx, organisationId)
    const days = earliestAndLatest([from, until, looksBack, today])
    const entries = await listEntries(tx, organisationId, { ...days, today, clients }, choice)
    return {
      search,
      today,
      clients,
      entries: entries.filter(({ day }) => day >= from && day <= until),
      /** Whatever days are shown. */
      overdue: entries.filter((entry) => isOverdue(entry, today)),
    }
  })
}

/** What comes next at one client. */
export async function listNextDates(member: Member, clientId: string, days: number) {
  const { database, clock } = getRuntime()
  const today = clock().toISOString().slice(0, 10)
  const range = { from: addDays(today, -OVERDUE_DAYS), until: addDays(today, days), today }
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const clients = await listClientNames(tx, organisationId, clientId)
    const choice = { clientIds: [clientId], kinds: [] }
    const entries = await listEntries(tx, organisationId, { ...range, clients }, choice)
    const isNext = (entry: CalendarEntry) =>
      !entry.isSettled && (entry.day >= today || isOverdue(entry, today))
    return { today, entries: entries.filter(isNext) }
  })
}

function earliestAndLatest(days: readonly string[]) {
  const [from = '', ...rest] = [...days].sort()
  return { from, until: rest.at(-1) ?? from }
}
