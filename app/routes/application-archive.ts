/** All evidence of one application as one ZIP file. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { tellingRefusals } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { packApplication } from '#app/services/evidence-archive.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const originals = new URL(request.url).searchParams.get('files') === 'originals'
  const { name, stream } = await tellingRefusals(() =>
    packApplication(member, idParam(params.applicationId), { originals }),
  )
  return download(stream, { name, mediaType: 'application/zip' })
}
