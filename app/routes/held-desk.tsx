/** An application of an engagement on the desk of a signed-in member. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { pageTitle } from '#app/components/page-title.ts'
import type { DecisionReply } from '#app/components/review/decision-form.tsx'
import { Desk } from '#app/components/review/desk.tsx'
import { hrefOf } from '#app/components/review/question-list.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting } from '#app/http/faults.server.ts'
import { leadingBack } from '#app/http/guest-file.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import {
  decideEngaged,
  sampleEngaged,
  signOffEngaged,
  visitEngaged,
} from '#app/services/engagement-desk.server.ts'
import { DecisionInput, SampleInput, SignOffInput } from '#app/services/review-input.ts'
import { REVIEW_FILTERS } from '#app/services/review-order.ts'
import { pageOfDesk } from '#app/services/review-page.ts'

const deskOf = (params: LoaderFunctionArgs['params']) => ({
  engagementId: idParam(params.engagementId),
  applicationId: idParam(params.applicationId),
})

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const desk = deskOf(params)
  const search = new URL(request.url).searchParams
  const back = `/portfolio/${desk.engagementId}`
  const visit = await leadingBack(back, () => visitEngaged(member, desk))
  return {
    back,
    page: pageOfDesk(visit, {
      questionId: search.get('q'),
      fileId: search.get('file'),
      filter: search.get('filter'),
      isSigningOff: search.get('step') === 'sign-off',
      base: `${back}/applications/${desk.applicationId}/evidence`,
    }),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const desk = deskOf(params)
  const values = formValues(await readForm(request))
  const here = `/portfolio/${desk.engagementId}/applications/${desk.applicationId}`
  const wrong = (fieldErrors: Record<string, string>) => data({ fieldErrors }, { status: 400 })
  return acting(async () => {
    switch (values.intent) {
      case 'sample': {
        const parsed = parseWith(SampleInput, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        await sampleEngaged(member, desk, parsed.input)
        return redirect(`${here}?filter=sample`)
      }
      case 'sign-off': {
        const parsed = parseWith(SignOffInput, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        await signOffEngaged(member, desk, parsed.input, callerOf(request))
        return redirect(here)
      }
      default: {
        const parsed = parseWith(DecisionInput, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        const made = await decideEngaged(member, desk, parsed.input)
        if (made.outcome === 'conflict')
          return data({ conflict: { why: made.why, latest: made.latest } }, { status: 409 })
        const filter = REVIEW_FILTERS.find((name) => name === values.filter) ?? 'all'
        const { nextUnreviewedId } = pageOfDesk(await visitEngaged(member, desk), {
          questionId: parsed.input.questionId,
          fileId: null,
          filter,
          isSigningOff: false,
          base: '',
        })
        return redirect(`${here}${hrefOf(nextUnreviewedId ?? parsed.input.questionId, filter)}`)
      }
    }
  })
}

/** Whoever is told of a conflict has to see what is there now, before they decide again. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded ? `Review of ${loaded.page.clientName}` : 'Review') },
]

export default function HeldDeskPage() {
  const { page, back } = useLoaderData<typeof loader>()
  const reply = useActionData<DecisionReply>()
  return <Desk page={page} reply={reply} back={back} />
}
