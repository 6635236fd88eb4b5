/** The signed report for the recipient of a share: the very bytes that were signed. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { download } from '#app/http/download.server.ts'
import { guestFile } from '#app/http/guest-file.server.ts'
import { shareKey } from '#app/http/share-cookie.server.ts'
import { reportFileName } from '#app/services/report-file-name.ts'
import { openSharedFile } from '#app/services/report-share-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await shareKey(request, params.token)
  return guestFile(`/shared/${params.token}`, async () => {
    const { report, stream } = await openSharedFile(key, callerOf(request))
    return download(stream, {
      name: reportFileName(report, '.pdf'),
      mediaType: 'application/pdf',
      sizeBytes: report.pdfSizeBytes ?? undefined,
      sha256: report.pdfSha256 ?? undefined,
    })
  })
}
