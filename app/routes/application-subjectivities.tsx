import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileText, ListChecks, Plus } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { BinderPanel } from '#app/components/subjectivity/binder-panel.tsx'
import { SubjectivityTable } from '#app/components/subjectivity/subjectivity-table.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listSubjectivities } from '#app/services/subjectivities.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const page = await answering(() => listSubjectivities(member, applicationId))
  const { binding, binder, client } = page
  return {
    applicationId,
    clientId: client.id,
    isArchived: client.archivedAt !== null,
    binder,
    binding: binding && {
      insurer: binding.insurer,
      quoteReference: binding.quoteReference,
      quotedOn: binding.quotedOn,
      boundOn: binding.boundOn,
      binderExpiresOn: binding.binderExpiresOn,
      expirySource: binding.expirySource,
    },
    conditions: page.conditions.map(
      ({ responses: _r, decisions: _d, extensions: _e, ...condition }) => condition,
    ),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Subjectivities') }]

export default function ApplicationSubjectivitiesPage() {
  const { applicationId, clientId, isArchived, binding, binder, conditions } = useLoaderData<typeof loader>()
  const here = `/applications/${applicationId}/subjectivities`
  const add = isArchived ? null : (
    <ButtonLink icon={Plus} variant="primary" to={`${here}/new`}>
      Add a condition
    </ButtonLink>
  )
  return (
    <>
      <BinderPanel
        binding={binding}
        binder={binder}
        editTo={`${here}/binding`}
        policyTo={`/clients/${clientId}/policy/new?bound=${applicationId}`}
      />
      {conditions.length === 0 ? (
        <div className="mt-10">
          <EmptyState icon={ListChecks} title="No conditions recorded" action={add}>
            <p>
              Insurers tie a quote to conditions, called subjectivities or contingencies: close a port, MFA by
              a day, proof of a restore. They stand in the quote’s last section, in a letter or on the
              insurer’s dashboard. Copy each one here, so that it gets an owner, a day and an answer of its
              own.
            </p>
            <p className="mt-2">
              Conditions before the bind hold the quote. Conditions after it make the binder conditional, and
              it lapses when they stay open.
            </p>
          </EmptyState>
        </div>
      ) : (
        <PageSection
          title="Conditions"
          lead="Each as the insurer wrote it. The next due stands first; withdrawn ones stay at the end."
          actions={
            <>
              {add}
              <ButtonLink icon={FileText} to={`${here}/response`}>
                Response to the insurer
              </ButtonLink>
              <DownloadLink href={`${here}/export`}>Export as CSV</DownloadLink>
            </>
          }
        >
          <SubjectivityTable
            caption="Conditions of this application"
            rows={conditions.map((condition) => ({ condition }))}
          />
        </PageSection>
      )}
    </>
  )
}
