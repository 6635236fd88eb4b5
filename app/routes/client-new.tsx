import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { ClientForm } from '#app/components/client/client-form.tsx'
import { typedTexts } from '#app/components/client/client-texts.ts'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { ClientInput } from '#app/services/client-input.ts'
import { createClient } from '#app/services/clients.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await requireMember(request)
  return null
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const values = formValues(await readForm(request))
  const parsed = parseWith(ClientInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed: typedTexts(values) }, { status: 400 })
  return redirect(`/clients/${await createClient(member, parsed.input)}`)
}

export const meta: MetaFunction = () => [{ title: pageTitle('New client') }]

export default function NewClientPage() {
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHeader
        title="New client"
        breadcrumb={[{ label: 'Clients', href: '/clients' }]}
        lead="A client is the named insured of a policy. The legal name is enough to begin; the rest can follow."
      />
      <ClientForm
        texts={{ currency: 'USD', ...result?.typed }}
        fieldErrors={result?.fieldErrors}
        submitLabel="Create client"
        cancelTo="/clients"
      />
    </>
  )
}
