/** The accessible twin of a report: what its PDF shows, as a page that a screen reader can walk through. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Said, StatementAnswers, StatementControls } from '#app/components/report/statement-answers.tsx'
import {
  StatementCoverage,
  StatementFindings,
  StatementGlance,
  StatementWho,
} from '#app/components/report/statement-overview.tsx'
import { StatementSources } from '#app/components/report/statement-sources.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { readingOf } from '#app/report/pdf/account.ts'
import { wordDate, wordTime } from '#app/report/pdf/wording.ts'
import { getReport } from '#app/services/reports.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { report, statement } = await answering(() => getReport(member, idParam(params.reportId)))
  return { reportId: report.id, statement, statementSha256: report.statementSha256 }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Report in full, ${page.statement.client.legalName}` : 'Report in full') },
]

export default function ReportReadPage() {
  const { reportId, statement, statementSha256 } = useLoaderData<typeof loader>()
  const reading = readingOf(statement)
  const { application, client, edition, preparedBy, createdAt } = statement
  return (
    <>
      <PageHeader
        title="Report in full"
        breadcrumb={[
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Readiness report', href: `/reports/${reportId}` },
        ]}
        lead="Everything that the signed statement says, for reading on screen and for screen readers. The PDF is what was signed."
      />
      <DefinitionList
        items={[
          { term: 'Applicant', value: <Said>{client.legalName}</Said> },
          { term: 'Form', value: `${edition.formTitle}, edition ${edition.edition}, ${edition.issuer}` },
          { term: 'Prepared by', value: <Said>{preparedBy.name}</Said> },
          ...(application.coversFrom
            ? [{ term: 'For cover that begins on', value: wordDate(application.coversFrom) }]
            : []),
          { term: 'Answers frozen', value: wordTime(createdAt) },
          {
            term: 'Statement, SHA-256',
            value: <code className="break-all font-mono text-micro">{statementSha256}</code>,
          },
        ]}
      />
      <StatementGlance reading={reading} />
      <StatementControls reading={reading} />
      <StatementFindings reading={reading} />
      <StatementCoverage reading={reading} />
      <StatementAnswers reading={reading} />
      <StatementWho reading={reading} />
      <StatementSources reading={reading} />
    </>
  )
}
