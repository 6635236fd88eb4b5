import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { AuthLayout } from '#app/components/auth-layout.tsx'
import { Button } from '#app/components/button.tsx'
import { FormErrorSummary } from '#app/components/form-error-summary.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { TextField } from '#app/components/text-field.tsx'
import { useCheckedForm } from '#app/components/use-checked-form.ts'
import { callerOf } from '#app/http/caller.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { redirectMembers, safeNext } from '#app/http/member.server.ts'
import { writeStepToken } from '#app/http/second-step-cookie.server.ts'
import { SignInInput } from '#app/services/account-input.ts'
import { signIn } from '#app/services/accounts.server.ts'

const nextOf = (request: Request) => safeNext(new URL(request.url).searchParams.get('next'))

export async function loader({ request }: LoaderFunctionArgs) {
  const next = nextOf(request)
  await redirectMembers(request, next)
  return { next }
}

export async function action({ request }: ActionFunctionArgs) {
  const values = formValues(await readForm(request))
  const email = typeof values.email === 'string' ? values.email : ''
  const parsed = parseWith(SignInInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, email }, { status: 400 })
  const next = typeof values.next === 'string' ? safeNext(values.next) : nextOf(request)
  const result = await signIn(parsed.input, callerOf(request))
  switch (result.outcome) {
    case 'signed-in':
      return redirect(next, { headers: { 'Set-Cookie': result.cookie } })
    case 'second-step': {
      const headers = { 'Set-Cookie': await writeStepToken(result.token) }
      return redirect(`/sign-in/second-step?next=${encodeURIComponent(next)}`, { headers })
    }
    case 'wrong-credentials': {
      const form = 'E-mail address and password do not belong together. Check both and try again.'
      return data({ fieldErrors: { form } as Record<string, string>, email }, { status: 400 })
    }
    case 'too-many-attempts': {
      const minutes = Math.ceil(result.retryAfterSeconds / 60)
      const form = `Too many failed attempts. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`
      return data(
        { fieldErrors: { form } as Record<string, string>, email },
        { status: 429, headers: { 'Retry-After': String(result.retryAfterSeconds) } },
      )
    }
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Sign in') }]

const FIELDS = ['email', 'password'] as const

export default function SignInPage() {
  const { next } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const isStepOver = useSearchParams()[0].has('over') && !result
  const { field, summary, isSending, onSubmit } = useCheckedForm(SignInInput, FIELDS, result?.fieldErrors)
  return (
    <AuthLayout
      title="Sign in"
      footer={
        <>
          New here?{' '}
          <TextLink to={`/sign-up?next=${encodeURIComponent(next)}`}>Create your organisation</TextLink>
        </>
      }
    >
      <Form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
        {isStepOver ? (
          <Notice kind="info">
            The second step took too long or had too many tries. Begin again with your password.
          </Notice>
        ) : null}
        <FormErrorSummary key={summary.key} title="You are not signed in" problems={summary.problems} />
        <input type="hidden" name="next" value={next} />
        <TextField
          {...field('email')}
          defaultValue={result?.email}
          label="E-mail"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField {...field('password')} label="Password" type="password" autoComplete="current-password" />
        <Button type="submit" variant="primary" wide loading={isSending} loadingLabel="Signing in">
          Sign in
        </Button>
      </Form>
    </AuthLayout>
  )
}
