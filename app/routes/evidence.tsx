import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useRevalidator } from '@remix-run/react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { CopyDialog } from '#app/components/evidence/copy-dialog.tsx'
import { controlGroupsOf } from '#app/components/evidence/evidence-options.ts'
import { FreshnessBadge, StandingChange } from '#app/components/evidence/freshness-badge.tsx'
import { ItemFacts } from '#app/components/evidence/item-facts.tsx'
import { LinksForm } from '#app/components/evidence/links-form.tsx'
import { Provenance } from '#app/components/evidence/provenance.tsx'
import { RequestForm } from '#app/components/evidence/request-section.tsx'
import { ReviseForm } from '#app/components/evidence/revise-form.tsx'
import { RevisionHistory } from '#app/components/evidence/revision-history.tsx'
import { WithdrawDialog } from '#app/components/evidence/withdraw-dialog.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RequestTable } from '#app/components/request/request-table.tsx'
import { ImportStateBadge } from '#app/components/scan/import-state-badge.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { redactionKindOf } from '#app/documents/preview-kind.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { isExplainable } from '#app/services/column-mappings.server.ts'
import { changeEvidence, EvidenceChange } from '#app/services/evidence-changes.server.ts'
import { shownStanding } from '#app/services/evidence-list.ts'
import { getEvidenceDetail } from '#app/services/evidence-pages.server.ts'
import { suggestMessage } from '#app/services/request-text.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'

const DUE_IN_DAYS = 14

/** Asked before the file is looked into. */
const mayBeTable = (mediaType: string, fileName: string) =>
  /\b(csv|spreadsheet)/.test(mediaType) || /\.(csv|tsv|xlsx)$/i.test(fileName)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const detail = await answering(() => getEvidenceDetail(member, idParam(params.evidenceId)))
  const { evidence, revision, client, scan, standing } = detail
  const controlGroups = controlGroupsOf(loadCatalogue())
  return {
    id: evidence.id,
    title: evidence.title,
    kind: detail.kind,
    client: { id: client.id, legalName: client.legalName, isArchived: client.archivedAt !== null },
    otherClients: detail.otherClients,
    // A copy of another client's table was read there; what it says is about that client.
    canExplain:
      scan === null &&
      evidence.withdrawnAt === null &&
      evidence.copiedFrom === null &&
      mayBeTable(revision.mediaType, revision.fileName) &&
      (await answering(() => isExplainable(member.organisationId, revision.sha256))),
    withdrawn: evidence.withdrawnAt ? { at: evidence.withdrawnAt, reason: evidence.withdrawnReason } : null,
    standing: {
      state: standing.state,
      why: standing.why,
      shown: shownStanding(standing),
      changesAt: standing.changesAt,
      becomes: standing.becomes,
    },
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
    revisions: detail.revisions.map(
      ({ organisationId: _org, evidenceId: _item, receivedBy: _by, copiedFrom: _copy, ...row }) => ({
        ...row,
        canRedact: row.redactedFrom === null && redactionKindOf(row) !== 'none',
      }),
    ),
    scan: scan ? { id: scan.id, state: scan.state, tool: scan.tool } : null,
    controlGroups,
    controlIds: evidence.controlIds,
    controlLabels: controlGroups
      .flatMap(({ controls }) => controls)
      .filter(({ id }) => evidence.controlIds.includes(id))
      .map(({ label }) => label),
    questions: detail.questions,
    provenance: detail.provenance,
    requests: detail.requests.map(
      ({ id, title, recipientName, recipientEmail, dueOn, state, isOverdue }) => ({
        id,
        clientId: client.id,
        clientName: client.legalName,
        title,
        recipientName,
        recipientEmail,
        dueOn,
        state,
        isOverdue,
      }),
    ),
    suggestion: suggestMessage({
      clientName: client.legalName,
      title: evidence.title,
      kindLabel: detail.kind.label,
      observedOn: revision.observedAt.toISOString().slice(0, 10),
    }),
    today: detail.today,
    dueOn: new Date(Date.parse(detail.today) + DUE_IN_DAYS * 86_400_000).toISOString().slice(0, 10),
    maxUploadBytes: detail.maxUploadBytes,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const evidenceId = idParam(params.evidenceId)
  const parsed = parseWith(EvidenceChange, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(() => changeEvidence(member, evidenceId, parsed.input, publicOrigin(request)))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? [page.title, page.client.legalName] : ['Evidence'])) },
]

export default function EvidencePage() {
  const page = useLoaderData<typeof loader>()
  const { revision, withdrawn, standing, client, scan } = page
  const change = (
    <StandingChange
      standing={standing.shown}
      changesAt={standing.changesAt}
      becomes={standing.becomes}
      validUntil={revision.validUntil}
    />
  )
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
              <FreshnessBadge state={standing.shown} shape="stamp" />
            )}
            <span>{page.kind.label}</span>
          </>
        }
        actions={
          <>
            <DownloadLink href={`/revisions/${revision.id}/file`}>
              Download (hash is checked again)
            </DownloadLink>
            <ButtonLink to={`/revisions/${revision.id}`}>Preview</ButtonLink>
            {withdrawn || scan || page.otherClients.length === 0 ? null : (
              <CopyDialog title={page.title} clientName={client.legalName} clients={page.otherClients} />
            )}
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
      {page.canExplain ? (
        <Notice
          kind="info"
          title="This looks like a table"
          action={
            <ButtonLink size="small" to={`/evidence/${page.id}/columns`}>
              Explain its columns
            </ButtonLink>
          }
        >
          No importer knows its format. Once you say what its columns mean, Attested reads it as a scan or a
          list.
        </Notice>
      ) : null}
      <Provenance {...page.provenance} />
      <ItemFacts
        revision={revision}
        change={withdrawn || (!standing.changesAt && standing.shown !== 'expired') ? null : change}
        scan={
          scan ? (
            <span className="flex flex-wrap items-baseline gap-x-3">
              <ImportStateBadge state={scan.state} />
              <TextLink to={`/scans/${scan.id}`}>Open the scan</TextLink>
            </span>
          ) : null
        }
      />
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
      <Versions />
    </>
  )
}

/** What has come, what shall come, and who was asked for it. */
function Versions() {
  const page = useLoaderData<typeof loader>()
  const revalidator = useRevalidator()
  const isOpen = page.withdrawn === null && !page.client.isArchived
  return (
    <>
      <PageSection title={`Versions (${page.revisions.length})`}>
        <RevisionHistory revisions={page.revisions} currentId={page.revision.id} isOpen={isOpen} />
      </PageSection>
      {isOpen ? (
        <PageSection
          title="Upload a newer version"
          lead="It counts from then on, with the same kind and links. This version stays readable, and open requests are fulfilled."
        >
          <ReviseForm
            evidenceId={page.id}
            countsUntilEnd={page.kind.countsUntilEnd}
            today={page.today}
            maxUploadBytes={page.maxUploadBytes}
            onChanged={() => revalidator.revalidate()}
          />
        </PageSection>
      ) : null}
      {isOpen || page.requests.length > 0 ? (
        <div id="requests">
          <PageSection
            title="Ask for a newer version"
            lead="They get a link to this one request and need no account. What they send waits for you to look at."
          >
            {page.requests.length > 0 ? (
              <div className="mb-6">
                <RequestTable requests={page.requests} />
              </div>
            ) : null}
            {isOpen ? <RequestForm suggestion={page.suggestion} dueOn={page.dueOn} /> : null}
          </PageSection>
        </div>
      ) : null}
    </>
  )
}
