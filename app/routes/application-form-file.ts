/** The insurer's own form, filled from the answers of an application. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { RefusedError } from '#app/services/errors.ts'
import { handOutForm } from '#app/services/form-filling.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  try {
    const { fileName, mediaType, bytes } = await answering(() =>
      handOutForm(member, idParam(params.applicationId), idParam(params.documentId)),
    )
    return download(Readable.from([bytes]), { name: fileName, mediaType, sizeBytes: bytes.byteLength })
  } catch (error) {
    if (error instanceof RefusedError) throw errorReply(error.message, 409)
    throw error
  }
}
