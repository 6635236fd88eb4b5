/** Appendices A to C: every fact, every piece of evidence with its checksum, and how anybody can check this file. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { COLOUR, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { Chapter, Subheading } from './page-frame.tsx'
import { QrCode } from './qr-code.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'
import {
  type FactItem,
  VIEWPOINT_WORDS,
  wordDate,
  wordFact,
  wordFactValue,
  wordId,
  wordSize,
  wordTime,
} from './wording.ts'

const FACT_COLUMNS: Column[] = [
  { title: 'No.', width: 32 },
  { title: 'Fact' },
  { title: 'Value', width: 104 },
  { title: 'Holds for', width: 124 },
  { title: 'Observed', width: 78 },
]

export function FactsAppendix({ account }: { account: Account }) {
  const { statement, evidenceId } = account
  return (
    <Chapter
      account={account}
      number="A"
      title="Facts"
      lead="What was read from the evidence, each with the place and the time it holds for."
    >
      {statement.facts.length === 0 ? (
        <Nothing>No facts were read.</Nothing>
      ) : (
        <HeadRow columns={FACT_COLUMNS} />
      )}
      {statement.facts.map((fact, index) => (
        <Row
          key={fact.id}
          columns={FACT_COLUMNS}
          characters={
            (fact.note?.length ?? 0) + fact.scope.subject.length * 2 + String(fact.value).length * 2
          }
          cells={[
            `F${index + 1}`,
            <FactName key="name" fact={fact} source={evidenceId(fact.revisionId)} />,
            wordFactValue(fact),
            `${fact.scope.subject}, seen ${VIEWPOINT_WORDS[fact.scope.viewpoint]}`,
            wordDate(fact.observedAt),
          ]}
        />
      ))}
    </Chapter>
  )
}

function FactName({ fact, source }: { fact: FactItem; source: string | null }) {
  return (
    <>
      <Text style={style.medium}>{wordFact(fact.key)}</Text>
      <Text style={style.small}>
        {[fact.collector, source, fact.completeness === 'partial' ? 'covers a part only' : null]
          .filter(Boolean)
          .join(', ')}
      </Text>
      {fact.note ? <Text style={style.small}>{fact.note}</Text> : null}
    </>
  )
}

export function EvidenceAppendix({ account }: { account: Account }) {
  const { statement } = account
  return (
    <Chapter
      account={account}
      number="B"
      title="Evidence"
      lead="The files stay with those who prepared this report. Whoever is given one can compare its SHA-256 with the one here."
    >
      {statement.evidence.length === 0 ? <Nothing>No evidence was attached.</Nothing> : null}
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
              {wordId(item.kind)}. {item.fileName}, {wordSize(item.sizeBytes)}. Collected by {item.collector}.
            </Text>
            <Text style={style.small}>
              Observed {wordDate(item.observedAt)}; received {wordTime(item.receivedAt)}
              {item.validUntil ? `; valid until ${wordDate(item.validUntil)}` : ''}.
            </Text>
            <MonoText>{item.sha256}</MonoText>
          </View>
        </View>
      ))}
    </Chapter>
  )
}

function OnThePage({ address }: { address: string }) {
  return (
    <View wrap={false} style={[style.row, style.body, { alignItems: 'center', marginBottom: 6 }]}>
      <QrCode text={address} size={104} />
      <View style={{ flex: 1, paddingLeft: 12, maxWidth: 340 }}>
        <Text style={style.h2}>On the preparer’s page</Text>
        <Text style={style.text}>
          Open this address and choose the file that you received. Compare what the page names, signers and
          date, with what you read here; for a check that does not rest on the preparer, use one of the ways
          below.
        </Text>
        <MonoText>{address}</MonoText>
      </View>
    </View>
  )
}

const WAYS = [
  {
    title: 'With Attested’s verifier, offline',
    text: 'Checks every byte of this file, both signatures, the attached statement and that nothing was changed between the signatures. Add --authority with the certificate that the preparer gave you to check who signed.',
    command: 'npm run -s attested -- verify report.pdf --authority signing-authority.pem',
  },
  {
    title: 'With a PDF reader',
    text: 'Open the signature panel. Because the signing authority belongs to the preparer, readers call the signatures valid and the identity unknown until you add its certificate to your trusted ones.',
    command: null,
  },
  {
    title: 'With poppler',
    text: 'Lists both signatures and says whether each is valid.',
    command: 'pdfsig report.pdf',
  },
  {
    title: 'With qpdf and OpenSSL',
    text: 'qpdf checks the file’s structure and takes out the attached statement. A signature’s /Contents holds a CMS message; its /ByteRange says which bytes it covers.',
    command:
      'qpdf --check report.pdf\nqpdf --show-attachment=statement.json report.pdf > statement.json\nopenssl cms -verify -binary -cades -inform DER -in contents.der -content covered.bin \\\n  -CAfile signing-authority.pem -out /dev/null',
  },
] as const

export function VerificationAppendix({ account }: { account: Account }) {
  const { verifyAt } = account.statement
  return (
    <Chapter
      account={account}
      number="C"
      title="How to check this report"
      lead="Check the file itself, not a printout. A change of any byte makes the check fail."
    >
      {verifyAt ? <OnThePage address={verifyAt} /> : null}
      {WAYS.map(({ title, text, command }) => (
        <View key={title} wrap={false}>
          <Text style={style.h2}>{title}</Text>
          <Text style={style.text}>{text}</Text>
          {command ? (
            <View style={{ backgroundColor: COLOUR.wash, padding: 8 }}>
              <MonoText>{command}</MonoText>
            </View>
          ) : null}
        </View>
      ))}
      <Subheading>What the signatures say about identity</Subheading>
      <Text style={style.text}>
        The signing keys are certified by the preparer’s own authority, not by a public one. The signatures
        prove that the file is unchanged since it was signed with those keys. Who held the keys is as sure as
        the way in which you received the authority’s certificate: compare its SHA-256 fingerprint with the
        preparer by telephone or in person.
      </Text>
    </Chapter>
  )
}
