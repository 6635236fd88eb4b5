/** Chapter 2: contradictions with their exceptions, claims without fresh evidence, and what nobody knows yet. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { COLOUR, style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Labelled, Nothing, Row } from './rows.tsx'
import { StandingMark } from './status-mark.tsx'
import { type AnswerItem, standingOf, wordDate, wordStanding } from './wording.ts'

const GAP_COLUMNS: Column[] = [
  { title: 'Item', width: 34 },
  { title: 'Question answered “I don’t know”' },
  { title: 'Owner', width: 130 },
  { title: 'Due', width: 82 },
]
const CLAIM_COLUMNS: Column[] = [
  { title: 'Item', width: 34 },
  { title: 'Question' },
  { title: 'Answer', width: 90 },
  { title: 'Why it needs care', width: 160 },
]

export function Attention({ account }: { account: Account }) {
  const { statement, answerById } = account
  const contradicted = statement.answers.filter(({ status }) => status === 'contradicted')
  const careful = statement.answers.filter((answer) =>
    ['unsupported', 'stale', 'weakened'].includes(standingOf(answer)),
  )
  return (
    <Chapter
      account={account}
      number="2"
      title="What needs attention"
      lead="Read this chapter before relying on the answers."
    >
      <Subheading>Contradictions and exceptions</Subheading>
      {contradicted.length === 0 ? (
        <Nothing>No answer is contradicted by the evidence.</Nothing>
      ) : (
        contradicted.map((answer) => (
          <Contradiction key={answer.questionId} answer={answer} account={account} />
        ))
      )}
      <Subheading>Claims without full support</Subheading>
      {careful.length === 0 ? (
        <Nothing>Every claim is supported by evidence in force.</Nothing>
      ) : (
        <>
          <HeadRow columns={CLAIM_COLUMNS} />
          {careful.map((answer) => {
            const why = reservationOf(answer)
            return (
              <Row
                key={answer.questionId}
                columns={CLAIM_COLUMNS}
                characters={answer.prompt.length + answer.shown.length * 3 + why.length * 2}
                cells={[
                  answer.item,
                  answer.prompt,
                  answer.shown,
                  <Why key="why" answer={answer} sentence={why} />,
                ]}
              />
            )
          })}
        </>
      )}
      <Subheading>Gaps</Subheading>
      {statement.gaps.length === 0 ? (
        <Nothing>No question was answered “I don’t know”.</Nothing>
      ) : (
        <>
          <HeadRow columns={GAP_COLUMNS} />
          {statement.gaps.map((gap) => {
            const answer = answerById.get(gap.questionId)
            return (
              <Row
                key={gap.questionId}
                columns={GAP_COLUMNS}
                characters={(answer?.prompt.length ?? 0) + gap.owner.length}
                cells={[answer?.item ?? '', answer?.prompt ?? gap.questionId, gap.owner, wordDate(gap.dueOn)]}
              />
            )
          })}
        </>
      )}
    </Chapter>
  )
}

function Why({ answer, sentence }: { answer: AnswerItem; sentence: string }) {
  return (
    <>
      <StandingMark standing={standingOf(answer)} words={wordStanding(answer)} />
      {sentence ? <Text style={[style.small, { marginTop: 2 }]}>{sentence}</Text> : null}
    </>
  )
}

function reservationOf({ reasons }: AnswerItem): string {
  const against = reasons.filter(({ outcome }) => outcome !== 'supports')
  return against.map(({ sentence }) => sentence).join(' ')
}

function Contradiction({ answer, account }: { answer: AnswerItem; account: Account }) {
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
      <Text style={{ marginBottom: 3 }}>Answered: {answer.shown}</Text>
      {against.map((reason) => (
        <Text key={reason.sentence} style={{ marginBottom: 3 }}>
          Seen: {reason.sentence}
          <Sources ids={account.sourcesOf([reason])} />
        </Text>
      ))}
      {exception ? (
        <View style={[style.row, { flexWrap: 'wrap', marginTop: 6 }]}>
          <Labelled label="Exception: why the answer stands">{exception.reason}</Labelled>
          <Labelled label="What reduces the risk meanwhile">{exception.compensatingControl}</Labelled>
          {exception.scope ? <Labelled label="What exactly is excepted">{exception.scope}</Labelled> : null}
          <Labelled label="Owner" width="36%">
            {exception.owner}
          </Labelled>
          <Labelled label="Approved by" width="36%">
            {exception.approvedBy}
          </Labelled>
          <Labelled label="Holds" width="28%">
            {exception.startsOn
              ? `${wordDate(exception.startsOn)} to ${wordDate(exception.expiresOn)}`
              : `until ${wordDate(exception.expiresOn)}`}
          </Labelled>
        </View>
      ) : (
        <Text style={[style.strong, { marginBottom: 8 }]}>No exception is recorded.</Text>
      )}
    </View>
  )
}

export function Sources({ ids }: { ids: readonly string[] }) {
  return ids.length > 0 ? (
    <Text style={{ fontSize: 8, color: COLOUR.faint }}>{` [${ids.join(', ')}]`}</Text>
  ) : null
}
