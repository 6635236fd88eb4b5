/** A file of an engagement's desk as it was received, where the engagement lets its members download. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { download } from '#app/http/download.server.ts'
import { guestFile } from '#app/http/guest-file.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { downloadEngaged } from '#app/services/engagement-desk.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const desk = { engagementId: idParam(params.engagementId), applicationId: idParam(params.applicationId) }
  return guestFile(`/portfolio/${desk.engagementId}`, async () => {
    const opened = await downloadEngaged(member, desk, idParam(params.revisionId), callerOf(request))
    const { fileName: name, mediaType, sizeBytes, sha256 } = opened.file
    return download(opened.stream, { name, mediaType, sizeBytes, sha256 })
  })
}
