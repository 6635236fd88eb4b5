/** How far a live check has come; asked every second while its page is open. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getCheckProgress } from '#app/services/live-checks.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return Response.json(await answering(() => getCheckProgress(member, idParam(params.checkId))))
}
