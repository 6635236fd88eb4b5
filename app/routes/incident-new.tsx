import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { IncidentForm } from '#app/components/incident/incident-form.tsx'
import { typedTexts } from '#app/components/incident/incident-words.ts'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { incidentInput } from '#app/services/incident-input.ts'
import { listAssetChoices, recordIncident } from '#app/services/incidents.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { client, assets, isCut } = await answering(() => listAssetChoices(member, idParam(params.clientId)))
  return {
    client: { id: client.id, legalName: client.legalName },
    assets: assets.map(({ id, name, address }) => ({ id, name, address })),
    isCut,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(
    incidentInput(() => new Date()),
    values,
  )
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed: typedTexts(values) }, { status: 400 })
  return acting(async () => redirect(`/incidents/${await recordIncident(member, clientId, parsed.input)}`))
}

export const meta: MetaFunction = () => [{ title: pageTitle('Record an incident') }]

export default function NewIncidentPage() {
  const { client, assets, isCut } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title="Record an incident"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Incidents', href: `${here}/incidents` },
        ]}
        lead="Call the insurer’s hotline first; this can wait for it. Everything here can be changed later, and each change is recorded in the ledger."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce title={result.refusal.message} />
      ) : null}
      <IncidentForm
        texts={result && 'typed' in result ? result.typed : {}}
        fieldErrors={result && 'fieldErrors' in result ? result.fieldErrors : undefined}
        assets={assets}
        chosen={[]}
        isCut={isCut}
        submitLabel="Record incident"
        cancelTo={`${here}/incidents`}
      />
    </>
  )
}
