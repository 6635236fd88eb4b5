/** A machine-readable twin of a shared report. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { download } from '#app/http/download.server.ts'
import { guestFile } from '#app/http/guest-file.server.ts'
import { shareKey } from '#app/http/share-cookie.server.ts'
import { openSharedTwin } from '#app/services/report-share-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await shareKey(request, params.token)
  return guestFile(`/shared/${params.token}`, async () => {
    const { file, stream } = await openSharedTwin(key, params.twin, callerOf(request))
    return download(stream, file)
  })
}
