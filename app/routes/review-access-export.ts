/** What an assessor did with their links, as a table. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadTable } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeAccessTable } from '#app/services/review-table.ts'
import { getReview } from '#app/services/reviews.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { access, review } = await answering(() => getReview(member, idParam(params.reviewId)))
  return downloadTable(`Access of ${review.assessorName}.csv`, writeAccessTable(access))
}
