/** A file that was sent for a request, as it was received. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { openRequestFile } from '#app/services/request-thread.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { entry, stream } = await answering(() =>
    openRequestFile(member, idParam(params.requestId), idParam(params.fileEntryId)),
  )
  return download(stream, {
    name: entry.fileName ?? 'file',
    mediaType: 'application/octet-stream',
    sizeBytes: entry.sizeBytes ?? undefined,
  })
}
