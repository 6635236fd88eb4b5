import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useRevalidator } from '@remix-run/react'
import { ShieldCheck } from 'lucide-react'
import { CopyableHash } from '#app/components/copyable-hash.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ProgressBar } from '#app/components/progress-bar.tsx'
import { ChainOfReports } from '#app/components/reattestation/chain-of-reports.tsx'
import { EndForms } from '#app/components/report/end-forms.tsx'
import { EndNotice } from '#app/components/report/end-notice.tsx'
import { ReportStateBadge } from '#app/components/report/report-state-badge.tsx'
import { SignerLinks, SigningLine } from '#app/components/report/signer-links.tsx'
import { ArchiveLine } from '#app/components/report/timestamp-line.tsx'
import { TwinList } from '#app/components/report/twin-list.tsx'
import { SharedWith } from '#app/components/share/shared-with.tsx'
import { Time } from '#app/components/time.tsx'
import { useProgress } from '#app/components/use-progress.ts'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { answerShareIntent, isShareIntent } from '#app/http/share-actions.server.ts'
import { nameOfSlot } from '#app/report/signing-order.ts'
import {
  listSigning,
  OFFICER,
  revokeAttestationLink,
  sendAttestationLink,
} from '#app/services/attestation-links.server.ts'
import { mailsLeave } from '#app/services/mail-outbox.server.ts'
import { SupersedeInput, WithdrawReportInput } from '#app/services/report-input.ts'
import { listShareDays, listShares } from '#app/services/report-share-log.server.ts'
import { listSuccession, supersedeReport } from '#app/services/report-superseding.server.ts'
import { getReport, withdrawReport } from '#app/services/reports.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const reportId = idParam(params.reportId)
  const { report, statement, twins } = await answering(() => getReport(member, reportId))
  return {
    succession: await answering(() => listSuccession(member, reportId)),
    report: {
      id: report.id,
      kind: report.kind,
      state: report.state,
      failure: report.failure,
      endedAt: report.endedAt,
      withdrawnReason: report.withdrawnReason,
      supersededBy: report.supersededBy,
      supersededReason: report.supersededReason,
      createdAt: report.createdAt,
      attestedAt: report.attestedAt,
      pdfSha256: report.pdfSha256,
      archiveTimestamp: report.archiveTimestamp,
      statementSha256: report.statementSha256,
    },
    twins,
    client: { id: statement.client.id, legalName: statement.client.legalName },
    applicationId: statement.application.id,
    form: { title: statement.edition.formTitle, edition: statement.edition.edition },
    chain: statement.reattestation
      ? { period: statement.reattestation.period, reports: statement.reattestation.chain }
      : null,
    signing: await listSigning(member, reportId),
    mailsLeave: mailsLeave(member),
    shares: await listShares(member, reportId),
    shareDays: listShareDays(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const reportId = idParam(params.reportId)
  const values = formValues(await readForm(request))
  if (values.intent === 'send-link' || values.intent === 'revoke-link') {
    return acting(async () => {
      const slot = typeof values.slot === 'string' ? values.slot : OFFICER
      if (values.intent === 'send-link')
        await sendAttestationLink(member, reportId, publicOrigin(request), slot)
      else await revokeAttestationLink(member, reportId, slot)
      return { outcome: 'done' as const }
    })
  }
  const { intent } = values
  if (isShareIntent(intent))
    return answerShareIntent(member, reportId, { intent, values, origin: publicOrigin(request) })
  const parsed = parseWith(values.intent === 'supersede' ? SupersedeInput : WithdrawReportInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    const { input } = parsed
    if ('supersededBy' in input) await supersedeReport(member, reportId, input)
    else await withdrawReport(member, reportId, input.reason, input.revoke)
    return { outcome: 'done' as const }
  })
}

const titleOf = ({ chain }: { chain: { period: { number: number } } | null }) =>
  chain ? `Re-attestation ${chain.period.number}` : 'Readiness report'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `${titleOf(page)}, ${page.client.legalName}` : 'Readiness report') },
]

