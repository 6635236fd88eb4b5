/** The chapter of a re-attestation: what it follows, what the officer says, and what changed since the report before. */
import { Text, View } from '@react-pdf/renderer'
import {
  brokerSentence,
  type ReattestWords,
  reattestWords,
  whySentences,
} from '../language/reattestation/words.ts'
import type { Statement } from '../statement.ts'
import type { ReattestedAnswer } from '../statement-reattestation.ts'
import type { Account } from './account.ts'
import { COLOUR, reading, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { Chapter, Subheading } from './page-frame.tsx'
import { HeadRow, Labelled, Nothing, Row } from './rows.tsx'

type Reattestation = NonNullable<Statement['reattestation']>

export function ReattestationChapter({ account }: { account: Account }) {
  const { reattestation, createdAt, language } = account.statement
  if (!reattestation) return null
  const words = reattestWords(language)
  const { say, date } = words
  const of = (result: string) => reattestation.answers.filter((answer) => answer.result?.result === result)
  return (
    <Chapter
      account={account}
      number="R"
      title={say('chapter.title')}
      lead={say('chapter.lead', { day: date(createdAt) })}
    >
      <Subheading>{say('chapter.no-longer')}</Subheading>
      <Said answers={of('no-longer-true')} none={say('chapter.no-no-longer')} {...{ account, words }} />
      <Subheading>{say('chapter.exceptions')}</Subheading>
      <Said answers={of('with-exceptions')} none={say('chapter.no-exceptions')} {...{ account, words }} />
      {of('no-longer-true').length + of('with-exceptions').length > 0 ? (
        <Text style={[style.small, { maxWidth: 440, marginTop: 2 }]}>{say('chapter.caution')}</Text>
      ) : null}
      <Chain reattestation={reattestation} words={words} />
      <Since reattestation={reattestation} words={words} />
      <Subheading>{say('chapter.others')}</Subheading>
      <AllAnswers account={account} reattestation={reattestation} words={words} />
    </Chapter>
  )
}

interface SaidProps {
  account: Account
  words: ReattestWords
  answers: readonly ReattestedAnswer[]
  none: string
}

function Said({ account, words, answers, none }: SaidProps) {
  if (answers.length === 0) return <Nothing>{none}</Nothing>
  return answers.map((answer) => (
    <SaidOfOne key={answer.questionId} account={account} words={words} answer={answer} />
  ))
}

function SaidOfOne({
  account,
  words,
  answer,
}: Omit<SaidProps, 'answers' | 'none'> & { answer: ReattestedAnswer }) {
  const { say, date } = words
  const { result } = answer
  const today = account.answerById.get(answer.questionId)
  const why = whySentences(answer, words)
  if (!result || result.result === 'still-true') return null
  const texts =
    result.result === 'with-exceptions'
      ? result.exceptions
      : result.cause + result.plan.what + result.plan.owner
  return (
    <View
      wrap={texts.length + why.join('').length > 1000}
      style={{
        ...style.body,
        borderLeft: `2 solid ${COLOUR.ink}`,
        backgroundColor: COLOUR.wash,
        padding: 12,
        paddingBottom: 4,
        marginBottom: 10,
      }}
    >
      <Text style={[style.strong, { marginBottom: 3 }, reading(today?.prompt ?? '')]}>
        {today?.item ?? ''} {today?.prompt ?? answer.questionId}
      </Text>
      <Text style={{ marginBottom: 6 }}>
        {say('chapter.answer')}: {answer.signed.shown}
      </Text>
      <View style={[style.row, { flexWrap: 'wrap' }]}>
        {result.result === 'with-exceptions' ? (
          <Labelled label={say('chapter.exceptions')}>{result.exceptions}</Labelled>
        ) : (
          <>
            <Labelled label={say('chapter.no-longer')} width="30%">
              {say('chapter.from', { day: date(result.since) })}
            </Labelled>
            <Labelled label={say('chapter.cause')} width="70%">
              {result.cause}
            </Labelled>
            <Labelled label={say('chapter.plan')}>
              {say('chapter.plan-value', {
                what: result.plan.what,
                owner: result.plan.owner,
                day: date(result.plan.due),
              })}
            </Labelled>
          </>
        )}
        <Labelled label={say('chapter.broker')}>{brokerSentence(result.broker, words)}</Labelled>
        {why.length > 0 ? <Labelled label={say('chapter.seen')}>{why.join(' ')}</Labelled> : null}
      </View>
    </View>
  )
}

function Chain({ reattestation, words }: { reattestation: Reattestation; words: ReattestWords }) {
  const { say, date } = words
  const columns = [
    { title: say('chapter.chain-number'), width: 110 },
    { title: say('chapter.chain-attested'), width: 95 },
    { title: say('chapter.chain-file') },
  ]
  const name = (number: number) => (number === 0 ? say('application') : say('quarter', { number }))
  return (
    <>
      <Subheading>{say('chapter.chain')}</Subheading>
      <HeadRow columns={columns} />
      {reattestation.chain.map(({ reportId, number, attestedAt, pdfSha256 }) => (
        <Row
          key={reportId}
          columns={columns}
          characters={0}
          cells={[
            name(number),
            date(attestedAt),
            <View key="file">
              <MonoText size={6.5}>{pdfSha256}</MonoText>
              <MonoText size={6.5} colour={COLOUR.faint}>
                {reportId}
              </MonoText>
            </View>,
          ]}
        />
      ))}
      <Row
        columns={columns}
        characters={0}
        cells={[name(reattestation.period.number), '', say('chapter.this')]}
      />
    </>
  )
}

function Since({ reattestation, words }: { reattestation: Reattestation; words: ReattestWords }) {
  const { say, date } = words
  const { changedFacts, newExceptions, openSubjectivities } = reattestation
  const columns = [
    { title: say('chapter.fact') },
    { title: say('chapter.before'), width: 120 },
    { title: say('chapter.now'), width: 120 },
  ]
  return (
    <>
      <Subheading>{say('chapter.facts')}</Subheading>
      {changedFacts.length === 0 ? (
        <Nothing>{say('chapter.no-facts')}</Nothing>
      ) : (
        <HeadRow columns={columns} />
      )}
      {changedFacts.map((fact) => (
        <Row
          key={[fact.label, fact.subject, fact.before, fact.now].join(' ')}
          columns={columns}
          characters={fact.label.length + fact.subject.length + 3 * String(fact.now).length}
          cells={[
            `${fact.label} (${fact.subject})`,
            fact.before ?? say('chapter.nothing'),
            fact.now === null ? say('chapter.nothing') : `${fact.now}, ${date(fact.observedOn)}`,
          ]}
        />
      ))}
      <Subheading>{say('chapter.new-exceptions')}</Subheading>
      {newExceptions.length === 0 ? <Nothing>{say('chapter.no-new-exceptions')}</Nothing> : null}
      {newExceptions.map(({ form, scope, reason, approvedBy, expiresOn }) => (
        <Text key={[form, scope, reason].join(' ')} style={style.text}>
          {scope}: {reason} ({approvedBy}, {say('chapter.due', { day: date(expiresOn) })})
        </Text>
      ))}
      <Subheading>{say('chapter.subjectivities')}</Subheading>
      {openSubjectivities.length === 0 ? <Nothing>{say('chapter.no-subjectivities')}</Nothing> : null}
      {openSubjectivities.map(({ reference, condition, due }) => (
        <Text key={[reference, condition].join(' ')} style={style.text}>
          {[reference, condition].filter(Boolean).join(' ')}
          {due ? ` (${say('chapter.due', { day: date(due) })})` : ''}
        </Text>
      ))}
    </>
  )
}

function AllAnswers(props: { account: Account; reattestation: Reattestation; words: ReattestWords }) {
  const { account, reattestation, words } = props
  const { say } = words
  const columns = [
    { title: say('chapter.item'), width: 34 },
    { title: say('chapter.answer') },
    { title: say('chapter.mark'), width: 165 },
    { title: say('chapter.result'), width: 110 },
  ]
  return (
    <>
      <HeadRow columns={columns} />
      {reattestation.answers.map((answer) => {
        const today = account.answerById.get(answer.questionId)
        const why = whySentences(answer, words).join(' ')
        return (
          <Row
            key={answer.questionId}
            columns={columns}
            characters={(today?.prompt.length ?? 0) + answer.signed.shown.length + why.length * 2}
            cells={[
              today?.item ?? '',
              <View key="answer">
                <Text style={reading(today?.prompt ?? '')}>{today?.prompt ?? answer.questionId}</Text>
                <Text style={[style.medium, reading(answer.signed.shown)]}>{answer.signed.shown}</Text>
              </View>,
              <View key="mark">
                <Text style={answer.mark === 'unchanged' ? {} : style.medium}>
                  {answer.marks.map((mark) => say(`mark.${mark}`)).join(', ')}
                </Text>
                {why ? <Text style={style.small}>{why}</Text> : null}
              </View>,
              saidInShort(answer, words),
            ]}
          />
        )
      })}
    </>
  )
}

function saidInShort({ result }: ReattestedAnswer, { say }: ReattestWords): string {
  if (!result) return ''
  if (result.result === 'still-true')
    return say(result.confirmed === 'alone' ? 'chapter.alone' : 'chapter.in-list')
  return say(`result.${result.result}`)
}
