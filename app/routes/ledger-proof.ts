/** One entry with the proof that the newest checkpoint covers it. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { tellingRefusals } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { numberParam } from '#app/http/number-param.server.ts'
import { proveOwnEntry } from '#app/services/ledger-export.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const sequence = numberParam(params.entryId)
  const document = await tellingRefusals(() => proveOwnEntry(member, sequence))
  return download(Readable.from([`${JSON.stringify(document, null, 2)}\n`]), {
    name: `ledger-entry-${sequence}-proof.json`,
    mediaType: 'application/json',
  })
}
