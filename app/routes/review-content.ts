/** A file of an assessor's desk for the preview, as a picture, a PDF or a page of escaped text. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { guestFile } from '#app/http/guest-file.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { showPreview } from '#app/http/preview.server.ts'
import { previewForAssessor } from '#app/services/review-evidence.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('review', request, params.token)
  return guestFile(`/review/${params.token}`, async () => {
    return showPreview(await previewForAssessor(key, idParam(params.revision), callerOf(request)))
  })
}
