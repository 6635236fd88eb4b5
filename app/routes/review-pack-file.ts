/** The review of a period of one client, on paper. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { readReviewPeriod } from '#app/services/review-pack.server.ts'
import { drawReviewPack } from '#app/services/review-pack-file.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { period, errors } = readReviewPeriod(new URL(request.url).searchParams)
  if (!period) throw errorReply(Object.values(errors).join(' '), 400)
  const { name, pdf } = await answering(() => drawReviewPack(member, clientId, period))
  return download(Readable.from([Buffer.from(pdf)], { objectMode: false }), {
    name,
    mediaType: 'application/pdf',
    sizeBytes: pdf.byteLength,
  })
}
