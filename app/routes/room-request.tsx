/** A request for evidence inside a client's room. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pageTitle } from '#app/components/page-title.ts'
import { AnswerRequest, type AskedReply } from '#app/components/request/answer-request.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting } from '#app/http/faults.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { insideRoom } from '#app/http/room-page.server.ts'
import { RequestReply } from '#app/services/request-input.ts'
import { replyToRequest, visitRequest } from '#app/services/request-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const requestId = idParam(params.request)
  const key = { ...(await guestKey('room', request, params.token)), requestId }
  const page = await insideRoom(params.token, () => visitRequest(key, callerOf(request)))
  if (page.state !== 'open') throw redirect(`/room/${params.token}`)
  const base = `/room/${params.token}`
  return { visit: page.visit, backTo: base, uploadHref: `${base}/requests/${requestId}/upload` }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const requestId = idParam(params.request)
  const key = { ...(await guestKey('room', request, params.token)), requestId }
  const parsed = parseWith(RequestReply, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await replyToRequest(key, parsed.input, publicOrigin(request))
    return redirect(`/room/${params.token}/requests/${requestId}`)
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.visit.title ?? 'Request') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function RoomRequestPage() {
  const { visit, uploadHref, backTo } = useLoaderData<typeof loader>()
  const reply = useActionData<AskedReply>()
  return <AnswerRequest page={visit} uploadHref={uploadHref} backTo={backTo} reply={reply} />
}
