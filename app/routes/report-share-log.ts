/** Who did what with one link to a report, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { exportAccess } from '#app/services/report-share-log.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const which = { reportId: idParam(params.reportId), shareId: idParam(params.shareId) }
  return answering(async () => {
    const { recipientName, table } = await exportAccess(member, which)
    return downloadTable(`Accesses of ${recipientName}.csv`, table)
  })
}
