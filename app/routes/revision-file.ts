/** The file of an evidence revision, its hash compared again before the first byte leaves. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answeringFile } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { openRevision } from '#app/services/evidence.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { revision, stream } = await answeringFile(() => openRevision(member, idParam(params.revisionId)))
  return download(stream, {
    name: revision.fileName,
    mediaType: revision.mediaType,
    sizeBytes: revision.sizeBytes,
    sha256: revision.sha256,
  })
}
