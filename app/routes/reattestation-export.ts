/** A re-attestation, every answer of it, as a table: a draft against today, another one as it was frozen. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getReattestationPage } from '#app/services/reattestation-pages.server.ts'
import { writeChangeTable } from '#app/services/reattestation-table.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getReattestationPage(member, idParam(params.reattestationId)))
  return downloadTable(
    `Re-attestation ${page.row.number} of ${page.client.legalName}.csv`,
    writeChangeTable(page, { whole: true, frozenOn: page.isFrozen ? page.comparedOn : undefined }),
  )
}
