/** The declined services of a client, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listClientWaivers } from '#app/services/waiver-pages.server.ts'
import { writeWaiverTable } from '#app/services/waiver-register.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  return answering(async () => {
    const { client, waivers } = await listClientWaivers(member, clientId)
    return downloadTable(`Declined services ${client.legalName}.csv`, writeWaiverTable(waivers))
  })
}
