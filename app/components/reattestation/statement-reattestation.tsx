/** The chapter of a re-attestation for reading on a page: what the officer says of each answer, the gravest first. */
import { brokerSentence, reattestWords, whySentences } from '#app/report/language/reattestation/words.ts'
import type { Reading } from '#app/report/pdf/account.ts'
import { RESULTS } from '#app/report/statement-reattestation.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { InReportLanguage, Said } from '../report/report-language.tsx'
import { SinceThen } from './since-then.tsx'

export function StatementReattestation({ reading }: { reading: Reading }) {
  const { statement, answerById } = reading
  const { reattestation, createdAt } = statement
  if (!reattestation) return null
  const words = reattestWords(statement.language)
  const { say, date } = words
  const rank = ({ result }: (typeof reattestation.answers)[number]) =>
    -RESULTS.indexOf(result?.result ?? 'still-true')
  const answers = [...reattestation.answers].sort((a, b) => rank(a) - rank(b))
  return (
    <InReportLanguage reading={reading}>
      <PageSection title={say('chapter.title')} lead={say('chapter.lead', { day: date(createdAt) })}>
        <ol className="mb-5 flex flex-col gap-1">
          {reattestation.chain.map(({ reportId, number, attestedAt, pdfSha256 }) => (
            <li key={reportId}>
              {number === 0 ? say('application') : say('quarter', { number })}, {date(attestedAt)}{' '}
              <code className="break-all font-mono text-micro">{pdfSha256}</code>
            </li>
          ))}
          <li>
            {say('quarter', { number: reattestation.period.number })}: {say('chapter.this')}
          </li>
        </ol>
        <DataTable
          caption={say('chapter.others')}
          rows={answers}
          rowKey={({ questionId }) => questionId}
          empty={null}
          columns={[
            {
              id: 'answer',
              header: say('chapter.answer'),
              isRowHeader: true,
              cell: ({ questionId, signed }) => (
                <>
                  <span className="block text-ink-soft">
                    {answerById.get(questionId)?.item}:{' '}
                    <Said>{answerById.get(questionId)?.prompt ?? questionId}</Said>
                  </span>
                  <Said>{signed.shown}</Said>
                </>
              ),
            },
            {
              id: 'mark',
              header: say('chapter.mark'),
              cell: (answer) => (
                <>
                  {answer.marks.map((mark) => say(`mark.${mark}`)).join(', ')}
                  {whySentences(answer, words).map((sentence) => (
                    <span key={sentence} className="block break-words text-caption text-ink-soft">
                      <Said>{sentence}</Said>
                    </span>
                  ))}
                </>
              ),
            },
            {
              id: 'result',
              header: say('chapter.result'),
              cell: ({ result }) => {
                if (!result) return null
                if (result.result === 'still-true')
                  return say(result.confirmed === 'alone' ? 'chapter.alone' : 'chapter.in-list')
                return (
                  <>
                    <strong className="font-semibold">{say(`result.${result.result}`)}</strong>
                    {result.result === 'with-exceptions' ? (
                      <span className="block break-words">
                        <Said>{result.exceptions}</Said>
                      </span>
                    ) : (
                      <>
                        <span className="block">{say('chapter.from', { day: date(result.since) })}</span>
                        <span className="block break-words">
                          {say('chapter.cause')}: <Said>{result.cause}</Said>
                        </span>
                        <span className="block break-words">
                          {say('chapter.plan')}:{' '}
                          {say('chapter.plan-value', {
                            what: result.plan.what,
                            owner: result.plan.owner,
                            day: date(result.plan.due),
                          })}
                        </span>
                      </>
                    )}
                    <span className="block text-caption text-ink-soft">
                      {brokerSentence(result.broker, words)}
                    </span>
                  </>
                )
              },
            },
          ]}
        />
      </PageSection>
      <SinceThen language={words.language} {...reattestation} />
    </InReportLanguage>
  )
}
