/** A waiver as it was signed. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { openWaiverFile } from '#app/services/waiver-file.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { stream, ...file } = await answering(() => openWaiverFile(member, idParam(params.waiverId)))
  return download(stream, { ...file, mediaType: 'application/pdf' })
}
