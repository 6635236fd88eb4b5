/** Whether a report's rendering or signing is over; asked every second while its page is open. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getReportState } from '#app/services/reports.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return Response.json(await answering(() => getReportState(member, idParam(params.reportId))))
}
