/** A waiver on paper: what was offered and declined, what can happen, what it means for insurers, and the signature. */
import { Document, Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { paperWords } from '../language/papers/words.ts'
import type { WaiverAccount } from '../waiver/waiver-text.ts'
import { COLOUR, PAGE, reading, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { type Column, HeadRow, Labelled, Nothing, Row } from './rows.tsx'
import { familiesOf, printableTexts } from './typefaces.ts'

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

export function Waiver({ account: original }: { account: WaiverAccount }) {
  const account = printableTexts(original)
  const { text } = account
  const { say, date, time, language } = paperWords(text.language)
  const answers: Column[] = [
    { title: say('waiver.answers.form'), width: 120 },
    { title: say('waiver.answers.item'), width: 50 },
    { title: say('waiver.answers.question') },
    { title: say('waiver.answers.effect'), width: 110 },
  ]
  const at = new Date(account.signedAt)
  const chrome = (page: Chrome) => (
    <>
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <View style={[style.row, { justifyContent: 'space-between', marginTop: 20 }]}>
        <MonoText size={6.5} colour={COLOUR.faint}>
          {text.waiverId}
        </MonoText>
        <Text style={style.label}>
          {say('page.number', { page: page.pageNumber ?? '', pages: page.totalPages ?? '' })}
        </Text>
      </View>
    </>
  )
  return (
    <Document
      title={say('waiver.title', { service: text.service })}
      author={text.provider.name}
      subject={text.client.legalName}
      creator="Attested"
      producer="Attested"
      language={language}
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
          <Text style={[style.strong, { fontSize: 10.5, color: COLOUR.accent }]}>{say('waiver.kind')}</Text>
        </View>
        <Text style={[style.h1, { marginTop: 12, marginBottom: 12 }]}>{text.service}</Text>
        <View style={[style.row, { flexWrap: 'wrap' }]}>
          <Labelled label={say('waiver.offered-by')} width="50%">
            {text.provider.name}
          </Labelled>
          <Labelled label={say('waiver.declined-by')} width="50%">
            {text.client.legalName}
          </Labelled>
          <Labelled label={say('waiver.offered-on')} width="50%">
            {date(text.serviceOfferedOn)}
          </Labelled>
          <Labelled label={say('waiver.review-on')} width="50%">
            {date(text.reviewOn)}
          </Labelled>
        </View>
        <Part title={say('waiver.controls')}>{text.controls.map(({ label }) => label).join(' · ')}</Part>
        <Part title={say('waiver.risk')}>{text.risk}</Part>
        <Part title={say('waiver.consequence')}>{text.consequence}</Part>
        <Heading>{say('waiver.answers')}</Heading>
        {text.answers.length === 0 ? (
          <Nothing>{say('waiver.answers.none')}</Nothing>
        ) : (
          <HeadRow columns={answers} />
        )}
        {text.answers.map(({ form, edition, item, prompt, effect, isSigned }) => (
          <Row
            key={`${form} ${edition} ${item} ${prompt}`}
            columns={answers}
            characters={prompt.length + form.length}
            cells={[
              say('waiver.answers.edition', { form, edition }),
              item,
              prompt,
              isSigned
                ? say('waiver.effect.signed', { effect: say(`waiver.effect.${effect}`) })
                : say(`waiver.effect.${effect}`),
            ]}
          />
        ))}
        <Part title={say('waiver.reason')}>{text.reason}</Part>
        <View wrap={false}>
          <Heading>{say('waiver.signature')}</Heading>
          <Text style={style.text}>{account.consent}</Text>
          <View style={[style.row, { flexWrap: 'wrap', marginTop: 6 }]}>
            <Labelled label={say('waiver.typed-name')} width="50%">
              {account.typedName}
            </Labelled>
            <Labelled label={say('waiver.signer')} width="50%">
              {`${text.decisionMaker.name}, ${text.decisionMaker.role}`}
            </Labelled>
            <Labelled label={say('waiver.email')} width="50%">
              {text.decisionMaker.email}
            </Labelled>
            <Labelled label={say('waiver.signed-at')} width="50%">
              {time(account.signedAt)}
            </Labelled>
            <Labelled label={say('waiver.method')} width="100%">
              {account.method}
            </Labelled>
          </View>
          <Text style={style.small}>
            {say('waiver.frozen', { name: text.offeredBy, time: time(text.offeredAt) })}
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
