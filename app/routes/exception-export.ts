/** The exception register of a client as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getClient } from '#app/services/clients.server.ts'
import { listClientExceptions } from '#app/services/exception-register.server.ts'
import { writeExceptionTable } from '#app/services/exception-register.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  return answering(async () => {
    const client = await getClient(member, clientId)
    const table = writeExceptionTable(await listClientExceptions(member, clientId))
    return downloadTable(`Exceptions of ${client.legalName}.csv`, table)
  })
}
