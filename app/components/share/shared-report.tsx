/** A shared report in full, for its one recipient: what the signed statement says, whether it counts, and its files. */
import type { Words } from '#app/report/language/words.ts'
import { readingOf } from '#app/report/pdf/account.ts'
import type { SharedReport } from '#app/services/report-share-visit.server.ts'
import { SkipLink } from '../app-shell.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { DownloadLink } from '../download-link.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { PageHeader, PageSection } from '../page-header.tsx'
import { InReportLanguage, Said } from '../report/report-language.tsx'
import { StatementAnswers, StatementControls } from '../report/statement-answers.tsx'
import {
  StatementCoverage,
  StatementFindings,
  StatementGlance,
  StatementWho,
} from '../report/statement-overview.tsx'
import { StatementReviews } from '../report/statement-reviews.tsx'
import { StatementSources } from '../report/statement-sources.tsx'
import { TwinList } from '../report/twin-list.tsx'
import { SiteHeader } from '../site-header.tsx'
import { isolate, Watermark } from './watermark.tsx'

/** @param base the address of the signed file; its twins lie below */
export function SharedReportPage({ report, base }: { report: SharedReport; base: string }) {
  const { statement, recipient, readOn, end } = report
  const reading = readingOf(statement)
  const { say, date, time } = reading.words
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
        <InReportLanguage reading={reading}>
          <PageHeader
            title={say('reading.report')}
            lead={say('shared.lead', {
              name: isolate(recipient.name),
              organisation: isolate(recipient.organisation),
              email: isolate(recipient.email),
              day: date(readOn),
              lastDay: date(report.lastDay),
            })}
          />
          <SharedEnd end={end} words={reading.words} />
          <div className="mt-6">
            <DefinitionList
              items={[
                { term: say('reading.applicant'), value: <Said>{client.legalName}</Said> },
                {
                  term: say('cover.form'),
                  value: say('cover.form-value', {
                    form: edition.formTitle,
                    edition: edition.edition,
                    issuer: edition.issuer,
                  }),
                },
                { term: say('cover.prepared-by'), value: <Said>{preparedBy.name}</Said> },
                ...(application.coversFrom
                  ? [{ term: say('cover.covers-from'), value: date(application.coversFrom) }]
                  : []),
                { term: say('reading.frozen'), value: time(createdAt) },
                ...(end.attestedAt
                  ? [{ term: say('shared.signed'), value: time(new Date(end.attestedAt).toISOString()) }]
                  : []),
              ]}
            />
          </div>
          <SharedFiles report={report} base={base} words={reading.words} />
        </InReportLanguage>
        <StatementGlance reading={reading} />
        <StatementControls reading={reading} />
        <StatementFindings reading={reading} />
        <StatementCoverage reading={reading} />
        <StatementReviews reading={reading} />
        <StatementAnswers reading={reading} />
        <StatementWho reading={reading} />
        <StatementSources reading={reading} />
      </main>
      <Watermark name={recipient.name} email={recipient.email} day={date(readOn)} />
    </div>
  )
}

/** That the report counts no more, since when and why. */
function SharedEnd({ end, words: { say, time } }: { end: SharedReport['end']; words: Words }) {
  const { state, attestedAt, endedAt } = end
  if (state === 'signed') return null
  const moment = (at: Date) => time(new Date(at).toISOString())
  return (
    <Notice kind={state === 'superseded' ? 'warning' : 'danger'} title={say(`shared.${state}`)}>
      <p className="whitespace-pre-line">
        <Said>{(state === 'superseded' ? end.supersededReason : end.withdrawnReason) ?? ''}</Said>
      </p>
      {attestedAt && endedAt ? (
        <p className="mt-1">{say('shared.in-force', { from: moment(attestedAt), until: moment(endedAt) })}</p>
      ) : null}
    </Notice>
  )
}

interface SharedFilesProps {
  report: SharedReport
  base: string
  words: Words
}

function SharedFiles({ report, base, words: { say, language } }: SharedFilesProps) {
  if (!report.mayDownload || !report.pdfSha256) {
    return (
      <PageSection title={say('shared.file')}>
        <p className="max-w-measure">{say('shared.for-reading')}</p>
        {report.pdfSha256 ? <CopyableHash value={report.pdfSha256} whole /> : null}
      </PageSection>
    )
  }
  return (
    <PageSection
      title={say('shared.file')}
      actions={<DownloadLink href={base}>{say('shared.download')}</DownloadLink>}
    >
      <p className="max-w-measure">
        {say('shared.download-about')} <TextLink to="/verify">{say('shared.verify')}</TextLink>
      </p>
      <div className="mt-4">
        <DefinitionList
          items={[{ term: say('shared.file-hash'), value: <CopyableHash value={report.pdfSha256} whole /> }]}
        />
      </div>
      {report.twins.length > 0 ? (
        <>
          <h3 className="mt-6 mb-2 font-semibold">{say('shared.twins')}</h3>
          <TwinList kinds={report.twins} base={base} language={language} />
        </>
      ) : null}
    </PageSection>
  )
}
