import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { IncidentConflict } from '#app/components/incident/incident-conflict.tsx'
import { IncidentForm } from '#app/components/incident/incident-form.tsx'
import { textsOf, typedTexts } from '#app/components/incident/incident-words.ts'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { SeenVersion } from '#app/services/client-input.ts'
import { incidentInput } from '#app/services/incident-input.ts'
import { editIncident, getIncident, listAssetChoices } from '#app/services/incidents.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(async () => {
    const { incident, client } = await getIncident(member, idParam(params.incidentId))
    const chosen = incident.affectedAssetIds
    const { assets, isCut } = await listAssetChoices(member, client.id, chosen)
    return {
      id: incident.id,
      title: incident.title,
      version: incident.version,
      texts: textsOf(incident),
      client: { id: client.id, legalName: client.legalName },
      assets: assets.map(({ id, name, address }) => ({ id, name, address })),
      chosen,
      isCut,
    }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const incidentId = idParam(params.incidentId)
  const values = formValues(await readForm(request))
  const typed = typedTexts(values)
  const seen = parseWith(SeenVersion, values)
  const parsed = parseWith(
    incidentInput(() => new Date()),
    values,
  )
  if (!seen.ok || !parsed.ok) {
    const fieldErrors = parsed.ok
      ? { form: 'The page was incomplete. Reload it and try again.' }
      : parsed.fieldErrors
    const seenVersion = seen.ok ? seen.input.seenVersion : null
    return data({ fieldErrors, typed, conflict: null, seenVersion }, { status: 400 })
  }
  return acting(async () => {
    const outcome = await editIncident(member, incidentId, seen.input.seenVersion, parsed.input)
    if (outcome === 'saved') return redirect(`/incidents/${incidentId}`)
    const { incident } = await getIncident(member, incidentId)
    const conflict = { saved: textsOf(incident) }
    return data({ fieldErrors: {}, typed, conflict, seenVersion: incident.version }, { status: 409 })
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Edit ${page.title}` : 'Edit incident') },
]

export default function EditIncidentPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const here = `/incidents/${page.id}`
  const returned = result && 'typed' in result ? result : null
  return (
    <>
      <PageHeader
        title="Edit incident"
        breadcrumb={[
          { label: page.client.legalName, href: `/clients/${page.client.id}` },
          { label: 'Incidents', href: `/clients/${page.client.id}/incidents` },
          { label: page.title, href: here },
        ]}
        lead="Each change is recorded in the ledger. Packs that were made already stay as they are."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce title={result.refusal.message} />
      ) : null}
      {returned?.conflict ? (
        <IncidentConflict saved={returned.conflict.saved} typed={returned.typed} reloadTo={`${here}/edit`} />
      ) : null}
      <IncidentForm
        texts={returned?.typed ?? page.texts}
        fieldErrors={returned?.fieldErrors}
        assets={page.assets}
        chosen={page.chosen}
        isCut={page.isCut}
        seenVersion={returned?.seenVersion ?? page.version}
        submitLabel={returned?.conflict ? 'Save mine over theirs' : 'Save changes'}
        cancelTo={here}
      />
    </>
  )
}
