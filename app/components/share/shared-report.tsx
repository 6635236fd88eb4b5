/** A shared report in full, for its one recipient: what the signed statement says, whether it counts, and its files. */
import { readingOf } from '#app/report/pdf/account.ts'
import type { SharedReport } from '#app/services/report-share-visit.server.ts'
import { SkipLink } from '../app-shell.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { formatDay } from '../dates.ts'
import { DefinitionList } from '../definition-list.tsx'
import { DownloadLink } from '../download-link.tsx'
import { TextLink } from '../link.tsx'
import { PageHeader, PageSection } from '../page-header.tsx'
import { EndNotice } from '../report/end-notice.tsx'
import { Said } from '../report/report-language.tsx'
import { StatementAnswers, StatementControls } from '../report/statement-answers.tsx'
import {
  StatementCoverage,
  StatementFindings,
  StatementGlance,
  StatementWho,
} from '../report/statement-overview.tsx'
import { StatementSources } from '../report/statement-sources.tsx'
import { TwinList } from '../report/twin-list.tsx'
import { SiteHeader } from '../site-header.tsx'
import { Time } from '../time.tsx'
import { Watermark } from './watermark.tsx'

/** @param base the address of the signed file; its twins lie below */
export function SharedReportPage({ report, base }: { report: SharedReport; base: string }) {
  const { statement, recipient, readOn, end } = report
  const reading = readingOf(statement)
  const { application, client, edition, preparedBy, createdAt } = statement
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-5xl grow px-4 pt-4 pb-20 sm:px-8 sm:pt-10"
      >
        <PageHeader
          title="Readiness report"
          lead={
            <>
              Shown to <Said>{recipient.name}</Said>, <Said>{recipient.organisation}</Said> (
              <Said>{recipient.email}</Said>), on <Time at={readOn} />. It is meant for this reader alone;
              each access is recorded. The link works until <Time at={report.lastDay} />.
            </>
          }
        />
        <EndNotice report={end} applicationId={null} />
        <div className="mt-6">
          <DefinitionList
            items={[
              { term: 'Applicant', value: <Said>{client.legalName}</Said> },
              { term: 'Form', value: `${edition.formTitle}, edition ${edition.edition}, ${edition.issuer}` },
              { term: 'Prepared by', value: <Said>{preparedBy.name}</Said> },
              ...(application.coversFrom
                ? [{ term: 'For cover that begins on', value: reading.words.date(application.coversFrom) }]
                : []),
              { term: 'Answers frozen', value: reading.words.time(createdAt) },
              ...(end.attestedAt
                ? [
                    {
                      term: 'Signed by both sides',
                      value: <Time at={end.attestedAt} show="moment" />,
                    },
                  ]
                : []),
            ]}
          />
        </div>
        <SharedFiles report={report} base={base} />
        <StatementGlance reading={reading} />
        <StatementControls reading={reading} />
        <StatementFindings reading={reading} />
        <StatementCoverage reading={reading} />
        <StatementAnswers reading={reading} />
        <StatementWho reading={reading} />
        <StatementSources reading={reading} />
      </main>
      <Watermark name={recipient.name} email={recipient.email} day={formatDay(new Date(readOn))} />
    </div>
  )
}

function SharedFiles({ report, base }: { report: SharedReport; base: string }) {
  if (!report.mayDownload || !report.pdfSha256) {
    return (
      <PageSection title="The signed file">
        <p className="max-w-measure">
          This report was shared for reading. What was signed is a PDF with this fingerprint (SHA-256);
          whoever is given one can compare it:
        </p>
        {report.pdfSha256 ? <CopyableHash value={report.pdfSha256} whole /> : null}
      </PageSection>
    )
  }
  return (
    <PageSection
      title="The signed file"
      actions={<DownloadLink href={base}>Download the signed report</DownloadLink>}
    >
      <p className="max-w-measure">
        The download is the very file that both sides signed. Your name does not stand across it, because any
        mark would break the signatures; each download is recorded instead. You can{' '}
        <TextLink to="/verify">verify it</TextLink> without an account; the file then stays on your computer.
      </p>
      <div className="mt-4">
        <DefinitionList
          items={[{ term: 'File, SHA-256', value: <CopyableHash value={report.pdfSha256} whole /> }]}
        />
      </div>
      {report.twins.length > 0 ? (
        <>
          <h3 className="mt-6 mb-2 font-semibold">For other programs</h3>
          <TwinList kinds={report.twins} base={base} />
        </>
      ) : null}
    </PageSection>
  )
}
