/** The conditions of all clients as a table, of one state or of all. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listPortfolioSubjectivities } from '#app/services/subjectivity-portfolio.server.ts'
import { isInView, SubjectivitySearch, writeSubjectivityTable } from '#app/services/subjectivity-table.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { state } = SubjectivitySearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  const all = await listPortfolioSubjectivities(member)
  const table = writeSubjectivityTable(all.filter(({ condition }) => isInView(condition.standing, state)))
  return downloadTable('Subjectivities.csv', table)
}
