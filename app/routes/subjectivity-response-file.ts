/** The line-by-line response to an insurer's conditions as a PDF. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { drawConditionResponse } from '#app/services/subjectivity-response.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  return answering(async () => {
    const { pdf, client } = await drawConditionResponse(member, applicationId)
    return download(Readable.from([pdf], { objectMode: false }), {
      name: `Response to conditions, ${client}.pdf`,
      mediaType: 'application/pdf',
      sizeBytes: pdf.byteLength,
    })
  })
}
