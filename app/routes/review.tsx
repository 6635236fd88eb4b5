/** An application for an assessor without an account: the code first, then their desk. */
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { CodeDoor } from '#app/components/guest/code-door.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import type { DecisionReply } from '#app/components/review/decision-form.tsx'
import { Desk } from '#app/components/review/desk.tsx'
import { hrefOf } from '#app/components/review/question-list.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { answerAtDoor, guestKey } from '#app/http/guest-code.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { greetGuest } from '#app/services/guest-door.server.ts'
import { DecisionInput, SampleInput, SignOffInput } from '#app/services/review-input.ts'
import { REVIEW_FILTERS } from '#app/services/review-order.ts'
import { pageOfDesk } from '#app/services/review-page.ts'
import { decide, signOffReview, takeSample, visitReview } from '#app/services/review-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('review', request, params.token)
  const search = new URL(request.url).searchParams
  return answering(async () => {
    const greeting = await greetGuest('review', key, callerOf(request))
    if (!greeting.isOpen)
      return data({ greeting, page: null }, { status: greeting.state === 'open' ? 200 : 410 })
    const page = pageOfDesk(await visitReview(key), {
      questionId: search.get('q'),
      fileId: search.get('file'),
      filter: search.get('filter'),
      isSigningOff: search.get('step') === 'sign-off',
      base: `/review/${params.token}/evidence`,
    })
    return data({ greeting, page })
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { token = '' } = params
  const key = await guestKey('review', request, token)
  const values = formValues(await readForm(request))
  const here = `/review/${token}`
  const wrong = (fieldErrors: Record<string, string>) => data({ fieldErrors }, { status: 400 })
  return acting(async () => {
    const atDoor = await answerAtDoor('review', key, request, values)
    if (atDoor) return atDoor
    switch (values.intent) {
      case 'sample': {
        const parsed = parseWith(SampleInput, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        await takeSample(key, parsed.input)
        return redirect(`${here}?filter=sample`)
      }
      case 'sign-off': {
        const parsed = parseWith(SignOffInput, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        await signOffReview(key, parsed.input, callerOf(request))
        return redirect(here)
      }
      default: {
        const parsed = parseWith(DecisionInput, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        const made = await decide(key, parsed.input)
        if (made.outcome === 'conflict')
          return data({ conflict: { why: made.why, latest: made.latest } }, { status: 409 })
        const filter = REVIEW_FILTERS.find((name) => name === values.filter) ?? 'all'
        const { nextUnreviewedId } = pageOfDesk(await visitReview(key), {
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

export const headers: HeadersFunction = ({ loaderHeaders, errorHeaders }) => errorHeaders ?? loaderHeaders

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.page ? `Review of ${loaded.page.clientName}` : 'Review') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function ReviewPage() {
  const { greeting, page } = useLoaderData<typeof loader>()
  const reply = useActionData<DecisionReply>()
  if (!page) return <CodeDoor kicker="Review of an application" greeting={greeting} reply={reply} />
  return <Desk page={page} reply={reply} />
}
