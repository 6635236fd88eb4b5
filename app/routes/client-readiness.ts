/** Readiness of a client from any point of both times, for programs. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { fieldErrorsOf, HistoryQuery } from '#app/services/history-input.ts'
import { getPoint } from '#app/services/history-page.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const parsed = HistoryQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!parsed.success) return Response.json({ errors: fieldErrorsOf(parsed.error) }, { status: 400 })
  const headers = { 'Cache-Control': 'private, no-store' }
  return Response.json(await answering(() => getPoint(member, idParam(params.clientId), parsed.data)), {
    headers,
  })
}
