/** `POST /mail/inbound`: a mail provider or a pipe hands in a report about a mail of ours, as it was received. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { readBytes } from '#app/http/raw-body.server.ts'
import { isInboundAllowed } from '#app/services/inbound-token.server.ts'
import { MOST_REPORT_BYTES, takeDeliveryReport } from '#app/services/mail-reports.server.ts'
import { takeFromAllowance } from '#app/services/public-allowance.server.ts'

const NO_STORE = { 'Cache-Control': 'no-store' }
const refuse = (status: number, error: string, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers: { ...NO_STORE, ...headers } })

/** What a pipe has by nature; a browser's form can send none of them across sites without asking. */
const MEDIA_TYPE = /^(message\/(rfc822|global)|application\/octet-stream)\b/i

export async function loader() {
  return refuse(405, 'Reports are handed in with POST.', { Allow: 'POST' })
}

export async function action({ request }: ActionFunctionArgs) {
  if (request.method !== 'POST') return refuse(405, 'Reports are handed in with POST.', { Allow: 'POST' })
  const isAllowed = isInboundAllowed(request.headers.get('authorization'))
  if (isAllowed === null) return refuse(404, 'Reports are not taken here: ATTESTED_INBOUND_TOKEN is not set.')
  if (!isAllowed) {
    const wait = await takeFromAllowance(callerOf(request).address)
    if (wait !== null) return refuse(429, `Ask again in ${wait} seconds.`, { 'Retry-After': String(wait) })
    return refuse(401, 'Show the token of ATTESTED_INBOUND_TOKEN as a bearer token or a password.', {
      'WWW-Authenticate': 'Bearer',
    })
  }
  if (!MEDIA_TYPE.test(request.headers.get('content-type') ?? ''))
    return refuse(415, 'Send the message as it was received, as message/rfc822.')
  const raw = await readBytes(request, MOST_REPORT_BYTES)
  if (raw === null) return refuse(413, 'A report has at most 1 MB.')
  // Whatever it was, it need not come again: an answer of failure would have it sent for days.
  return Response.json({ outcome: await takeDeliveryReport(raw) }, { status: 202, headers: NO_STORE })
}
