/** What one imported file brought, for the row of its upload. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getScanOutcome } from '#app/services/scan-outcome.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return Response.json(await answering(() => getScanOutcome(member, idParam(params.importId))))
}
