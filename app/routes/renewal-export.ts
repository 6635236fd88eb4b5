/** The renewals under way as a CSV table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listRenewals } from '#app/services/renewal-portfolio.server.ts'
import { isInRenewalView, RenewalSearch, writeRenewalTable } from '#app/services/renewal-table.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { sort } = RenewalSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  const rows = (await listRenewals(member)).filter((row) => isInRenewalView(row, sort))
  return downloadTable('Renewals.csv', writeRenewalTable(rows))
}
