import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { controlGroupsOf } from '#app/components/evidence/evidence-options.ts'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SubjectivityForm } from '#app/components/subjectivity/subjectivity-form.tsx'
import { subjectivityTexts } from '#app/components/subjectivity/subjectivity-words.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listSubjectivities, recordSubjectivity } from '#app/services/subjectivities.server.ts'
import { SubjectivityInput } from '#app/services/subjectivity-input.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const page = await answering(() => listSubjectivities(member, applicationId))
  return {
    applicationId,
    formTitle: page.formTitle,
    client: { id: page.client.id, legalName: page.client.legalName },
    controlGroups: controlGroupsOf(loadCatalogue()),
    boundOn: page.binding?.boundOn ?? null,
    known: {
      source: page.binding ? `Quote ${page.binding.quoteReference}` : '',
      ownerName: member.name,
      ownerSide: 'provider',
      ...(page.binding?.boundOn ? { timing: 'post-bind' } : {}),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(SubjectivityInput, values)
  if (!parsed.ok)
    return data({ fieldErrors: parsed.fieldErrors, typed: subjectivityTexts(values) }, { status: 400 })
  return acting(async () => {
    const id = await recordSubjectivity(member, applicationId, parsed.input)
    return redirect(`/subjectivities/${id}`)
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Add a condition') }]

export default function NewSubjectivityPage() {
  const { applicationId, formTitle, client, controlGroups, boundOn, known } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const here = `/applications/${applicationId}/subjectivities`
  return (
    <>
      <PageHeader
        title="Add a condition"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: formTitle, href: `/applications/${applicationId}` },
          { label: 'Subjectivities', href: here },
        ]}
        lead="One condition of the insurer, as it stands in the quote. It is recorded in the ledger."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce title={result.refusal.message} />
      ) : null}
      <SubjectivityForm
        texts={result && 'typed' in result ? result.typed : known}
        fieldErrors={result && 'fieldErrors' in result ? result.fieldErrors : undefined}
        controlGroups={controlGroups}
        boundOn={boundOn}
        cancelTo={here}
      />
    </>
  )
}
