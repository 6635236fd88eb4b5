import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { AuthLayout } from '#app/components/auth-layout.tsx'
import { Button } from '#app/components/button.tsx'
import { FormErrorSummary } from '#app/components/form-error-summary.tsx'
import { TextLink } from '#app/components/link.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { TextField } from '#app/components/text-field.tsx'
import { useCheckedForm } from '#app/components/use-checked-form.ts'
import { callerOf } from '#app/http/caller.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { redirectMembers } from '#app/http/member.server.ts'
import { SignUpInput } from '#app/services/account-input.ts'
import { signUp } from '#app/services/accounts.server.ts'
import { openSession } from '#app/services/sessions.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await redirectMembers(request, '/clients')
  return null
}

export async function action({ request }: ActionFunctionArgs) {
  const values = formValues(await readForm(request))
  const parsed = parseWith(SignUpInput, values)
  const refuse = (fieldErrors: Record<string, string>) => {
    const { organisationName, name, email } = values
    // The password is not sent back.
    const typed = { organisationName: textOf(organisationName), name: textOf(name), email: textOf(email) }
    return data({ fieldErrors, typed }, { status: 400 })
  }
  if (!parsed.ok) return refuse(parsed.fieldErrors)
  const result = await signUp(parsed.input)
  if (result.outcome === 'email-taken') {
    return refuse({ email: 'This address has an account already. Sign in with it, or use another address.' })
  }
  const cookie = await openSession(result.userId, callerOf(request))
  return redirect('/clients', { headers: { 'Set-Cookie': cookie } })
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export const meta: MetaFunction = () => [{ title: pageTitle('Create your organisation') }]

const FIELDS = ['organisationName', 'name', 'email', 'password'] as const

export default function SignUpPage() {
  const result = useActionData<typeof action>()
  const { field, summary, isSending, onSubmit } = useCheckedForm(SignUpInput, FIELDS, result?.fieldErrors)
  const typed = result?.typed
  return (
    <AuthLayout
      title="Create your organisation"
      lead="You become its owner. Everything you record from here on stays on this server."
      footer={
        <>
          Already have an account? <TextLink to="/sign-in">Sign in</TextLink>
        </>
      }
      aside={<WhatHappens />}
    >
      <Form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
        <FormErrorSummary key={summary.key} problems={summary.problems} />
        <TextField
          {...field('organisationName')}
          defaultValue={typed?.organisationName}
          label="Organisation"
          hint="The service provider or assessor that prepares applications; it stands on every report."
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

const steps = [
  ['Add a client', 'The named insured of a policy, with its renewal date.'],
  ['Answer the application', 'Section by section; every answer is saved as you give it.'],
  ['Add evidence', 'Scans and records are read into facts that support or contradict the answers.'],
  ['Sign', 'You certify the technical facts, the client’s officer attests the answers.'],
] as const

function WhatHappens() {
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
