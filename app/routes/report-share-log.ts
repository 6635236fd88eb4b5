/** Who did what with one link to a report, as a table. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { exportAccess } from '#app/services/report-share-log.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const which = { reportId: idParam(params.reportId), shareId: idParam(params.shareId) }
  return answering(async () => {
    const { recipientName, table } = await exportAccess(member, which)
    return download(Readable.from([table], { objectMode: false }), {
      name: `Accesses of ${recipientName}.csv`,
      mediaType: 'text/csv; charset=utf-8',
    })
  })
}
