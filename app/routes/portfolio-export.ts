/** The portfolio as filtered, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getPortfolio } from '#app/services/engagement-portfolio.server.ts'
import { EngagedQuery, filterLines, writeEngagedTable } from '#app/services/engagement-table.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const query = EngagedQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  const { lines } = await getPortfolio(member)
  return downloadTable('Portfolio.csv', writeEngagedTable(filterLines(lines, query)))
}
