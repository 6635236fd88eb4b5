/** Which evidence the members of another organisation opened, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeOpenedTable } from '#app/services/engagement-table.ts'
import { getEngagement } from '#app/services/engagements.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { access, engagement } = await answering(() => getEngagement(member, idParam(params.engagementId)))
  const whose = engagement.guestName ?? engagement.recipientEmail
  return downloadTable(`Evidence opened by ${whose}.csv`, writeOpenedTable(access))
}
