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
import { ChoiceCards } from '#app/components/choice-field.tsx'
import { FormErrorSummary } from '#app/components/form-error-summary.tsx'
import { TextLink } from '#app/components/link.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { TextField } from '#app/components/text-field.tsx'
import { useCheckedForm } from '#app/components/use-checked-form.ts'
import { callerOf } from '#app/http/caller.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { redirectMembers, safeNext } from '#app/http/member.server.ts'
import { SignUpInput } from '#app/services/account-input.ts'
import { signUp } from '#app/services/accounts.server.ts'
import { openSession } from '#app/services/sessions.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const next = safeNext(search.get('next'))
  await redirectMembers(request, next)
  return { next, kind: SignUpInput.shape.kind.catch('msp').parse(search.get('kind') ?? undefined) }
}

export async function action({ request }: ActionFunctionArgs) {
  const values = formValues(await readForm(request))
  const parsed = parseWith(SignUpInput, values)
  const refuse = (fieldErrors: Record<string, string>) => {
    const { organisationName, name, email } = values
    // The password is not sent back.
    const typed = {
      kind: textOf(values.kind),
      organisationName: textOf(organisationName),
      name: textOf(name),
      email: textOf(email),
    }
    return data({ fieldErrors, typed }, { status: 400 })
  }
  if (!parsed.ok) return refuse(parsed.fieldErrors)
  const result = await signUp(parsed.input)
  if (result.outcome === 'email-taken') {
    return refuse({ email: 'This address has an account already. Sign in with it, or use another address.' })
  }
  const cookie = await openSession(result.userId, callerOf(request))
  const next = safeNext(typeof values.next === 'string' ? values.next : null)
  return redirect(next, { headers: { 'Set-Cookie': cookie } })
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export const meta: MetaFunction = () => [{ title: pageTitle('Create your organisation') }]

const KINDS = [
  { value: 'msp', label: 'We are an MSP', hint: 'You prepare applications of your clients.' },
  {
    value: 'assessor',
    label: 'We are an assessment firm',
    hint: 'You assess applications that an MSP opens to you.',
  },
  { value: 'insurer', label: 'We are an insurer', hint: 'You review applications that an MSP opens to you.' },
]

const FIELDS = ['kind', 'organisationName', 'name', 'email', 'password'] as const

export default function SignUpPage() {
  const { next, kind } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { field, summary, isSending, onSubmit } = useCheckedForm(SignUpInput, FIELDS, result?.fieldErrors)
  const typed = result?.typed
  return (
    <AuthLayout
      title="Create your organisation"
      lead="You become its owner. Everything you record from here on stays on this server."
      footer={
        <>
          Already have an account?{' '}
          <TextLink to={`/sign-in?next=${encodeURIComponent(next)}`}>Sign in</TextLink>
        </>
      }
      aside={<WhatHappens steps={kind === 'msp' ? PREPARING : REVIEWING} />}
    >
      <Form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
        <FormErrorSummary key={summary.key} problems={summary.problems} />
        <input type="hidden" name="next" value={next} />
        <ChoiceCards
          {...field('kind')}
          label="What your organisation is"
          defaultValue={typed?.kind || kind}
          options={KINDS}
        />
        <TextField
          {...field('organisationName')}
          defaultValue={typed?.organisationName}
          label="Organisation"
          hint="By its name as it stands on reports and in other organisations’ records."
          autoComplete="organization"
        />
        <TextField
          {...field('name')}
          defaultValue={typed?.name}
          label="Your name"
          hint="In full: it stands in the ledger and under what you certify."
          autoComplete="name"
        />
        <TextField
          {...field('email')}
          defaultValue={typed?.email}
          label="E-mail"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          {...field('password')}
          label="Password"
          type="password"
          hint="At least 12 characters. A few unrelated words work well."
          autoComplete="new-password"
        />
        <Button type="submit" variant="primary" wide loading={isSending} loadingLabel="Creating">
          Create organisation
        </Button>
      </Form>
    </AuthLayout>
  )
}

const PREPARING = [
  ['Add a client', 'The named insured of a policy, with its renewal date.'],
  ['Answer the application', 'Section by section; every answer is saved as you give it.'],
  ['Add evidence', 'Scans and records are read into facts that support or contradict the answers.'],
  ['Sign', 'You certify the technical facts, the client’s officer attests the answers.'],
] as const

const REVIEWING = [
  ['Accept an offer', 'An MSP mails one; you accept for your organisation.'],
  ['Walk through each answer', 'With its reasons and its evidence beside it.'],
  ['Decide', 'Accept, ask, reject or raise a contradiction, each with your name and reason.'],
  ['Sign off', 'With an opinion that rests on what you decided.'],
] as const

function WhatHappens({ steps }: { steps: typeof PREPARING | typeof REVIEWING }) {
  return (
    <>
      <h2 className="font-semibold text-lead">What comes next</h2>
      <ol className="mt-3 border-rule border-t">
        {steps.map(([title, text], index) => (
          <li key={title} className="grid grid-cols-[2rem_1fr] border-hairline border-b py-3">
            <span aria-hidden className="font-medium text-accent">
              {index + 1}
            </span>
            <div>
              <h3 className="font-medium">{title}</h3>
              <p className="text-ink-soft">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}
