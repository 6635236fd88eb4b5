/** The requests of a client, or of all, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listRequests } from '#app/services/evidence-requests.server.ts'
import { writeRequestTable } from '#app/services/request-table.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const which = params.clientId === undefined ? {} : { clientId: idParam(params.clientId) }
  const rows = await answering(() => listRequests(member, which))
  return downloadTable('Requests for evidence.csv', writeRequestTable(rows))
}
