/** All evidence of one application as one ZIP file. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { RefusedError } from '#app/services/errors.ts'
import { packApplication } from '#app/services/evidence-archive.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const originals = new URL(request.url).searchParams.get('files') === 'originals'
  try {
    const { name, stream } = await answering(() =>
      packApplication(member, idParam(params.applicationId), { originals }),
    )
    return download(stream, { name, mediaType: 'application/zip' })
  } catch (error) {
    if (error instanceof RefusedError) throw errorReply(error.message, 409)
    throw error
  }
}
