/** The calendar of an organisation: what every source has on some days, chosen and in order. */
import type { Tx } from '#db/client.server.ts'
import { listClients } from '#db/queries/clients.server.ts'
import {
  type CalendarEntry,
  type CalendarSearch,
  chooseEntries,
  type EntryChoice,
  inCalendarOrder,
  isOverdue,
  readCalendarSearch,
} from './calendar-entries.ts'
import { addMonths, firstDayOf, lastDayOf, weeksOf } from './calendar-month.ts'
import { CALENDAR_SOURCES } from './calendar-sources.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { addDays } from './subjectivity-input.ts'

/** Months that the agenda looks ahead, the chosen one among them. */
const AGENDA_MONTHS = 3
/** What was due longer ago is looked for in its own month. */
const OVERDUE_DAYS = 180

/** @param days both included, YYYY-MM-DD */
export async function listEntries(
  tx: Tx,
  organisationId: string,
  days: { from: string; until: string },
  choice: EntryChoice,
): Promise<CalendarEntry[]> {
  const entries: CalendarEntry[] = []
  // One after the other: they share one connection.
  for (const source of CALENDAR_SOURCES)
    entries.push(...(await source(tx, organisationId, days.from, days.until)))
  return inCalendarOrder(chooseEntries(entries, choice))
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
    const entries = await listEntries(
      tx,
      organisationId,
      earliestAndLatest([from, until, looksBack, today]),
      choice,
    )
    return {
      search,
      today,
      clients: (await listClients(tx, organisationId, 'active')).map(({ id, legalName }) => ({
        id,
        legalName,
      })),
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
  const range = { from: addDays(today, -OVERDUE_DAYS), until: addDays(today, days) }
  return database.inOrganisation(member.organisationId, async (tx) => {
    const entries = await listEntries(tx, member.organisationId, range, { clientIds: [clientId], kinds: [] })
    const isNext = (entry: CalendarEntry) =>
      !entry.isSettled && (entry.day >= today || isOverdue(entry, today))
    return { today, entries: entries.filter(isNext) }
  })
}

function earliestAndLatest(days: readonly string[]) {
  const [from = '', ...rest] = [...days].sort()
  return { from, until: rest.at(-1) ?? from }
}
