/** The report for the officer: to read before signing, and to keep afterwards. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { acting } from '#app/http/faults.server.ts'
import { officerKey } from '#app/http/officer-cookie.server.ts'
import { openVisitFile } from '#app/services/attestation-visit.server.ts'
import { reportFileName } from '#app/services/report-file-name.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await officerKey(request, params.token)
  return acting(async () => {
    const { report, stream } = await openVisitFile(key)
    return download(stream, {
      name: reportFileName(report, '.pdf'),
      mediaType: 'application/pdf',
      sizeBytes: report.pdfSizeBytes ?? undefined,
      sha256: report.pdfSha256 ?? undefined,
    })
  })
}
