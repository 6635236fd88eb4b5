/** What an assessment firm handed over, as a plain text, for its host. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { downloadText } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { handoverForHost } from '#app/services/engagement-handover.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const text = await answering(() => handoverForHost(member, idParam(params.engagementId)))
  return downloadText('Independent assessment.txt', text)
}
