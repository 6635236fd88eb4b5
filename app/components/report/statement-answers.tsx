/** Controls and answers of a statement, as the signed report lists them. */
import type { Reading } from '#app/report/pdf/account.ts'
import {
  type AnswerItem,
  CONTROL_WORDS,
  type ReasonItem,
  wordDate,
  wordOutcome,
  wordStanding,
} from '#app/report/pdf/wording.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'

export function StatementControls({ reading }: { reading: Reading }) {
  return (
    <PageSection
      title="Controls"
      lead="Met is only what is claimed and shown. Unknown is never counted as met."
    >
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
                header: 'Control',
                isRowHeader: true,
                cell: ({ label }) => <Said>{label}</Said>,
              },
              { id: 'status', header: 'Status', cell: ({ status }) => CONTROL_WORDS[status].word },
              {
                id: 'why',
                header: 'Why',
                cell: ({ reasons, status }) =>
                  reasons.length > 0 ? (
                    <Reasons reasons={reasons} reading={reading} />
                  ) : (
                    CONTROL_WORDS[status].meaning
                  ),
              },
              { id: 'cis', header: 'CIS Controls', cell: ({ frameworks }) => frameworks.cis.join(', ') },
              { id: 'csf', header: 'NIST CSF', cell: ({ frameworks }) => frameworks.csf.join(', ') },
            ]}
          />
        </div>
      ))}
    </PageSection>
  )
}

export function StatementAnswers({ reading }: { reading: Reading }) {
  return (
    <PageSection title="Answers" lead="E and F numbers point to the evidence and the facts below.">
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
      <p className="mt-1">{wordStanding(answer)}</p>
      <Reasons reasons={answer.reasons} reading={reading} />
      {answer.answeredBy && answer.answeredAt ? (
        <p className="mt-1 text-caption text-ink-soft">
          <Said>{answer.answeredBy}</Said>, {wordDate(answer.answeredAt)}
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
        {wordOutcome(reason.outcome)}: <Said>{reason.sentence}</Said>
        {sources.length > 0 ? ` [${sources.join(', ')}]` : null}
      </p>
    )
  })
}

/** Somebody’s words, in whichever direction their script is read. */
export const Said = ({ children }: { children: string }) => <bdi className="break-words">{children}</bdi>
