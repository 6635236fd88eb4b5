/** The questions of one form inside a client's room, for the person who was asked. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import {
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
  unstable_usePrompt as usePrompt,
} from '@remix-run/react'
import { pageTitle } from '#app/components/page-title.ts'
import { hasUnfinishedAnswer } from '#app/components/questionnaire/unsaved-work.ts'
import { RoomQuestions } from '#app/components/room/room-questions.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting } from '#app/http/faults.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { insideRoom } from '#app/http/room-page.server.ts'
import { NotMineInput } from '#app/services/assignment-input.ts'
import { sayNotMine } from '#app/services/room-answers.server.ts'
import { visitRoomForm } from '#app/services/room-forms.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const applicationId = idParam(params.application)
  const form = await insideRoom(params.token, () => visitRoomForm(key, applicationId))
  return { form, base: `/room/${params.token}` }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const applicationId = idParam(params.application)
  const values = formValues(await readForm(request))
  const parsed = parseWith(NotMineInput, values)
  const about = { assignmentId: String(values.assignmentId ?? ''), typed: String(values.reason ?? '') }
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, ...about }, { status: 400 })
  return acting(async () => {
    await sayNotMine(key, parsed.input, callerOf(request))
    return redirect(`/room/${params.token}/questions/${applicationId}`)
  })
}

/** What was refused because something changed is only understood beside what it is now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded ? `Questions: ${loaded.form.formTitle}` : 'Questions') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function RoomQuestionsPage() {
  const { form, base } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  usePrompt({
    message: 'One answer is not complete yet and is not saved. Leave without it?',
    when: ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && hasUnfinishedAnswer(),
  })
  return (
    <RoomQuestions
      form={form}
      base={base}
      wrong={reply && 'fieldErrors' in reply ? reply : undefined}
      refusal={reply && 'refusal' in reply ? reply.refusal.message : undefined}
    />
  )
}
