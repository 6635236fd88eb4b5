/** The parts of a statement that stand before and behind its answers. */
import type { Reading } from '#app/report/pdf/account.ts'
import { gapsOf, leadOfCoverage } from '#app/report/pdf/coverage-words.ts'
import { sentencesOfFindings } from '#app/report/pdf/finding-sentences.ts'
import { headlinesOf } from '#app/report/pdf/headlines.ts'
import { sayWhoJudged } from '#app/report/pdf/independence-words.ts'
import { listUnexamined } from '#app/report/pdf/unexamined.ts'
import { CONTROL_WORDS, type ControlStatus, SEVERITY_WORDS, wordDate } from '#app/report/pdf/wording.ts'
import { DataTable } from '../data-table.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { PageSection } from '../page-header.tsx'
import { Said } from './statement-answers.tsx'

const Sentences = ({ sentences }: { sentences: readonly string[] }) => (
  <ul className="max-w-measure list-disc ps-5">
    {sentences.map((sentence) => (
      <li key={sentence} className="mb-1">
        {sentence}
      </li>
    ))}
  </ul>
)

export function StatementGlance({ reading }: { reading: Reading }) {
  const { controlCounts, statement } = reading
  const statuses = Object.keys(CONTROL_WORDS) as ControlStatus[]
  return (
    <PageSection title="Outcome at a glance">
      <Sentences sentences={headlinesOf(reading)} />
      <div className="mt-4 max-w-measure">
        <DefinitionList
          items={statuses.map((status) => ({
            term: `Controls: ${CONTROL_WORDS[status].word.toLowerCase()}`,
            value: `${controlCounts[status]} of ${statement.controls.length}`,
          }))}
        />
      </div>
      <h3 className="mt-6 mb-2 font-semibold">What was not examined</h3>
      <Sentences sentences={listUnexamined(reading)} />
      {statement.exceptions.length > 0 ? <h3 className="mt-6 mb-2 font-semibold">Exceptions</h3> : null}
      {statement.exceptions.map((exception) => (
        <div key={exception.id} className="mb-4 max-w-measure">
          <DefinitionList
            items={[
              {
                term: 'Question',
                value: reading.answerById.get(exception.questionId)?.prompt ?? exception.questionId,
              },
              { term: 'Why the answer stands', value: <Said>{exception.reason}</Said> },
              { term: 'What reduces the risk', value: <Said>{exception.compensatingControl}</Said> },
              ...(exception.scope
                ? [{ term: 'What is excepted', value: <Said>{exception.scope}</Said> }]
                : []),
              { term: 'Owner', value: <Said>{exception.owner}</Said> },
              { term: 'Approved by', value: <Said>{exception.approvedBy}</Said> },
              { term: 'Holds until', value: wordDate(exception.expiresOn) },
            ]}
          />
        </div>
      ))}
    </PageSection>
  )
}

export function StatementFindings({ reading: { statement } }: { reading: Reading }) {
  const { findings } = statement
  return findings ? (
    <PageSection title="Open findings by severity and age">
      <DataTable
        caption={`Open on ${wordDate(findings.countedOn)}, by days since a scan first saw them`}
        showCaption
        rows={findings.open}
        rowKey={({ severity }) => severity}
        empty={<p>No finding is open.</p>}
        columns={[
          {
            id: 'severity',
            header: 'Severity',
            isRowHeader: true,
            cell: ({ severity }) => SEVERITY_WORDS[severity],
          },
          { id: 'month', header: 'Up to 30 days', align: 'end', cell: ({ upTo30Days }) => upTo30Days },
          { id: 'quarter', header: '31 to 90 days', align: 'end', cell: ({ upTo90Days }) => upTo90Days },
          { id: 'half', header: '91 to 180 days', align: 'end', cell: ({ upTo180Days }) => upTo180Days },
          { id: 'older', header: 'Longer', align: 'end', cell: ({ older }) => older },
        ]}
      />
      <div className="mt-4">
        <Sentences sentences={sentencesOfFindings(findings)} />
      </div>
    </PageSection>
  ) : null
}

export function StatementCoverage({ reading: { statement } }: { reading: Reading }) {
  const { coverage, controls } = statement
  if (!coverage) return null
  const labels = new Map(controls.map(({ id, label }) => [id, label]))
  return (
    <PageSection title="Coverage over time" lead={leadOfCoverage(coverage)}>
      <DataTable
        caption="Days without proof, by control"
        rows={coverage.controls.filter(({ controlId }) => labels.has(controlId))}
        rowKey={({ controlId }) => controlId}
        empty={null}
        columns={[
          {
            id: 'control',
            header: 'Control',
            isRowHeader: true,
            cell: ({ controlId }) => labels.get(controlId),
          },
          { id: 'gaps', header: 'Days', cell: ({ segments }) => gapsOf(segments) },
        ]}
      />
    </PageSection>
  )
}

export function StatementWho({ reading: { statement } }: { reading: Reading }) {
  const { collected, judged, reviewed, caution } = sayWhoJudged(statement)
  return (
    <PageSection title="Who collected, who judged, who reviewed">
      <div className="flex max-w-measure flex-col gap-2">
        <p>{collected}</p>
        <p>{judged}</p>
        <p className="font-medium">{reviewed}</p>
        <p>{caution}</p>
        {statement.signers.map(({ role, name, title, organisation, declaration }) => (
          <blockquote key={role} className="border-hairline border-s-2 ps-3">
            <p className="font-medium">
              <Said>{name}</Said>, <Said>{title}</Said>, <Said>{organisation}</Said>
            </p>
            <p>
              <Said>{declaration}</Said>
            </p>
          </blockquote>
        ))}
      </div>
    </PageSection>
  )
}
