/** `GET /verify/status?sha256=…`: whether a report's file is still in force, for whoever holds it; no account needed. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { askFileStatus } from '#app/services/report-status.server.ts'
import { FileSha256 } from '#app/services/report-status.ts'

// Never kept: what is in force today may be withdrawn tomorrow.
const HEADERS = { 'Cache-Control': 'no-store' }

export async function loader({ request }: LoaderFunctionArgs) {
  // In the query, which the request log leaves out: who asked about which report is nobody's business.
  const asked = new URL(request.url).searchParams.getAll('sha256')
  const sha256 = FileSha256.safeParse(asked[0])
  if (!sha256.success || asked.length !== 1) {
    const error =
      'Ask with ?sha256= and the SHA-256 of one file: 64 hexadecimal digits, as sha256sum prints it.'
    return Response.json({ error }, { status: 400, headers: HEADERS })
  }
  const answer = await askFileStatus(sha256.data, callerOf(request).address)
  if (answer.status === 'too-many') {
    const { retryAfterSeconds } = answer
    const error = `Too many questions from this address. Ask again in ${retryAfterSeconds} seconds.`
    const headers = { ...HEADERS, 'Retry-After': String(retryAfterSeconds) }
    return Response.json({ error }, { status: 429, headers })
  }
  return Response.json({ sha256: sha256.data, ...answer }, { headers: HEADERS })
}

export async function action() {
  const error = 'Only questions are answered here: use GET.'
  return Response.json({ error }, { status: 405, headers: { ...HEADERS, Allow: 'GET, HEAD' } })
}
