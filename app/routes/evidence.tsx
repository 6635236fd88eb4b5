import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { CopyableHash } from '#app/components/copyable-hash.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { controlGroupsOf } from '#app/components/evidence/evidence-options.ts'
import { FreshnessBadge } from '#app/components/evidence/freshness-badge.tsx'
import { LinksForm } from '#app/components/evidence/links-form.tsx'
import { WithdrawDialog } from '#app/components/evidence/withdraw-dialog.tsx'
import { FileSize } from '#app/components/file-size.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ImportStateBadge } from '#app/components/scan/import-state-badge.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { linkEvidence, withdrawEvidence } from '#app/services/evidence.server.ts'
import { EvidenceLinksInput } from '#app/services/evidence-input.ts'
import { getEvidenceDetail } from '#app/services/evidence-pages.server.ts'
import { WithdrawInput } from '#app/services/report-input.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const detail = await answering(() => getEvidenceDetail(member, idParam(params.evidenceId)))
  const { evidence, revision, client, scan } = detail
  const controlGroups = controlGroupsOf(loadCatalogue())
  return {
    id: evidence.id,
    title: evidence.title,
    kind: detail.kind,
    client: { id: client.id, legalName: client.legalName },
    withdrawn: evidence.withdrawnAt ? { at: evidence.withdrawnAt, reason: evidence.withdrawnReason } : null,
    standing: { state: detail.standing.state, why: detail.standing.why },
    revision: {
      id: revision.id,
      fileName: revision.fileName,
      observedAt: revision.observedAt,
      receivedAt: revision.receivedAt,
      validUntil: revision.validUntil,
      collector: revision.collector,
      sha256: revision.sha256,
      sizeBytes: revision.sizeBytes,
      mediaType: revision.mediaType,
    },
    scan: scan ? { id: scan.id, state: scan.state, tool: scan.tool } : null,
    controlGroups,
    controlIds: evidence.controlIds,
    controlLabels: controlGroups
      .flatMap(({ controls }) => controls)
      .filter(({ id }) => evidence.controlIds.includes(id))
      .map(({ label }) => label),
    questions: detail.questions,
  }
}

const EvidenceChange = z.discriminatedUnion('intent', [
  WithdrawInput.extend({ intent: z.literal('withdraw') }),
  EvidenceLinksInput.extend({ intent: z.literal('link') }),
])

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const evidenceId = idParam(params.evidenceId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(EvidenceChange, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  const { input } = parsed
  return acting(async () => {
    if (input.intent === 'withdraw') {
      await withdrawEvidence(member, evidenceId, input.reason)
      return { outcome: 'withdrawn' as const }
    }
    const { controlIds, questionRefs } = input
    await linkEvidence(member, evidenceId, { controlIds, questionRefs })
    return { outcome: 'linked' as const }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? [page.title, page.client.legalName] : ['Evidence'])) },
]

export default function EvidencePage() {
  const page = useLoaderData<typeof loader>()
  const { client, revision, scan, standing, withdrawn } = page
  return (
    <>
      <PageHeader
        title={page.title}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Evidence', href: `/clients/${client.id}/evidence` },
        ]}
        meta={
          <>
            {withdrawn ? (
              <StatusBadge word="Withdrawn" shape="stamp" />
            ) : (
              <FreshnessBadge state={standing.state} shape="stamp" />
            )}
            <span>{page.kind.label}</span>
          </>
        }
        actions={
          <>
            <DownloadLink href={`/revisions/${revision.id}/file`}>
              Download (hash is checked again)
            </DownloadLink>
            {withdrawn ? null : <WithdrawDialog title={page.title} isScan={scan !== null} />}
          </>
        }
      />
      {withdrawn ? (
        <Notice kind="info" title="Withdrawn">
          <p>
            <Time at={withdrawn.at} show="moment" />: {withdrawn.reason}
          </p>
          <p>It no longer counts. The file and the ledger’s entries about it are kept.</p>
        </Notice>
      ) : standing.why ? (
        <Notice kind={standing.state === 'expiring' ? 'info' : 'warning'}>{standing.why}</Notice>
      ) : null}
      <div className="mt-6 grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <section aria-labelledby="dates-title">
          <h2 id="dates-title" className="mb-3 font-semibold text-section">
            Dates
          </h2>
          <DefinitionList
            items={[
              {
                term: 'Observed: when it was true',
                value: <Time at={revision.observedAt} />,
              },
              { term: 'Received: when we got it', value: <Time at={revision.receivedAt} show="moment" /> },
              {
                term: 'Valid until: its own end date',
                value: revision.validUntil ? <Time at={revision.validUntil} /> : 'It states none',
              },
              { term: 'Collected by', value: <span className="break-words">{revision.collector}</span> },
            ]}
          />
        </section>
        <section aria-labelledby="file-title">
          <h2 id="file-title" className="mb-3 font-semibold text-section">
            File
          </h2>
          <DefinitionList
            items={[
              { term: 'Name', value: <span className="break-all">{revision.fileName}</span> },
              { term: 'SHA-256', value: <CopyableHash value={revision.sha256} whole /> },
              { term: 'Size', value: <FileSize sizeBytes={revision.sizeBytes} /> },
              { term: 'Content, as recognised', value: revision.mediaType },
              ...(scan
                ? [
                    {
                      term: 'Scan',
                      value: (
                        <span className="flex flex-wrap items-baseline gap-x-3">
                          <ImportStateBadge state={scan.state} />
                          <TextLink to={`/scans/${scan.id}`}>Open the scan</TextLink>
                        </span>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </section>
      </div>
      <PageSection title="Links" lead={page.kind.weakBecause ?? undefined}>
        {withdrawn ? (
          <p className="text-ink-soft">
            {page.controlLabels.length > 0
              ? `Was linked to ${page.controlLabels.join(', ')}.`
              : 'Was linked to nothing.'}
          </p>
        ) : (
          <LinksForm
            key={page.id}
            controlGroups={page.controlGroups}
            controlIds={page.controlIds}
            questions={page.questions}
          />
        )}
      </PageSection>
    </>
  )
}
