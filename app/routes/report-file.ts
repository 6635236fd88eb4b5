/** The signed report. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { reportFileName } from '#app/services/report-file-name.ts'
import { openReportFile } from '#app/services/reports.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { report, stream } = await answering(() => openReportFile(member, idParam(params.reportId)))
  return download(stream, {
    name: reportFileName(report, '.pdf'),
    mediaType: 'application/pdf',
    sizeBytes: report.pdfSizeBytes ?? undefined,
    sha256: report.pdfSha256 ?? undefined,
  })
}
