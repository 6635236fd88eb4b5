/** Chapter 2: contradictions with their exceptions, claims without fresh evidence, and what nobody knows yet. */
import { Text, View } from '@react-pdf/renderer'
import type { Words } from '../language/words.ts'
import type { Account } from './account.ts'
import { COLOUR, style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Labelled, Nothing, Row } from './rows.tsx'
import { StandingMark } from './status-mark.tsx'
import { type AnswerItem, standingOf, wordStanding } from './wording.ts'

const gapColumns = ({ say }: Words): Column[] => [
  { title: say('column.item'), width: 34 },
  { title: say('column.gap-question') },
  { title: say('column.owner'), width: 130 },
  { title: say('column.due'), width: 92 },
]
const claimColumns = ({ say }: Words): Column[] => [
  { title: say('column.item'), width: 34 },
  { title: say('column.question') },
  { title: say('column.answer'), width: 90 },
  { title: say('column.care'), width: 160 },
]

export function Attention({ account }: { account: Account }) {
  const { statement, words, answerById } = account
  const { say, date } = words
  const claims = claimColumns(words)
  const gaps = gapColumns(words)
  const contradicted = statement.answers.filter(({ status }) => status === 'contradicted')
  const careful = statement.answers.filter((answer) =>
    ['unsupported', 'stale', 'weakened'].includes(standingOf(answer)),
  )
  return (
    <Chapter account={account} number="2" title={say('attention.title')} lead={say('attention.lead')}>
      <Subheading>{say('attention.contradictions')}</Subheading>
      {contradicted.length === 0 ? (
        <Nothing>{say('headline.no-contradiction')}</Nothing>
      ) : (
        contradicted.map((answer) => (
          <Contradiction key={answer.questionId} answer={answer} account={account} />
        ))
      )}
      <Subheading>{say('attention.claims')}</Subheading>
      {careful.length === 0 ? (
        <Nothing>{say('attention.no-claims')}</Nothing>
      ) : (
        <>
          <HeadRow columns={claims} />
          {careful.map((answer) => {
            const why = reservationOf(answer)
            return (
              <Row
                key={answer.questionId}
                columns={claims}
                characters={answer.prompt.length + answer.shown.length * 3 + why.length * 2}
                cells={[
                  answer.item,
                  answer.prompt,
                  answer.shown,
                  <Why key="why" words={words} answer={answer} sentence={why} />,
                ]}
              />
            )
          })}
        </>
      )}
      <Subheading>{say('attention.gaps')}</Subheading>
      {statement.gaps.length === 0 ? (
        <Nothing>{say('attention.no-gaps')}</Nothing>
      ) : (
        <>
          <HeadRow columns={gaps} />
          {statement.gaps.map((gap) => {
            const answer = answerById.get(gap.questionId)
            return (
              <Row
                key={gap.questionId}
                columns={gaps}
                characters={(answer?.prompt.length ?? 0) + gap.owner.length}
                cells={[answer?.item ?? '', answer?.prompt ?? gap.questionId, gap.owner, date(gap.dueOn)]}
              />
            )
          })}
        </>
      )}
    </Chapter>
  )
}

function Why({ words, answer, sentence }: { words: Words; answer: AnswerItem; sentence: string }) {
  return (
    <>
      <StandingMark standing={standingOf(answer)} words={wordStanding(words, answer)} />
      {sentence ? <Text style={[style.small, { marginTop: 2 }]}>{sentence}</Text> : null}
    </>
  )
}

function reservationOf({ reasons }: AnswerItem): string {
  const against = reasons.filter(({ outcome }) => outcome !== 'supports')
  return against.map(({ sentence }) => sentence).join(' ')
}

function Contradiction({ answer, account }: { answer: AnswerItem; account: Account }) {
  const { say, date } = account.words
  const exception = account.statement.exceptions.find(({ id }) => id === answer.exceptionId)
  const against = answer.reasons.filter(({ outcome }) => outcome === 'contradicts')
  const length =
    answer.prompt.length +
    (exception ? [exception.reason, exception.compensatingControl, exception.scope ?? ''].join('').length : 0)
  return (
    <View
      wrap={length > 1000}
      style={{
        ...style.body,
        borderLeft: `2 solid ${COLOUR.ink}`,
        backgroundColor: COLOUR.wash,
        padding: 12,
        paddingBottom: 4,
        marginBottom: 10,
      }}
    >
      <Text style={[style.strong, { marginBottom: 3 }]}>
        {answer.item} {answer.prompt}
      </Text>
      <Text style={{ marginBottom: 3 }}>{say('attention.answered', { answer: answer.shown })}</Text>
      {against.map((reason) => (
        <Text key={reason.sentence} style={{ marginBottom: 3 }}>
          {say('attention.seen', { sentence: reason.sentence })}
          <Sources ids={account.sourcesOf([reason])} />
        </Text>
      ))}
      {exception ? (
        <View style={[style.row, { flexWrap: 'wrap', marginTop: 6 }]}>
          <Labelled label={say('exception.reason')}>{exception.reason}</Labelled>
          <Labelled label={say('exception.compensating')}>{exception.compensatingControl}</Labelled>
          {exception.scope ? <Labelled label={say('exception.scope')}>{exception.scope}</Labelled> : null}
          <Labelled label={say('exception.owner')} width="36%">
            {exception.owner}
          </Labelled>
          <Labelled label={say('exception.approved-by')} width="36%">
            {exception.approval
              ? `${exception.approval.name}, ${date(exception.approval.on)}`
              : exception.approvedBy}
          </Labelled>
          <Labelled label={say('exception.holds')} width="28%">
            {exception.startsOn
              ? say('exception.period', {
                  first: date(exception.startsOn),
                  last: date(exception.expiresOn),
                })
              : say('exception.until', { last: date(exception.expiresOn) })}
          </Labelled>
        </View>
      ) : (
        <Text style={[style.strong, { marginBottom: 8 }]}>{say('attention.no-exception')}</Text>
      )}
    </View>
  )
}

export function Sources({ ids }: { ids: readonly string[] }) {
  return ids.length > 0 ? (
    <Text style={{ fontSize: 8, color: COLOUR.faint }}>{` [${ids.join(', ')}]`}</Text>
  ) : null
}
