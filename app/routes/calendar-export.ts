/** The calendar's chosen entries as a CSV table, of the days that its view shows. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getCalendar } from '#app/services/calendar.server.ts'
import { writeCalendarTable } from '#app/services/calendar-entries.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { search, entries } = await getCalendar(member, new URL(request.url).searchParams)
  return downloadTable(`Calendar ${search.month}.csv`, writeCalendarTable(entries))
}
