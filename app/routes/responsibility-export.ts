/** Who answers for each control of a client, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getResponsibilityMatrix } from '#app/services/responsibility.server.ts'
import { writeMatrixTable } from '#app/services/responsibility-matrix.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  return answering(async () => {
    const { client, rows } = await getResponsibilityMatrix(member, clientId)
    return downloadTable(`Responsibilities ${client.legalName}.csv`, writeMatrixTable(rows))
  })
}
