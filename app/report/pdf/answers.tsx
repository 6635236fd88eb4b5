/** Every question that applied, as it was asked and answered, and what the evidence says of it. */
import { Text } from '@react-pdf/renderer'
import { Fragment } from 'react'
import type { Words } from '../language/words.ts'
import type { Account } from './account.ts'
import { Sources } from './attention.tsx'
import { COLOUR, reading, style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Row } from './rows.tsx'
import { StandingMark } from './status-mark.tsx'
import { type AnswerItem, standingOf, wordStanding } from './wording.ts'

const columnsOf = ({ say }: Words): Column[] => [
  { title: say('column.item'), width: 34 },
  { title: say('answers.asked') },
  { title: say('answers.evidence'), width: 132 },
]

export function AnswersChapter({ account, number }: { account: Account; number: string }) {
  const { say } = account.words
  const columns = columnsOf(account.words)
  return (
    <Chapter
      account={account}
      number={number}
      title={say('answers.title')}
      lead={`${say('answers.lead')} ${say('record.language')}`}
    >
      {account.sections.map(({ title, answers }) => (
        <Fragment key={title}>
          <Subheading>{title}</Subheading>
          <HeadRow columns={columns} />
          {answers.map((answer) => (
            <Row
              key={answer.questionId}
              columns={columns}
              characters={lengthOf(answer)}
              cells={[
                answer.item,
                <Asked key="asked" answer={answer} account={account} />,
                <Standing key="standing" answer={answer} account={account} />,
              ]}
            />
          ))}
        </Fragment>
      ))}
    </Chapter>
  )
}

function lengthOf({ prompt, shown, answer, reasons }: AnswerItem): number {
  const explained = answer?.explanation?.length ?? 0
  return (
    prompt.length + shown.length + explained + reasons.reduce((sum, { sentence }) => sum + sentence.length, 0)
  )
}

function Asked({ answer, account }: { answer: AnswerItem; account: Account }) {
  const { say } = account.words
  return (
    <>
      <Text style={[{ color: COLOUR.soft }, reading(answer.prompt)]}>{answer.prompt}</Text>
      <Text style={[style.strong, { marginTop: 2 }, reading(answer.shown)]}>{answer.shown}</Text>
      {answer.answer?.explanation ? (
        <Text style={[{ marginTop: 2 }, reading(answer.answer.explanation)]}>
          {say('answers.explanation', { explanation: answer.answer.explanation })}
        </Text>
      ) : null}
      {answer.reasons.map((reason) => (
        <Text key={`${reason.outcome}${reason.sentence}`} style={{ marginTop: 3, fontSize: 8.5 }}>
          <Text style={style.medium}>{say(`outcome.${reason.outcome}`)}: </Text>
          {reason.sentence}
          <Sources ids={account.sourcesOf([reason])} />
        </Text>
      ))}
    </>
  )
}

function Standing({ answer, account }: { answer: AnswerItem; account: Account }) {
  const sources = account.sourcesOf(answer.reasons)
  return (
    <>
      <StandingMark standing={standingOf(answer)} words={wordStanding(account.words, answer)} />
      {sources.length > 0 ? <Text style={[style.small, { marginTop: 2 }]}>{sources.join(', ')}</Text> : null}
      {answer.answeredBy && answer.answeredAt ? (
        <Text style={[style.label, { marginTop: 3 }]}>
          {answer.answeredBy}, {account.words.date(answer.answeredAt)}
        </Text>
      ) : null}
    </>
  )
}
