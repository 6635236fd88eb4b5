/** The bare address of an application leads to its questions. */
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireMember(request)
  return redirect(`/applications/${idParam(params.applicationId)}/sections`)
}
