/** Controls and answers of a statement, as the signed report lists them. */
import type { Reading } from '#app/report/pdf/account.ts'
import { type AnswerItem, type ReasonItem, wordStanding } from '#app/report/pdf/wording.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { InReportLanguage, Said, Worded } from './report-language.tsx'

export function StatementControls({ reading }: { reading: Reading }) {
  const { say } = reading.words
  return (
    <InReportLanguage reading={reading}>
      <PageSection title={say('controls.title')} lead={say('reading.controls-lead')}>
        {reading.domains.map(({ title, controls }) => (
          <div key={title} className="mb-6">
            <DataTable
              caption={title}
              showCaption
              rows={controls}
              rowKey={({ id }) => id}
              empty={null}
              columns={[
                {
                  id: 'control',
                  header: say('reading.control'),
                  isRowHeader: true,
                  cell: ({ label }) => <Worded>{label}</Worded>,
                },
                {
                  id: 'status',
                  header: say('controls.status'),
                  cell: ({ status }) => say(`status.${status}`),
                },
                {
                  id: 'why',
                  header: say('reading.why'),
                  cell: ({ reasons, status }) =>
                    reasons.length > 0 ? (
                      <Reasons reasons={reasons} reading={reading} />
                    ) : (
                      say(`meaning.${status}`)
                    ),
                },
                { id: 'cis', header: 'CIS Controls', cell: ({ frameworks }) => frameworks.cis.join(', ') },
                { id: 'csf', header: 'NIST CSF', cell: ({ frameworks }) => frameworks.csf.join(', ') },
              ]}
            />
          </div>
        ))}
      </PageSection>
    </InReportLanguage>
  )
}

export function StatementAnswers({ reading }: { reading: Reading }) {
  const { say } = reading.words
  return (
    <InReportLanguage reading={reading}>
      <PageSection
        title={say('answers.title')}
        lead={`${say('reading.answers-lead')} ${say('record.language')}`}
      >
        {reading.sections.map(({ title, answers }) => (
          <section key={title} className="mb-8">
            <h3 className="mb-2 font-semibold">
              <Said>{title}</Said>
            </h3>
            <ul className="border-hairline border-t">
              {answers.map((answer) => (
                <li key={answer.questionId} className="border-hairline border-b py-3">
                  <OneAnswer answer={answer} reading={reading} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </PageSection>
    </InReportLanguage>
  )
}

function OneAnswer({ answer, reading }: { answer: AnswerItem; reading: Reading }) {
  return (
    <>
      <p className="text-ink-soft">
        {answer.item} <Said>{answer.prompt}</Said>
      </p>
      <p className="mt-1 font-medium">
        <Said>{answer.shown}</Said>
      </p>
      {answer.answer?.explanation ? (
        <p className="mt-1 whitespace-pre-line">
          <Said>{answer.answer.explanation}</Said>
        </p>
      ) : null}
      <p className="mt-1">{wordStanding(reading.words, answer)}</p>
      <Reasons reasons={answer.reasons} reading={reading} />
      {answer.answeredBy && answer.answeredAt ? (
        <p className="mt-1 text-caption text-ink-soft">
          <Said>{answer.answeredBy}</Said>, {reading.words.date(answer.answeredAt)}
        </p>
      ) : null}
    </>
  )
}

function Reasons({ reasons, reading }: { reasons: readonly ReasonItem[]; reading: Reading }) {
  return reasons.map((reason) => {
    const sources = reading.sourcesOf([reason])
    return (
      <p key={`${reason.outcome}${reason.sentence}`} className="mt-1">
        {reading.words.say(`outcome.${reason.outcome}`)}: <Worded>{reason.sentence}</Worded>
        {sources.length > 0 ? ` [${sources.join(', ')}]` : null}
      </p>
    )
  })
}
