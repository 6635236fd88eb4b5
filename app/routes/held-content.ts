/** A file of an engagement's desk for the preview, as a picture, a PDF or a page of escaped text. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { guestFile } from '#app/http/guest-file.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { showPreview } from '#app/http/preview.server.ts'
import { previewEngaged } from '#app/services/engagement-desk.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const desk = { engagementId: idParam(params.engagementId), applicationId: idParam(params.applicationId) }
  return guestFile(`/portfolio/${desk.engagementId}`, async () =>
    showPreview(await previewEngaged(member, desk, idParam(params.revisionId), callerOf(request))),
  )
}
