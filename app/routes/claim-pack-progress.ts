/** How far the making of a pack is; asked every second while its incident's page is open. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getPackState } from '#app/services/claim-packs.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return Response.json(await answering(() => getPackState(member, idParam(params.packId))))
}
