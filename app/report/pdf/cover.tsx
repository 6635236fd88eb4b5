/** The first page: who, what, when, and the outcome at a glance. */
import { Image, Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { headlinesOf } from './headlines.ts'
import { reading, style } from './look.ts'
import { OutcomeBar } from './outcome-bar.tsx'
import { PageFrame } from './page-frame.tsx'
import { QrCode } from './qr-code.tsx'
import { Labelled } from './rows.tsx'
import { CONTROL_SHAPES, STANDING_SHAPES } from './status-mark.tsx'
import { count, wordDate } from './wording.ts'

function titleSize(name: string): number {
  if (name.length <= 32) return 28
  if (name.length <= 80) return 21
  return name.length <= 140 ? 16 : 13
}

// What fits beside the running line of the cover, in points.
const LOGO = { width: 150, height: 60 }

export function Cover({ account, logo }: { account: Account; logo?: Uint8Array }) {
  const { statement, controlCounts, answerCounts } = account
  const { application, client, edition, preparedBy, createdAt, verifyAt } = statement
  return (
    <PageFrame account={account} bookmark="Outcome at a glance" isCover>
      <Logo account={account} logo={logo} />
      <View style={{ ...style.body, borderTop: `3 solid ${account.accent}`, paddingTop: 12, marginTop: 26 }}>
        <Text style={[style.strong, { fontSize: 10.5, color: account.accent }]}>
          Cyber insurance readiness report
        </Text>
      </View>
      <Text
        style={{
          ...reading(client.legalName),
          fontSize: titleSize(client.legalName),
          fontWeight: 600,
          lineHeight: 1.18,
          letterSpacing: -0.3,
          marginTop: 28,
        }}
      >
        {client.legalName}
      </Text>
      <View style={[style.row, { flexWrap: 'wrap', marginTop: 24, marginBottom: 14 }]}>
        <Labelled label="Form" width="50%">
          {`${edition.formTitle}, edition ${edition.edition}, ${edition.issuer}`}
        </Labelled>
        <Labelled label="Prepared by" width="50%">
          {preparedBy.name}
        </Labelled>
        <Labelled label="State of answers and evidence on" width="50%">
          {wordDate(createdAt)}
        </Labelled>
        <Labelled label="Applicant" width="50%">
          {[client.industry, client.headcount === null ? null : count(client.headcount, 'person', 'people')]
            .filter(Boolean)
            .join(', ') || 'Not stated'}
        </Labelled>
        {application.coversFrom ? (
          <Labelled label="For cover that begins on" width="50%">
            {wordDate(application.coversFrom)}
          </Labelled>
        ) : null}
      </View>
      <OutcomeBar
        title={`${count(statement.controls.length, 'control')} judged`}
        parts={[
          { label: 'met', count: controlCounts.met, shape: CONTROL_SHAPES.met },
          { label: 'partly met', count: controlCounts.partly, shape: CONTROL_SHAPES.partly },
          { label: 'not met', count: controlCounts.unmet, shape: CONTROL_SHAPES.unmet },
          { label: 'unknown', count: controlCounts.unknown, shape: CONTROL_SHAPES.unknown },
          {
            label: 'not applicable',
            count: controlCounts['not-applicable'],
            shape: CONTROL_SHAPES['not-applicable'],
          },
        ]}
      />
      <OutcomeBar
        title={`${count(statement.answers.length, 'answer')} given`}
        parts={[
          { label: 'supported by evidence', count: answerCounts.supported, shape: STANDING_SHAPES.supported },
          {
            label: 'supported, with reservations',
            count: answerCounts.weakened,
            shape: STANDING_SHAPES.weakened,
          },
          { label: 'contradicted', count: answerCounts.contradicted, shape: STANDING_SHAPES.contradicted },
          {
            label: 'stated without evidence',
            count: answerCounts.unsupported,
            shape: STANDING_SHAPES.unsupported,
          },
          { label: 'evidence out of date', count: answerCounts.stale, shape: STANDING_SHAPES.stale },
          { label: 'not known, open gap', count: answerCounts.gap, shape: STANDING_SHAPES.gap },
          {
            label: 'make no claim to prove',
            count: answerCounts['not-claimed'],
            shape: STANDING_SHAPES['not-claimed'],
          },
        ]}
      />
      <View wrap={false} style={style.row}>
        <View style={{ flex: 1, paddingRight: 20 }}>
          <Text style={[style.strong, { fontSize: 10, marginBottom: 5 }]}>What to read first</Text>
          {headlinesOf(account).map((sentence) => (
            <View key={sentence} style={[style.row, style.body, { marginBottom: 2 }]}>
              <Text style={{ width: 12 }}>–</Text>
              <Text style={{ flex: 1 }}>{sentence}</Text>
            </View>
          ))}
        </View>
        {verifyAt ? (
          <View style={{ width: 150, alignItems: 'flex-end' }}>
            <QrCode text={verifyAt} size={76} />
            <Text style={[style.label, { textAlign: 'right', marginTop: 2 }]}>
              Scan to check this file. Appendix C has the address and ways without us.
            </Text>
          </View>
        ) : null}
      </View>
      <Text style={[style.small, { maxWidth: 440, marginTop: 12 }]}>
        This report says what was answered, what the evidence shows and what is not known on the date above.
        It is not a guarantee of security. It is valid only with its digital signatures; the last pages say
        who signed and how to check it.
      </Text>
      {account.hasReplacedLetters ? (
        <Text style={[style.small, { maxWidth: 440, marginTop: 6 }]}>
          Some letters of this statement are outside the typefaces of this report and appear as �. The
          attached statement.json holds them exactly.
        </Text>
      ) : null}
    </PageFrame>
  )
}

function Logo({ account, logo }: { account: Account; logo?: Uint8Array }) {
  const size = account.statement.brand?.logo
  if (!logo || !size) return null
  const scale = Math.min(LOGO.width / size.widthPixels, LOGO.height / size.heightPixels)
  return (
    <Image
      src={{ data: Buffer.from(logo), format: 'png' }}
      style={{ width: size.widthPixels * scale, height: size.heightPixels * scale, marginTop: 6 }}
    />
  )
}
