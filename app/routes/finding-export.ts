/** The filtered findings of a client as a table, a batch at a time. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getClient } from '#app/services/clients.server.ts'
import { exportFindings } from '#app/services/finding-register.server.ts'
import { writeFindingTable } from '#app/services/finding-table.ts'
import { RegisterSearch } from '#app/services/register-input.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const search = RegisterSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  return answering(async () => {
    const client = await getClient(member, clientId)
    const lines = writeFindingTable(exportFindings(member, clientId, search))
    return download(Readable.from(lines, { objectMode: false }), {
      name: `Findings of ${client.legalName}.csv`,
      mediaType: 'text/csv; charset=utf-8',
    })
  })
}
