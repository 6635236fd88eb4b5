/** The whole ledger as a file that anybody can check. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { exportOwnLedger } from '#app/services/ledger-export.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return download(Readable.from(exportOwnLedger(member), { objectMode: false }), {
    name: `Ledger of ${member.organisationName}.ndjson`,
    mediaType: 'application/x-ndjson; charset=utf-8',
  })
}
