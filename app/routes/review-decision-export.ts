/** Every decision on an application's answers, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeDecisionTable } from '#app/services/review-table.ts'
import { getReviews } from '#app/services/reviews.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { desk } = await answering(() => getReviews(member, idParam(params.applicationId)))
  return downloadTable(`Review decisions ${desk.clientName}.csv`, writeDecisionTable(desk))
}
