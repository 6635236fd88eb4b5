/** A claim pack as it was frozen. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { openClaimPack } from '#app/services/claim-packs.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { stream, ...file } = await answering(() => openClaimPack(member, idParam(params.packId)))
  return download(stream, { ...file, mediaType: 'application/zip' })
}
