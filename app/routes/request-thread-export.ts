/** Everything that was said and sent about one request, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeThreadTable } from '#app/services/request-table.ts'
import { getRequestThread } from '#app/services/request-thread.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const thread = await answering(() => getRequestThread(member, idParam(params.requestId)))
  return downloadTable(`Request ${thread.request.title}.csv`, writeThreadTable(thread.entries))
}
