import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { AuthLayout } from '#app/components/auth-layout.tsx'
import { Button } from '#app/components/button.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StepForms } from '#app/components/second-factor/step-forms.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { redirectMembers, safeNext } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { forgetStepToken, readStepToken } from '#app/http/second-step-cookie.server.ts'
import { PasskeyResponse, readPasskeyResponse, StepCodeInput } from '#app/services/second-factor-input.ts'
import {
  enterStepCode,
  leaveSecondStep,
  type StepOutcome,
  showStepPasskey,
  viewSecondStep,
} from '#app/services/second-step.server.ts'

const nextOf = (request: Request) => safeNext(new URL(request.url).searchParams.get('next'))

const toPassword = async (next: string, { isOver }: { isOver: boolean }) =>
  redirect(`/sign-in?next=${encodeURIComponent(next)}${isOver ? '&over=1' : ''}`, {
    headers: { 'Set-Cookie': await forgetStepToken() },
  })

/** A passkey signs one challenge once: after a wrong try the page needs the next. */
export const shouldRevalidate = () => true

export async function loader({ request }: LoaderFunctionArgs) {
  const next = nextOf(request)
  await redirectMembers(request, next)
  const token = await readStepToken(request)
  const step = token && (await viewSecondStep(token, publicOrigin(request)))
  if (!step) throw await toPassword(next, { isOver: token !== null })
  return { next, step }
}

export async function action({ request }: ActionFunctionArgs) {
  const next = nextOf(request)
  const token = await readStepToken(request)
  if (!token) throw await toPassword(next, { isOver: false })
  const values = formValues(await readForm(request))
  if (values.intent === 'leave') {
    await leaveSecondStep(token)
    throw await toPassword(next, { isOver: false })
  }
  if (values.intent === 'passkey') {
    const response = readPasskeyResponse(PasskeyResponse, values.response)
    const outcome = await showStepPasskey(token, response, publicOrigin(request), callerOf(request))
    return answer(outcome, next, 'passkey')
  }
  const parsed = parseWith(StepCodeInput, values)
  if (!parsed.ok)
    return data({ by: 'code' as const, problem: parsed.fieldErrors.code ?? '' }, { status: 400 })
  return answer(await enterStepCode(token, parsed.input.code, callerOf(request)), next, 'code')
}

const WRONG = {
  code: 'That code is not right, or was used already. Wait for the next one of your app and try again.',
  passkey: 'That passkey was not taken. Try again, or use another way.',
}

async function answer(outcome: StepOutcome, next: string, by: 'code' | 'passkey') {
  switch (outcome.outcome) {
    case 'signed-in': {
      const headers = new Headers({ 'Set-Cookie': outcome.cookie })
      headers.append('Set-Cookie', await forgetStepToken())
      return redirect(next, { headers })
    }
    case 'over':
      throw await toPassword(next, { isOver: true })
    case 'locked': {
      const minutes = outcome.minutes === 1 ? 'a minute' : `${outcome.minutes} minutes`
      const problem = `Too many wrong codes were typed for this account. Wait ${minutes}, or use a passkey.`
      const headers = { 'Retry-After': String(outcome.minutes * 60) }
      return data({ by, problem }, { status: 429, headers })
    }
    case 'wrong': {
      const left = outcome.triesLeft === 1 ? 'One try is left.' : `${outcome.triesLeft} tries are left.`
      return data({ by, problem: `${WRONG[by]} ${left}` }, { status: 400 })
    }
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Second step') }]

export default function SecondStepPage() {
  const { step } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <AuthLayout
      title="Second step"
      lead="Your password was right. Show one of your second factors to finish signing in."
      footer={
        <Form method="post">
          <input type="hidden" name="intent" value="leave" />
          <Button type="submit" variant="quiet">
            Begin again with the password
          </Button>
        </Form>
      }
    >
      <StepForms step={step} problem={result ?? null} />
    </AuthLayout>
  )
}
