import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ClientForm } from '#app/components/client/client-form.tsx'
import { textsOf, typedTexts } from '#app/components/client/client-texts.ts'
import { EditConflict } from '#app/components/client/edit-conflict.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { ClientInput, SeenVersion } from '#app/services/client-input.ts'
import { editClient, getClient } from '#app/services/clients.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const client = await answering(() => getClient(member, idParam(params.clientId)))
  return { id: client.id, legalName: client.legalName, version: client.version, texts: textsOf(client) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const typed = typedTexts(values)
  const seen = parseWith(SeenVersion, values)
  const parsed = parseWith(ClientInput, values)
  if (!seen.ok || !parsed.ok) {
    const fieldErrors = parsed.ok
      ? { form: 'The page was incomplete. Reload it and try again.' }
      : parsed.fieldErrors
    const seenVersion = seen.ok ? seen.input.seenVersion : null
    return data({ fieldErrors, typed, conflict: null, seenVersion }, { status: 400 })
  }
  return answering(async () => {
    const { seenVersion } = seen.input
    const outcome = await editClient(member, clientId, seenVersion, parsed.input)
    if (outcome === 'saved') return redirect(`/clients/${clientId}`)
    const current = await getClient(member, clientId)
    return data(
      { fieldErrors: {}, typed, conflict: { saved: textsOf(current) }, seenVersion: current.version },
      { status: 409 },
    )
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Edit ${page.legalName}` : 'Edit client') },
]

export default function EditClientPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const here = `/clients/${page.id}`
  return (
    <>
      <PageHeader
        title="Edit client"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: page.legalName, href: here },
        ]}
        lead="Each change is recorded in the ledger. Reports already signed keep the details they were signed with."
      />
      {result?.conflict ? (
        <EditConflict saved={result.conflict.saved} typed={result.typed} reloadTo={`${here}/edit`} />
      ) : null}
      <ClientForm
        texts={result?.typed ?? page.texts}
        fieldErrors={result?.fieldErrors}
        seenVersion={result?.seenVersion ?? page.version}
        submitLabel={result?.conflict ? 'Save mine over theirs' : 'Save changes'}
        cancelTo={here}
      />
    </>
  )
}
