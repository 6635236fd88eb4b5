/** Appendices A to C: every fact, every piece of evidence with its checksum, and how anybody can check this file. */
import { Text, View } from '@react-pdf/renderer'
import type { Words } from '../language/words.ts'
import type { Account } from './account.ts'
import { COLOUR, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { Chapter, Subheading } from './page-frame.tsx'
import { QrCode } from './qr-code.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'
import { type FactItem, wordFact, wordFactValue, wordKind, wordSize } from './wording.ts'

const factColumns = ({ say }: Words): Column[] => [
  { title: say('facts.number'), width: 32 },
  { title: say('facts.fact') },
  { title: say('facts.value'), width: 104 },
  { title: say('facts.holds-for'), width: 124 },
  { title: say('facts.observed'), width: 88 },
]

export function FactsAppendix({ account }: { account: Account }) {
  const { statement, words, evidenceId } = account
  const { say } = words
  const columns = factColumns(words)
  return (
    <Chapter account={account} number="A" title={say('facts.title')} lead={say('facts.lead')}>
      {statement.facts.length === 0 ? <Nothing>{say('facts.none')}</Nothing> : <HeadRow columns={columns} />}
      {statement.facts.map((fact, index) => (
        <Row
          key={fact.id}
          columns={columns}
          characters={
            (fact.note?.length ?? 0) + fact.scope.subject.length * 2 + String(fact.value).length * 2
          }
          cells={[
            `F${index + 1}`,
            <FactName key="name" words={words} fact={fact} source={evidenceId(fact.revisionId)} />,
            wordFactValue(words, fact),
            say('facts.place', {
              subject: fact.scope.subject,
              viewpoint: say(`viewpoint.${fact.scope.viewpoint}`),
            }),
            words.date(fact.observedAt),
          ]}
        />
      ))}
    </Chapter>
  )
}

function FactName(props: { words: Words; fact: FactItem; source: string | null }) {
  const { words, fact, source } = props
  return (
    <>
      <Text style={style.medium}>{wordFact(words, fact.key)}</Text>
      <Text style={style.small}>
        {[fact.collector, source, fact.completeness === 'partial' ? words.say('facts.partial') : null]
          .filter(Boolean)
          .join(', ')}
      </Text>
      {fact.note ? <Text style={style.small}>{fact.note}</Text> : null}
    </>
  )
}

export function EvidenceAppendix({ account }: { account: Account }) {
  const { statement, words } = account
  const { say, date, time } = words
  return (
    <Chapter account={account} number="B" title={say('evidence.title')} lead={say('evidence.lead')}>
      {statement.evidence.length === 0 ? <Nothing>{say('evidence.none')}</Nothing> : null}
      {statement.evidence.map((item, index) => (
        <View
          key={item.revisionId}
          wrap={item.title.length + item.fileName.length > 500}
          style={[style.row, style.body, { borderTop: `0.5 solid ${COLOUR.hairline}`, paddingVertical: 6 }]}
        >
          <Text style={[style.strong, { width: 34 }]}>{`E${index + 1}`}</Text>
          <View style={{ flex: 1 }}>
            <Text style={style.medium}>{item.title}</Text>
            <Text style={style.small}>
              {say('evidence.file', {
                kind: wordKind(words, item.kind),
                file: item.fileName,
                size: wordSize(words, item.sizeBytes),
                collector: item.collector,
              })}
            </Text>
            <Text style={style.small}>
              {item.validUntil
                ? say('evidence.times-until', {
                    observed: date(item.observedAt),
                    received: time(item.receivedAt),
                    until: date(item.validUntil),
                  })
                : say('evidence.times', {
                    observed: date(item.observedAt),
                    received: time(item.receivedAt),
                  })}
            </Text>
            <MonoText>{item.sha256}</MonoText>
          </View>
        </View>
      ))}
    </Chapter>
  )
}

function OnThePage({ words: { say }, address }: { words: Words; address: string }) {
  return (
    <View wrap={false} style={[style.row, style.body, { alignItems: 'center', marginBottom: 6 }]}>
      <QrCode text={address} size={104} />
      <View style={{ flex: 1, paddingLeft: 12, maxWidth: 340 }}>
        <Text style={style.h2}>{say('check.page')}</Text>
        <Text style={style.text}>{say('check.page-text')}</Text>
        <MonoText>{address}</MonoText>
      </View>
    </View>
  )
}

const WAYS = [
  {
    way: 'verifier',
    command: 'npm run -s attested -- verify report.pdf --authority signing-authority.pem',
  },
  { way: 'reader', command: null },
  { way: 'poppler', command: 'pdfsig report.pdf' },
  {
    way: 'openssl',
    command:
      'qpdf --check report.pdf\nqpdf --show-attachment=statement.json report.pdf > statement.json\nopenssl cms -verify -binary -cades -inform DER -in contents.der -content covered.bin \\\n  -CAfile signing-authority.pem -out /dev/null',
  },
] as const

export function VerificationAppendix({ account }: { account: Account }) {
  const { verifyAt } = account.statement
  const { say } = account.words
  return (
    <Chapter account={account} number="C" title={say('check.title')} lead={say('check.lead')}>
      {verifyAt ? <OnThePage words={account.words} address={verifyAt} /> : null}
      {WAYS.map(({ way, command }) => (
        <View key={way} wrap={false}>
          <Text style={style.h2}>{say(`check.${way}`)}</Text>
          <Text style={style.text}>{say(`check.${way}-text`)}</Text>
          {command ? (
            <View style={{ backgroundColor: COLOUR.wash, padding: 8 }}>
              <MonoText>{command}</MonoText>
            </View>
          ) : null}
        </View>
      ))}
      <Subheading>{say('check.identity')}</Subheading>
      <Text style={style.text}>{say('check.identity-text')}</Text>
    </Chapter>
  )
}
