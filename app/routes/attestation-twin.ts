/** A machine-readable twin of the report, for the officer to keep beside it. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { acting } from '#app/http/faults.server.ts'
import { officerKey } from '#app/http/officer-cookie.server.ts'
import { openVisitTwin } from '#app/services/attestation-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await officerKey(request, params.token)
  return acting(async () => {
    const { file, stream } = await openVisitTwin(key, params.twin)
    return download(stream, file)
  })
}
