import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { AcceptedEvidence } from '#app/components/evidence/accepted-evidence.tsx'
import { controlGroupsOf, kindGroupsOf } from '#app/components/evidence/evidence-options.ts'
import { EvidenceTable, WithdrawnEvidence } from '#app/components/evidence/evidence-table.tsx'
import { UploadForm } from '#app/components/evidence/upload-form.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getEvidenceList } from '#app/services/evidence-pages.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const query = new URL(request.url).searchParams
  const wanted = { questionRef: query.get('question'), controlId: query.get('control') }
  const list = await answering(() => getEvidenceList(member, idParam(params.clientId), wanted))
  const catalogue = loadCatalogue()
  return {
    client: {
      id: list.client.id,
      legalName: list.client.legalName,
      isArchived: list.client.archivedAt !== null,
    },
    items: list.items,
    withdrawn: list.withdrawn,
    question: list.question,
    controlIds: list.control ? [list.control.id] : [],
    kindGroups: kindGroupsOf(catalogue, list.control),
    controlGroups: controlGroupsOf(catalogue),
    today: list.today,
    maxUploadBytes: list.maxUploadBytes,
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data ? ['Evidence', data.client.legalName] : ['Evidence'])) },
]

export default function ClientEvidencePage() {
  const page = useLoaderData<typeof loader>()
  const revalidator = useRevalidator()
  const { client, question, controlIds } = page
  return (
    <>
      <section id="add" aria-labelledby="add-title">
        <h2 id="add-title" className="mb-1 font-semibold text-section">
          Add evidence
        </h2>
        {client.isArchived ? (
          <Notice kind="info">
            This client is archived and takes no new evidence.{' '}
            <TextLink to={`/clients/${client.id}`}>Restore it first</TextLink>.
          </Notice>
        ) : (
          <>
            <p className="mb-5 max-w-measure text-ink-soft">
              Each file is kept as it is, known by its SHA-256 and entered in the ledger. Scans are read, too.
            </p>
            <UploadForm
              // Another question asks for other links.
              key={`${question?.ref} ${controlIds.join()}`}
              clientId={client.id}
              kindGroups={page.kindGroups}
              controlGroups={page.controlGroups}
              today={page.today}
              maxUploadBytes={page.maxUploadBytes}
              wanted={{ question, controlIds }}
              onChanged={() => revalidator.revalidate()}
            />
          </>
        )}
      </section>
      {page.items.length === 0 ? (
        <div className="mt-10">
          <AcceptedEvidence />
        </div>
      ) : (
        <PageSection title={`On file (${page.items.length})`}>
          <EvidenceTable items={page.items} />
        </PageSection>
      )}
      <WithdrawnEvidence items={page.withdrawn} />
    </>
  )
}
