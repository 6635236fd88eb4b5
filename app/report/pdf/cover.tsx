/** The first page: who, what, when, and the outcome at a glance. */
import { Text, View } from '@react-pdf/renderer'
import { type ReattestWords, reattestWords } from '../language/reattestation/words.ts'
import type { Account } from './account.ts'
import { headlinesOf } from './headlines.ts'
import { Logo } from './logo.tsx'
import { reading, style } from './look.ts'
import { OutcomeBar } from './outcome-bar.tsx'
import { PageFrame } from './page-frame.tsx'
import { QrCode } from './qr-code.tsx'
import { Labelled } from './rows.tsx'
import { CONTROL_SHAPES, STANDING_SHAPES } from './status-mark.tsx'
import { CONTROL_STATUSES, type Standing } from './wording.ts'

function titleSize(name: string): number {
  if (name.length <= 32) return 28
  if (name.length <= 80) return 21
  return name.length <= 140 ? 16 : 13
}

/** Best first, as the bar runs. */
const STANDINGS = [
  'supported',
  'weakened',
  'contradicted',
  'unsupported',
  'stale',
  'gap',
  'not-claimed',
] as const satisfies readonly Standing[]

export function Cover({ account, logo }: { account: Account; logo?: Uint8Array }) {
  const { statement, words, controlCounts, answerCounts } = account
  const { say, date } = words
  const { application, client, edition, preparedBy, createdAt, verifyAt, reattestation } = statement
  const again = reattestWords(statement.language)
  const previous = reattestation?.chain.at(-1)
  return (
    <PageFrame account={account} bookmark={say('cover.bookmark')} isCover>
      <Logo brand={statement.brand} logo={logo} />
      <View style={{ ...style.body, borderTop: `3 solid ${account.accent}`, paddingTop: 12, marginTop: 26 }}>
        <Text style={[style.strong, { fontSize: 10.5, color: account.accent }]}>
          {reattestation ? again.say('cover.kind') : say('cover.kind')}
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
        <Labelled label={say('cover.form')} width="50%">
          {say('cover.form-value', {
            form: edition.formTitle,
            edition: edition.edition,
            issuer: edition.issuer,
          })}
        </Labelled>
        <Labelled label={say('cover.prepared-by')} width="50%">
          {preparedBy.name}
        </Labelled>
        <Labelled label={say('cover.as-of')} width="50%">
          {date(createdAt)}
        </Labelled>
        <Labelled label={say('cover.applicant')} width="50%">
          {[
            client.industry,
            client.headcount === null ? null : say('cover.people', { count: client.headcount }),
          ]
            .filter(Boolean)
            .join(', ') || say('not-stated')}
        </Labelled>
        {application.coversFrom && !reattestation ? (
          <Labelled label={say('cover.covers-from')} width="50%">
            {date(application.coversFrom)}
          </Labelled>
        ) : null}
        {reattestation ? (
          <Labelled label={again.say('cover.period')} width="50%">
            {again.say('period', {
              first: date(reattestation.period.first),
              last: date(reattestation.period.last),
            })}
          </Labelled>
        ) : null}
        {previous ? (
          <Labelled label={again.say('cover.previous')} width="50%">
            {`${nameOf(previous.number, again)}, ${date(previous.attestedAt)}`}
          </Labelled>
        ) : null}
      </View>
      <OutcomeBar
        title={say('cover.controls', { count: statement.controls.length })}
        parts={CONTROL_STATUSES.map((status) => ({
          label: say(`counted.${status}`),
          count: controlCounts[status],
          shape: CONTROL_SHAPES[status],
        }))}
      />
      <OutcomeBar
        title={say('cover.answers', { count: statement.answers.length })}
        parts={STANDINGS.map((standing) => ({
          label: say(`given.${standing}`),
          count: answerCounts[standing],
          shape: STANDING_SHAPES[standing],
        }))}
      />
      <View wrap={false} style={style.row}>
        <View style={{ flex: 1, paddingRight: 20 }}>
          <Text style={[style.strong, { fontSize: 10, marginBottom: 5 }]}>{say('cover.read-first')}</Text>
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
            <Text style={[style.label, { textAlign: 'right', marginTop: 2 }]}>{say('cover.scan-code')}</Text>
          </View>
        ) : null}
      </View>
      <Text style={[style.small, { maxWidth: 440, marginTop: 12 }]}>{say('cover.caution')}</Text>
      {account.hasReplacedLetters ? (
        <Text style={[style.small, { maxWidth: 440, marginTop: 6 }]}>{say('cover.replaced-letters')}</Text>
      ) : null}
    </PageFrame>
  )
}

const nameOf = (number: number, { say }: ReattestWords) =>
  number === 0 ? say('application') : say('quarter', { number })
