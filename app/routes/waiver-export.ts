/** The declined services of every client, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listAllWaivers } from '#app/services/waiver-pages.server.ts'
import { writeWaiverTable } from '#app/services/waiver-register.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const table = writeWaiverTable(await listAllWaivers(member))
  return downloadTable('Declined services.csv', table)
}
