/** A file of an assessor's desk as it was received, where they may download. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { download } from '#app/http/download.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { guestFile } from '#app/http/guest-file.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { downloadForAssessor } from '#app/services/review-evidence.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('review', request, params.token)
  return guestFile(`/review/${params.token}`, async () => {
    const { file, stream } = await downloadForAssessor(key, idParam(params.revision), callerOf(request))
    const { fileName: name, mediaType, sizeBytes, sha256 } = file
    return download(stream, { name, mediaType, sizeBytes, sha256 })
  })
}
