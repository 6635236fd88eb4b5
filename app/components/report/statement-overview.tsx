/** The parts of a statement that stand before and behind its answers. */
import type { Reading } from '#app/report/pdf/account.ts'
import { gapsOf, leadOfCoverage } from '#app/report/pdf/coverage-words.ts'
import { sentencesOfFindings } from '#app/report/pdf/finding-sentences.ts'
import { headlinesOf } from '#app/report/pdf/headlines.ts'
import { sayWhoJudged } from '#app/report/pdf/independence-words.ts'
import { listUnexamined } from '#app/report/pdf/unexamined.ts'
import { CONTROL_STATUSES } from '#app/report/pdf/wording.ts'
import { DataTable } from '../data-table.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { PageSection } from '../page-header.tsx'
import { InReportLanguage, Said, Worded } from './report-language.tsx'

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
  const { controlCounts, statement, words } = reading
  const { say, date } = words
  return (
    <InReportLanguage reading={reading}>
      <PageSection title={say('cover.bookmark')}>
        <Sentences sentences={headlinesOf(reading)} />
        <div className="mt-4 max-w-measure">
          <DefinitionList
            items={CONTROL_STATUSES.map((status) => ({
              term: say('reading.controls-counted', { status: say(`counted.${status}`) }),
              value: say('reading.count-of', {
                count: controlCounts[status],
                total: statement.controls.length,
              }),
            }))}
          />
        </div>
        <h3 className="mt-6 mb-2 font-semibold">{say('examined.unexamined')}</h3>
        <Sentences sentences={listUnexamined(reading)} />
        {statement.exceptions.length > 0 ? (
          <h3 className="mt-6 mb-2 font-semibold">{say('reading.exceptions')}</h3>
        ) : null}
        {statement.exceptions.map((exception) => (
          <div key={exception.id} className="mb-4 max-w-measure">
            <DefinitionList
              items={[
                {
                  term: say('column.question'),
                  value: (
                    <Said>
                      {reading.answerById.get(exception.questionId)?.prompt ?? exception.questionId}
                    </Said>
                  ),
                },
                { term: say('reading.why-stands'), value: <Said>{exception.reason}</Said> },
                { term: say('reading.reduces'), value: <Said>{exception.compensatingControl}</Said> },
                ...(exception.scope
                  ? [{ term: say('reading.excepted'), value: <Said>{exception.scope}</Said> }]
                  : []),
                { term: say('exception.owner'), value: <Said>{exception.owner}</Said> },
                {
                  term: say('exception.approved-by'),
                  value: exception.approval ? (
                    <>
                      <Said>{exception.approval.name}</Said>, {date(exception.approval.on)}
                    </>
                  ) : (
                    <Said>{exception.approvedBy}</Said>
                  ),
                },
                { term: say('reading.holds-until'), value: date(exception.expiresOn) },
              ]}
            />
          </div>
        ))}
      </PageSection>
    </InReportLanguage>
  )
}

export function StatementFindings({ reading }: { reading: Reading }) {
  const { statement, words } = reading
  const { say, number, date } = words
  const { findings } = statement
  return findings ? (
    <InReportLanguage reading={reading}>
      <PageSection title={say('findings.title')}>
        <DataTable
          caption={say('reading.open-on', { date: date(findings.countedOn) })}
          showCaption
          rows={findings.open}
          rowKey={({ severity }) => severity}
          empty={<p>{say('findings.none')}</p>}
          columns={[
            {
              id: 'severity',
              header: say('findings.severity'),
              isRowHeader: true,
              cell: ({ severity }) => say(`severity.${severity}`),
            },
            ...(['upTo30Days', 'upTo90Days', 'upTo180Days', 'older'] as const).map((age) => ({
              id: age,
              header: say(`age.${age}`),
              align: 'end' as const,
              cell: (row: (typeof findings.open)[number]) => number(row[age]),
            })),
          ]}
        />
        <div className="mt-4">
          <Sentences sentences={sentencesOfFindings(words, findings)} />
        </div>
      </PageSection>
    </InReportLanguage>
  ) : null
}

export function StatementCoverage({ reading }: { reading: Reading }) {
  const { statement, words } = reading
  const { say } = words
  const { coverage, controls } = statement
  if (!coverage) return null
  const labels = new Map(controls.map(({ id, label }) => [id, label]))
  return (
    <InReportLanguage reading={reading}>
      <PageSection title={say('coverage.title')} lead={leadOfCoverage(words, coverage)}>
        <DataTable
          caption={say('reading.days-without-proof')}
          rows={coverage.controls.filter(({ controlId }) => labels.has(controlId))}
          rowKey={({ controlId }) => controlId}
          empty={null}
          columns={[
            {
              id: 'control',
              header: say('reading.control'),
              isRowHeader: true,
              cell: ({ controlId }) => labels.get(controlId),
            },
            { id: 'gaps', header: say('reading.days'), cell: ({ segments }) => gapsOf(words, segments) },
          ]}
        />
      </PageSection>
    </InReportLanguage>
  )
}

export function StatementWho({ reading }: { reading: Reading }) {
  const { statement, words } = reading
  const { collected, judged, reviewed, caution } = sayWhoJudged(reading)
  return (
    <InReportLanguage reading={reading}>
      <PageSection title={words.say('who.title')}>
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
                {role === 'technical-contributor' ? (
                  <Worded>{declaration}</Worded>
                ) : (
                  <Said>{declaration}</Said>
                )}
              </p>
            </blockquote>
          ))}
        </div>
      </PageSection>
    </InReportLanguage>
  )
}
