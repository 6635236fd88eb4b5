/** Who has which questions, as a table: of a client, or of one application. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listApplicationAssignments, listClientAssignments } from '#app/services/assignment-list.server.ts'
import { writeAssignmentTable } from '#app/services/assignment-table.ts'
import { getClient } from '#app/services/clients.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(async () => {
    if (params.applicationId !== undefined && params.clientId === undefined) {
      const { clientName, formTitle, rows } = await listApplicationAssignments(
        member,
        idParam(params.applicationId),
      )
      return downloadTable(`Questions of ${clientName}, ${formTitle}.csv`, writeAssignmentTable(rows))
    }
    const clientId = idParam(params.clientId)
    const { legalName } = await getClient(member, clientId)
    const rows = await listClientAssignments(member, clientId)
    return downloadTable(`Questions of ${legalName}.csv`, writeAssignmentTable(rows))
  })
}
