/** The accessible twin of a report: what its PDF shows, as a page that a screen reader can walk through. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatementReattestation } from '#app/components/reattestation/statement-reattestation.tsx'
import { InReportLanguage, Said } from '#app/components/report/report-language.tsx'
import { StatementAnswers, StatementControls } from '#app/components/report/statement-answers.tsx'
import {
  StatementCoverage,
  StatementFindings,
  StatementGlance,
  StatementWho,
} from '#app/components/report/statement-overview.tsx'
import { StatementReviews } from '#app/components/report/statement-reviews.tsx'
import { StatementSources } from '#app/components/report/statement-sources.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { wordsIn } from '#app/report/language/words.ts'
import { readingOf } from '#app/report/pdf/account.ts'
import { getReport } from '#app/services/reports.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { report, statement } = await answering(() => getReport(member, idParam(params.reportId)))
  return { reportId: report.id, statement, statementSha256: report.statementSha256 }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  {
    title: pageTitle(
      page
        ? `${wordsIn(page.statement.language).say('reading.title')}, ${page.statement.client.legalName}`
        : wordsIn().say('reading.title'),
    ),
  },
]

export default function ReportReadPage() {
  const { reportId, statement, statementSha256 } = useLoaderData<typeof loader>()
  const reading = readingOf(statement)
  const { say, date, time } = reading.words
  const { application, client, edition, preparedBy, createdAt } = statement
  return (
    <>
      <InReportLanguage reading={reading}>
        <PageHeader
          title={say('reading.title')}
          breadcrumb={[
            { label: client.legalName, href: `/clients/${client.id}` },
            { label: say('reading.report'), href: `/reports/${reportId}` },
          ]}
          lead={say('reading.lead')}
        />
        <DefinitionList
          items={[
            { term: say('reading.applicant'), value: <Said>{client.legalName}</Said> },
            {
              term: say('cover.form'),
              value: (
                <Said>
                  {say('cover.form-value', {
                    form: edition.formTitle,
                    edition: edition.edition,
                    issuer: edition.issuer,
                  })}
                </Said>
              ),
            },
            { term: say('cover.prepared-by'), value: <Said>{preparedBy.name}</Said> },
            ...(application.coversFrom
              ? [{ term: say('cover.covers-from'), value: date(application.coversFrom) }]
              : []),
            { term: say('reading.frozen'), value: time(createdAt) },
            {
              term: say('reading.statement-hash'),
              value: <code className="break-all font-mono text-micro">{statementSha256}</code>,
            },
          ]}
        />
      </InReportLanguage>
      {statement.reattestation ? <StatementReattestation reading={reading} /> : null}
      <StatementGlance reading={reading} />
      <StatementControls reading={reading} />
      <StatementFindings reading={reading} />
      <StatementCoverage reading={reading} />
      <StatementReviews reading={reading} />
      <StatementAnswers reading={reading} />
      <StatementWho reading={reading} />
      <StatementSources reading={reading} />
    </>
  )
}
