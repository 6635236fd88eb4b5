/** The insurer's own form, filled from the answers of an application. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { tellingRefusals } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { handOutForm } from '#app/services/form-filling.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { fileName, mediaType, bytes } = await tellingRefusals(() =>
    handOutForm(member, idParam(params.applicationId), idParam(params.documentId)),
  )
  return download(Readable.from([bytes]), { name: fileName, mediaType, sizeBytes: bytes.byteLength })
}
