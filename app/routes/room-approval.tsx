/** An exception before the client's decision-maker, inside their room. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { pageTitle } from '#app/components/page-title.ts'
import { RoomApprovalView } from '#app/components/room/room-approval.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting } from '#app/http/faults.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { findSession } from '#app/http/member.server.ts'
import { insideRoom } from '#app/http/room-page.server.ts'
import { ApprovalDecision } from '#app/services/exception-approval-input.ts'
import { decideInRoom, visitRoomApproval } from '#app/services/room-approvals.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const approvalId = idParam(params.approval)
  const approval = await insideRoom(params.token, () => visitRoomApproval(key, approvalId))
  return { approval, base: `/room/${params.token}` }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const approvalId = idParam(params.approval)
  const values = formValues(await readForm(request))
  const parsed = parseWith(ApprovalDecision, values)
  const typed = { intent: String(values.intent ?? ''), words: String(values.words ?? '') }
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  return acting(async () => {
    const session = await findSession(request)
    await decideInRoom(key, approvalId, parsed.input, callerOf(request), session?.member ?? null)
    return redirect(`/room/${params.token}/approvals/${approvalId}`)
  })
}

/** What was refused because something changed is only understood beside what it is now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export const meta: MetaFunction = () => [
  { title: pageTitle('Your decision') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function RoomApprovalPage() {
  const { approval, base } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const navigation = useNavigation()
  return (
    <RoomApprovalView
      approval={approval}
      base={base}
      wrong={reply && 'fieldErrors' in reply ? reply : undefined}
      refusal={reply && 'refusal' in reply ? reply.refusal.message : undefined}
      isSending={navigation.state !== 'idle'}
    />
  )
}
