/** A waiver on paper: what was offered and declined, what can happen, what it means for insurers, and the signature. */
import { Document, Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { formatsOf } from '#app/language/patterns.ts'
import { EFFECT_WORDS, type WaiverAccount } from '../waiver/waiver-text.ts'
import { COLOUR, PAGE, reading, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { type Column, HeadRow, Labelled, Nothing, Row } from './rows.tsx'
import { familiesOf, printableTexts } from './typefaces.ts'

const ANSWERS: Column[] = [
  { title: 'Form', width: 120 },
  { title: 'Item', width: 50 },
  { title: 'Question' },
  { title: 'Without the service', width: 110 },
]

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

export function Waiver({ account: original }: { account: WaiverAccount }) {
  const account = printableTexts(original)
  const { text } = account
  const { date, time } = formatsOf('en')
  const at = new Date(account.signedAt)
  const chrome = (page: Chrome) => (
    <>
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <View style={[style.row, { justifyContent: 'space-between', marginTop: 20 }]}>
        <MonoText size={6.5} colour={COLOUR.faint}>
          {text.waiverId}
        </MonoText>
        <Text style={style.label}>
          Page {page.pageNumber ?? ''} of {page.totalPages ?? ''}
        </Text>
      </View>
    </>
  )
  return (
    <Document
      title={`Declined service: ${text.service}`}
      author={text.provider.name}
      subject={text.client.legalName}
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
        layout={chrome}
      >
        {/* Directly on the page, as in the report: react-pdf 4.9 breaks nothing else over many pages. */}
        <View style={{ ...style.body, borderTop: `3 solid ${COLOUR.accent}`, paddingTop: 12 }}>
          <Text style={[style.strong, { fontSize: 10.5, color: COLOUR.accent }]}>Declined service</Text>
        </View>
        <Text style={[style.h1, { marginTop: 12, marginBottom: 12 }]}>{text.service}</Text>
        <View style={[style.row, { flexWrap: 'wrap' }]}>
          <Labelled label="Offered by" width="50%">
            {text.provider.name}
          </Labelled>
          <Labelled label="Declined by" width="50%">
            {text.client.legalName}
          </Labelled>
          <Labelled label="Offered on" width="50%">
            {date(text.serviceOfferedOn)}
          </Labelled>
          <Labelled label="Looked at again on" width="50%">
            {date(text.reviewOn)}
          </Labelled>
        </View>
        <Part title="Controls it concerns">{text.controls.map(({ label }) => label).join(' · ')}</Part>
        <Part title="What can happen without it">{text.risk}</Part>
        <Part title="What it means for insurance">{text.consequence}</Part>
        <Heading>Answers to insurers that this concerns</Heading>
        {text.answers.length === 0 ? (
          <Nothing>No application of the client asks about these controls so far.</Nothing>
        ) : (
          <HeadRow columns={ANSWERS} />
        )}
        {text.answers.map(({ form, edition, item, prompt, effect, isSigned }) => (
          <Row
            key={`${form} ${edition} ${item} ${prompt}`}
            columns={ANSWERS}
            characters={prompt.length + form.length}
            cells={[
              `${form}, edition ${edition}`,
              item,
              prompt,
              `${EFFECT_WORDS[effect]}${isSigned ? '; already signed, so tell the broker' : ''}`,
            ]}
          />
        ))}
        <Part title="Why the client declines">{text.reason}</Part>
        <View wrap={false}>
          <Heading>Signature</Heading>
          <Text style={style.text}>{account.consent}</Text>
          <View style={[style.row, { flexWrap: 'wrap', marginTop: 6 }]}>
            <Labelled label="Name, as typed" width="50%">
              {account.typedName}
            </Labelled>
            <Labelled label="Signer" width="50%">
              {`${text.decisionMaker.name}, ${text.decisionMaker.role}`}
            </Labelled>
            <Labelled label="E-mail" width="50%">
              {text.decisionMaker.email}
            </Labelled>
            <Labelled label="Signed at" width="50%">
              {time(account.signedAt)}
            </Labelled>
            <Labelled label="How" width="100%">
              {account.method}
            </Labelled>
          </View>
          <Text style={style.small}>
            The text was frozen when {text.offeredBy} offered it for signature on {time(text.offeredAt)}. Its
            canonical form is attached to this file; its SHA-256 is
          </Text>
          <MonoText>{account.textSha256}</MonoText>
        </View>
      </Page>
    </Document>
  )
}

function Heading({ children }: { children: string }) {
  return (
    <View wrap={false} minPresenceAhead={60}>
      <Text style={style.h2}>{children}</Text>
    </View>
  )
}

function Part({ title, children }: { title: string; children: string }) {
  return (
    <>
      <Heading>{title}</Heading>
      {children.split(/\n+/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one frozen text never change places.
        <Text key={index} style={[style.text, reading(paragraph)]}>
          {paragraph}
        </Text>
      ))}
    </>
  )
}