export default function ReportPage() {
  const page = useLoaderData<typeof loader>()
  const { report, signing } = page
  const waiting = signing.filter(({ state }) => state !== 'signed')
  const reply = useActionData<typeof action>()
  // Signers work elsewhere: the page follows.
  useRefreshing(
    (report.state === 'awaiting-attestation' || report.state === 'answering') &&
      waiting.some(({ state, link }) => state === 'signing' || link?.state === 'open'),
  )
  const revalidator = useRevalidator()
  const progress = useProgress(
    `/reports/${report.id}/progress`,
    { state: report.state, failure: report.failure },
    ({ state }) => state !== 'rendering' && state !== 'attesting',
    () => revalidator.revalidate(),
  )
  return (
    <>
      <PageHeader
        title={titleOf(page)}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: page.client.legalName, href: `/clients/${page.client.id}` },
          { label: page.form.title, href: `/applications/${page.applicationId}` },
        ]}
        meta={
          <>
            <ReportStateBadge state={report.state} shape="stamp" />
            <span>
              Prepared <Time at={report.createdAt} show="moment" />
            </span>
          </>
        }
        actions={
          report.pdfSha256 ? (
            <DownloadLink href={`/reports/${report.id}/file`}>
              {report.attestedAt ? 'Download the signed report' : 'Download as signed so far'}
            </DownloadLink>
          ) : null
        }
      />
      {progress.state === 'rendering' || progress.state === 'attesting' ? (
        <div className="max-w-measure" aria-live="polite">
          <ProgressBar
            label={
              progress.state === 'rendering'
                ? 'Rendering and certifying the report'
                : 'Adding the officer’s signature'
            }
            share={null}
            detail="This takes a few seconds. You can leave this page; the work goes on."
          />
        </div>
      ) : null}
      {report.state === 'failed' ? (
        <Notice kind="danger" title="The report could not be made">
          {report.failure} The {page.chain ? 're-attestation' : 'application'} is a draft again.
        </Notice>
      ) : null}
      <EndNotice report={report} applicationId={page.applicationId} />
      {report.state === 'awaiting-attestation' && report.failure ? (
        <Notice kind="danger" title="The last attempt to sign failed">
          {report.failure}
        </Notice>
      ) : null}
      <p>
        <Link className="text-link" to={`/reports/${report.id}/read`}>
          Read the whole report on a page
        </Link>
      </p>
      <PageSection title="Signatures">
        <DefinitionList
          items={signing.map((slot) => ({
            term: nameOfSlot(slot),
            value: (
              <>
                {slot.signer.name}, {slot.signer.title}, {slot.signer.organisation}
                <span className="block text-caption text-ink-soft">
                  <SigningLine signing={slot} />
                </span>
              </>
            ),
          }))}
        />
      </PageSection>
      {page.chain ? <ChainOfReports chain={page.chain} /> : null}
      {report.state === 'awaiting-attestation' || report.state === 'answering' ? (
        <SignerLinks
          // Before the officer has answered there is nothing to sign, and nobody else is asked.
          waiting={
            report.state === 'answering'
              ? waiting.filter(({ signer }) => signer.role === 'insured-officer')
              : waiting
          }
          mailsLeave={page.mailsLeave}
          refusal={reply && 'refusal' in reply ? reply.refusal.message : undefined}
        />
      ) : null}
      {report.pdfSha256 ? (
        <PageSection title="Verify it without us" lead="Whoever receives the report can check it offline.">
          <DefinitionList
            items={[
              { term: 'File, SHA-256', value: <CopyableHash value={report.pdfSha256} whole /> },
              { term: 'Statement, SHA-256', value: <CopyableHash value={report.statementSha256} whole /> },
              ...(report.archiveTimestamp
                ? [{ term: 'For later years', value: <ArchiveLine timestamp={report.archiveTimestamp} /> }]
                : []),
              {
                term: 'In the browser',
                value: (
                  <>
                    <TextLink to="/verify">Verify a report</TextLink>, without an account; the file stays on
                    that computer. The page can also tell whether the report is still in force.
                  </>
                ),
              },
              {
                term: 'With our verifier',
                value: (
                  <code className="break-words font-mono text-micro">
                    npm run -s attested -- verify report.pdf
                  </code>
                ),
              },
              {
                term: 'With Poppler',
                value: <code className="font-mono text-micro">pdfsig report.pdf</code>,
              },
              {
                term: 'Signing authority',
                value: (
                  <a
                    className="text-link inline-flex items-center gap-1.5"
                    href={`/reports/${report.id}/authority`}
                    download
                  >
                    <ShieldCheck aria-hidden size={15} />
                    Download the certificate to pin
                  </a>
                ),
              },
            ]}
          />
        </PageSection>
      ) : null}
      {page.twins.length > 0 ? (
        <PageSection
          title="For other programs"
          lead="The same report for machines. The verifier accepts a twin only when it says exactly what the report says."
        >
          <TwinList kinds={page.twins} base={`/reports/${report.id}/twins`} />
        </PageSection>
      ) : null}
      <SharedWith report={report} shares={page.shares} days={page.shareDays} mailsLeave={page.mailsLeave} />
      <EndForms
        report={report}
        // What another issuer certified, only that issuer revokes.
        signed={signing.filter(({ state, signer }) => state === 'signed' && !signer.certificates)}
        succession={page.succession}
      />
    </>
  )
}
