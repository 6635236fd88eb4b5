/** Opens an application where work goes on: the first section with a required question left. */
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getApplication } from '#app/services/applications.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const id = idParam(params.applicationId)
  const { progress } = await answering(() => getApplication(member, id))
  const next = progress.find(({ requiredMissing }) => requiredMissing.length > 0) ?? progress[0]
  return redirect(`/applications/${id}/sections/${next?.sectionId ?? ''}`)
}
