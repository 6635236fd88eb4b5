import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { SearchX } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { AcceptedEvidence } from '#app/components/evidence/accepted-evidence.tsx'
import { ArchiveLinks } from '#app/components/evidence/archive-links.tsx'
import { EvidenceFilter } from '#app/components/evidence/evidence-filter.tsx'
import { controlGroupsOf, kindGroupsOf } from '#app/components/evidence/evidence-options.ts'
import { EvidenceTable, WithdrawnEvidence } from '#app/components/evidence/evidence-table.tsx'
import { UploadForm } from '#app/components/evidence/upload-form.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RequestTable } from '#app/components/request/request-table.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { EvidenceQuery } from '#app/services/evidence-list.ts'
import { getEvidenceList } from '#app/services/evidence-pages.server.ts'
import { listRequests } from '#app/services/evidence-requests.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const search = new URL(request.url).searchParams
  // `control` was there first: it asks the form for a link, and the list is narrowed by `of`.
  const wanted = { questionRef: search.get('question'), controlId: search.get('control') }
  const query = EvidenceQuery.parse({
    text: search.get('q') ?? undefined,
    kind: search.get('kind') ?? undefined,
    control: search.get('of') ?? undefined,
    standing: search.get('standing') ?? undefined,
    sort: search.get('sort') ?? undefined,
  })
  const list = await answering(() => getEvidenceList(member, clientId, wanted, query))
  const catalogue = loadCatalogue()
  return {
    client: {
      id: list.client.id,
      legalName: list.client.legalName,
      isArchived: list.client.archivedAt !== null,
    },
    query,
    items: list.items,
    total: list.total,
    kinds: list.kinds,
    controls: list.controls,
    withdrawn: list.withdrawn,
    requests: await listRequests(member, { clientId, isUnsettled: true }),
    applications: list.applications,
    question: list.question,
    controlIds: list.control ? [list.control.id] : [],
    kindGroups: kindGroupsOf(catalogue, list.control),
    controlGroups: controlGroupsOf(catalogue),
    today: list.today,
    maxUploadBytes: list.maxUploadBytes,
    areUploadsScanned: list.areUploadsScanned,
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(...(data ? ['Evidence', data.client.legalName] : ['Evidence'])) },
]

function hrefOf(here: string, query: EvidenceQuery): string {
  const params = new URLSearchParams()
  if (query.text) params.set('q', query.text)
  if (query.kind) params.set('kind', query.kind)
  if (query.control) params.set('of', query.control)
  if (query.standing) params.set('standing', query.standing)
  if (query.sort !== 'received') params.set('sort', query.sort)
  return params.size > 0 ? `${here}?${params}` : here
}

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
              Each file is kept as it is, known by its SHA-256 and entered in the ledger. Scans are read, too.{' '}
              {page.areUploadsScanned
                ? 'Files are scanned for malware before they are kept.'
                : 'Files are not scanned for malware: no scanner is configured.'}
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
      {page.requests.length > 0 ? (
        <PageSection title={`Asked for (${page.requests.length})`}>
          <RequestTable requests={page.requests} />
        </PageSection>
      ) : null}
      <OnFile />
      {page.total > 0 && page.applications.length > 0 ? (
        <PageSection
          title="Hand it out"
          lead="One archive for each application: the files linked to it, a manifest, and hashes that sha256sum checks."
        >
          <ul className="flex flex-col gap-3">
            {page.applications.map(({ id, label }) => (
              <li key={id}>
                <ArchiveLinks applicationId={id} label={label} />
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
      <WithdrawnEvidence items={page.withdrawn} />
    </>
  )
}

function OnFile() {
  const { client, items, total, query, kinds, controls } = useLoaderData<typeof loader>()
  const here = `/clients/${client.id}/evidence`
  if (total === 0) {
    return (
      <div className="mt-10">
        <AcceptedEvidence />
      </div>
    )
  }
  return (
    <PageSection
      title={items.length === total ? `On file (${total})` : `On file (${items.length} of ${total})`}
    >
      <EvidenceFilter query={query} kinds={kinds} controls={controls} here={here} />
      {items.length > 0 ? (
        <EvidenceTable
          items={items}
          sort={query.sort}
          hrefOfSort={(sort) => hrefOf(here, { ...query, sort })}
        />
      ) : (
        <EmptyState
          icon={SearchX}
          title="No evidence fits"
          action={<ButtonLink to={here}>Show all {total}</ButtonLink>}
        >
          The search looks at titles, file names, kinds and controls. Evidence that is linked to no control is
          found under “Every control” only: link it on its page, and readiness can use it.
        </EmptyState>
      )}
    </PageSection>
  )
}
