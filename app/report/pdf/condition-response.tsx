/** The line-by-line response to an insurer's conditions, as a document that a broker can send on. */
import { Document, Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { formatsOf } from '#app/language/patterns.ts'
import type { AnsweredCondition, ResponseAccount } from '../condition-response/response-account.ts'
import { COLOUR, PAGE, reading, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { Labelled, Nothing } from './rows.tsx'
import { familiesOf, printableTexts } from './typefaces.ts'

const { date, time } = formatsOf('en')

export function ConditionResponse({ account: original }: { account: ResponseAccount }) {
  const account = printableTexts(original)
  const { client, form, edition, insurer, quoteReference, quotedOn, boundOn, binderExpiresOn } = account
  const at = new Date(account.madeAt)
  const answered = account.conditions.filter(({ response }) => response !== null).length
  return (
    <Document
      title={`Response to conditions, ${client}`}
      author={account.organisation}
      subject={quoteReference ? `Quote ${quoteReference}` : form}
      creator="Attested"
      producer="Attested"
      language="en"
      pdfVersion="1.7"
      creationDate={at}
      modificationDate={at}
    >
      <Page
        size={PAGE.size}
        style={[style.page, { fontFamily: familiesOf(JSON.stringify(account)) }]}
        layout={(page: Chrome) => <Framed page={page} foot={`${account.organisation} for ${client}`} />}
      >
        {/* Directly on the page: react-pdf 4.9 breaks nothing else over many pages. */}
        <View style={{ ...style.body, borderTop: `3 solid ${COLOUR.accent}`, paddingTop: 12 }}>
          <Text style={[style.strong, { fontSize: 10.5, color: COLOUR.accent }]}>Response to conditions</Text>
        </View>
        <Text style={[style.h1, { marginTop: 14, fontSize: client.length > 60 ? 14 : 20 }]}>{client}</Text>
        <Text style={style.lead}>
          Each condition of the insurer in its own words, with what was done about it and the evidence for it.{' '}
          {`${answered} of ${account.conditions.length} answered as of ${time(account.madeAt)}.`}
        </Text>
        <View style={[style.row, { flexWrap: 'wrap' }]}>
          <Labelled label="Insurer" width="50%">
            {insurer ?? 'Not recorded'}
          </Labelled>
          <Labelled label="Quote" width="50%">
            {[quoteReference ?? 'Not recorded', quotedOn ? date(quotedOn) : null].filter(Boolean).join(', ')}
          </Labelled>
          <Labelled label="Application" width="50%">
            {`${form}, edition ${edition}`}
          </Labelled>
          <Labelled label="Binder" width="50%">
            {boundOn && binderExpiresOn
              ? `Issued ${date(boundOn)}, last day ${date(binderExpiresOn)}`
              : 'Not issued yet'}
          </Labelled>
        </View>
        {account.conditions.map((condition) => (
          <OneCondition key={condition.number} condition={condition} />
        ))}
        <Text style={[style.small, { marginTop: 16 }]}>
          Files named here are handed over separately. Each can be compared with its SHA-256, which is that of
          the file as it was held when the answer was given.
        </Text>
      </Page>
    </Document>
  )
}

function OneCondition({ condition }: { condition: AnsweredCondition }) {
  const { number, reference, source, timing, dueOn, standing, isSettled, response, decision } = condition
  const about = [
    reference ? `Insurer’s number ${reference}` : null,
    source,
    timing,
    dueOn ? `due ${date(dueOn)}` : null,
    standing,
  ]
  return (
    <View style={{ marginTop: 14, borderTop: `0.75 solid ${COLOUR.rule}`, paddingTop: 7 }}>
      <View wrap={false} minPresenceAhead={60}>
        <Text style={style.label}>{`${number}. ${about.filter(Boolean).join('; ')}`}</Text>
      </View>
      <Told text={condition.condition} bold />
      {response ? (
        <>
          <Text style={[style.label, { marginTop: 5, marginBottom: 2 }]}>
            {`Answer of ${date(response.respondedOn)}, ${response.respondedBy}`}
          </Text>
          <Told text={response.answer} />
          {response.cited.map(({ title, fileName, sha256, observedOn }) => (
            <View key={`${sha256} ${title}`} wrap={false} style={{ marginBottom: 4, paddingLeft: 10 }}>
              <Text style={style.small}>{`${title} (${fileName}), as of ${date(observedOn)}`}</Text>
              <MonoText size={6.5} colour={COLOUR.faint}>
                {sha256}
              </MonoText>
            </View>
          ))}
        </>
      ) : isSettled ? null : (
        <Nothing>Not answered yet.</Nothing>
      )}
      {decision ? (
        <Told
          text={`Insurer: ${decision.outcome.toLowerCase()}, ${decision.decidedBy}, ${date(decision.decidedOn)}.${decision.why ? ` ${decision.why}` : ''}`}
        />
      ) : null}
    </View>
  )
}

function Told({ text, bold = false }: { text: string; bold?: boolean }) {
  return <Text style={[style.text, ...(bold ? [style.medium] : []), reading(text)]}>{text}</Text>
}

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

function Framed({ page, foot }: { page: Chrome; foot: string }) {
  return (
    <>
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <View style={[style.row, { justifyContent: 'space-between', marginTop: 20 }]}>
        <Text style={[style.label, { flex: 1 }]}>{foot}</Text>
        <Text style={style.label}>{`Page ${page.pageNumber ?? ''} of ${page.totalPages ?? ''}`}</Text>
      </View>
    </>
  )
}
