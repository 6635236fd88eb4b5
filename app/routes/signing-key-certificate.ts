/** The certificate of one signing authority, for whoever wants to pin it when verifying. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getAuthorityCertificate } from '#app/services/authority-care.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const pem = await answering(() => getAuthorityCertificate(member, idParam(params.keyId)))
  return download(Readable.from([pem]), {
    name: 'signing-authority.pem',
    mediaType: 'application/x-pem-file',
  })
}
