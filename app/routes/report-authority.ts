/** The signing authority's certificate, for whoever wants to pin it when verifying. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getReport } from '#app/services/reports.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { authorityPem } = await answering(() => getReport(member, idParam(params.reportId)))
  if (!authorityPem) throw errorReply('This organisation has not signed anything yet', 404)
  return download(Readable.from([authorityPem]), {
    name: 'signing-authority.pem',
    mediaType: 'application/x-pem-file',
  })
}
