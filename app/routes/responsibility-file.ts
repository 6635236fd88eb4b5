/** Who answers for each control of a client, on paper. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { drawResponsibilities } from '#app/services/responsibility-file.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { name, pdf } = await answering(() => drawResponsibilities(member, idParam(params.clientId)))
  return download(Readable.from([Buffer.from(pdf)], { objectMode: false }), {
    name,
    mediaType: 'application/pdf',
    sizeBytes: pdf.byteLength,
  })
}
