/** A machine-readable twin of a report: the OSCAL file or an envelope. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { openReportTwin } from '#app/services/report-twins.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { file, stream } = await answering(() =>
    openReportTwin(member, idParam(params.reportId), params.twin),
  )
  return download(stream, file)
}
