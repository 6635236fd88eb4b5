/** The reminders of a client, or of all, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeReminderTable } from '#app/services/reminder-table.ts'
import { getReminders } from '#app/services/reminders.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = params.clientId === undefined ? null : idParam(params.clientId)
  const page = await answering(() => getReminders(member, clientId, Number.POSITIVE_INFINITY))
  return downloadTable('Reminders.csv', writeReminderTable(page))
}
