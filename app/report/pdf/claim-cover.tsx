/** The first pages of a claim pack: what it is, the incident, the readiness of the day, what is inside, how to check it. */

import { Document, Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { cutText } from '#app/language/cut-text.ts'
import type { ClaimCoverAccount, CoverCounts } from '../claim-pack/cover-account.ts'
import { type CoverWords, coverWords } from '../language/claim-cover/words.ts'
import { COLOUR, PAGE, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { OutcomeBar } from './outcome-bar.tsx'
import { type Column, HeadRow, Labelled, Nothing, Row } from './rows.tsx'
import { STANDING_SHAPES } from './status-mark.tsx'
import { familiesOf, printableTexts } from './typefaces.ts'

const TOLD_LETTERS = 2400

export function ClaimCover({ account: original }: { account: ClaimCoverAccount }) {
  const account = printableTexts(original)
  const { client, incident, application, checkpoint } = account
  const words = coverWords(account.language)
  const { say, date, time } = words
  const at = new Date(account.madeAt)
  const contents: Column[] = [{ title: say('contents.path'), width: 170 }, { title: say('contents.what') }]
  const waivers: Column[] = [
    { title: say('evidence.file'), width: 160 },
    { title: say('waivers.service') },
    { title: say('waivers.signed'), width: 140 },
  ]
  const evidence: Column[] = [
    { title: say('evidence.file'), width: 210 },
    { title: say('evidence.title') },
    { title: say('evidence.observed'), width: 86 },
  ]
  const shorten = (text: string, letters: number) =>
    text.length > letters ? say('incident.rest', { text: cutText(text, letters).trimEnd() }) : text
  const { occurredFrom, occurredUntil } = incident
  return (
    <Document
      title={say('document.title', { client, day: date(account.asOf) })}
      author={account.organisation}
      subject={incident.title}
      keywords={say('document.keywords', { packId: account.packId })}
      creator="Attested"
      producer="Attested"
      language={account.language}
      pdfVersion="1.7"
      creationDate={at}
      modificationDate={at}
    >
      <Run account={account} words={words}>
        <View style={{ ...style.body, borderTop: `3 solid ${COLOUR.accent}`, paddingTop: 12, marginTop: 26 }}>
          <Text style={[style.strong, { fontSize: 10.5, color: COLOUR.accent }]}>{say('kind')}</Text>
        </View>
        <Text
          style={{
            fontSize: client.length > 60 ? 16 : 25,
            fontWeight: 600,
            lineHeight: 1.18,
            marginTop: 22,
            marginBottom: 8,
          }}
        >
          {client}
        </Text>
        <Text style={[style.lead, { marginBottom: 18 }]}>{say('lead', { day: date(account.asOf) })}</Text>
        <View style={[style.row, { flexWrap: 'wrap' }]}>
          <Labelled label={say('incident')} width="100%">
            {incident.title}
          </Labelled>
          <Labelled label={say('incident.kind')} width="50%">
            {incident.kind}
          </Labelled>
          <Labelled
            label={say(occurredFrom === occurredUntil ? 'incident.occurred' : 'incident.occurred-between')}
            width="50%"
          >
            {occurredFrom === occurredUntil
              ? date(occurredFrom)
              : say('incident.between', { first: date(occurredFrom), last: date(occurredUntil) })}
          </Labelled>
          <Labelled label={say('incident.discovered')} width="50%">
            {time(incident.discoveredAt)}
          </Labelled>
          <Labelled label={say('incident.notice')} width="50%">
            {incident.reportedOn ? date(incident.reportedOn) : say('incident.not-recorded')}
          </Labelled>
          <Labelled label={say('incident.policy')} width="50%">
            {incident.policyNumber ?? say('incident.not-recorded')}
          </Labelled>
          <Labelled label={say('incident.reference')} width="50%">
            {incident.noticeReference ?? say('incident.not-recorded')}
          </Labelled>
          <Labelled label={say('incident.assets')} width="100%">
            {shorten(incident.assets.join(', ') || say('incident.none-named'), 900)}
          </Labelled>
        </View>
        {incident.description ? (
          <Text style={style.text}>{shorten(incident.description, TOLD_LETTERS)}</Text>
        ) : null}
        <Heading>{say('application')}</Heading>
        {application ? (
          <Text style={style.text}>
            {[
              say('application.form', { form: application.title, edition: application.edition }),
              application.attestedAt
                ? say('application.attested', { time: time(application.attestedAt) })
                : say('application.draft'),
              ...(application.hasReport ? [say('application.report')] : []),
            ].join(' ')}
          </Text>
        ) : (
          <Nothing>{say('application.none')}</Nothing>
        )}
        <Heading>{say('readiness', { day: date(account.asOf) })}</Heading>
        <Text style={style.text}>{say('readiness.views', { time: time(account.knownOn) })}</Text>
        <Bar title={say('readiness.as-is')} counts={account.asIs} words={words} />
        <Bar title={say('readiness.as-known')} counts={account.asKnown} words={words} />
        <Heading>{say('contents')}</Heading>
        <HeadRow columns={contents} />
        {account.contents.map(({ path, about, count: files }) => (
          <Row
            key={path}
            columns={contents}
            characters={about.length}
            cells={[
              <MonoText key="path">{path}</MonoText>,
              files === 1 ? about : say('contents.files', { about, count: files }),
            ]}
          />
        ))}
        <Heading>{say('evidence')}</Heading>
        {account.evidence.length === 0 ? <Nothing>{say('evidence.none')}</Nothing> : null}
        {account.evidence.length === 0 ? null : <HeadRow columns={evidence} />}
        {account.evidence.map(({ path, title, observedAt }) => (
          <Row
            key={path}
            columns={evidence}
            characters={title.length + path.length}
            cells={[<MonoText key="path">{breakable(path)}</MonoText>, title, date(observedAt)]}
          />
        ))}
        <Heading>{say('waivers')}</Heading>
        {account.waivers.length === 0 ? (
          <Nothing>{say('waivers.none')}</Nothing>
        ) : (
          <HeadRow columns={waivers} />
        )}
        {account.waivers.map(({ service, signedBy, signedAt, heldOnTheDay, path }) => (
          <Row
            key={`${service} ${signedAt}`}
            columns={waivers}
            characters={service.length + signedBy.length}
            cells={[
              path ? <MonoText key="path">{breakable(path)}</MonoText> : say('waivers.no-file'),
              heldOnTheDay ? service : say('waivers.ended', { service }),
              say('waivers.by', { name: signedBy, day: date(signedAt) }),
            ]}
          />
        ))}
        {account.missing.length === 0 ? null : <Heading>{say('missing')}</Heading>}
        {account.missing.length === 0 ? null : <Text style={style.text}>{say('missing.lead')}</Text>}
        {account.missing.map(({ title, reason }) => (
          <Text key={title} style={style.text}>
            {say(`missing.${reason}`, { title })}
          </Text>
        ))}
        <View wrap={false}>
          <Heading>{say('check')}</Heading>
          <Text style={style.text}>{say('check.run')}</Text>
          <View style={{ backgroundColor: COLOUR.wash, padding: 8, marginBottom: 8 }}>
            <MonoText>
              {[
                'sha256sum -c SHA256SUMS',
                'openssl x509 -in signer.pem -noout -pubkey > signer.pub',
                'openssl dgst -sha256 -verify signer.pub -signature manifest.json.sig manifest.json',
                `openssl verify -attime ${Math.floor(at.getTime() / 1000)} -CAfile authority.pem signer.pem`,
              ].join('\n')}
            </MonoText>
          </View>
          <Text style={style.text}>{say('check.ask', { organisation: account.organisation })}</Text>
          <MonoText>{account.authorityFingerprint.replace(/^(.{48})/, '$1\n')}</MonoText>
          <Text style={[style.text, { marginTop: 8 }]}>
            {say('check.proofs', {
              number: checkpoint.number,
              time: time(checkpoint.createdAt),
              size: checkpoint.size,
            })}
          </Text>
          <Text style={style.small}>{say('check.left-out')}</Text>
        </View>
      </Run>
    </Document>
  )
}

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

interface RunProps {
  account: ClaimCoverAccount
  words: CoverWords
  children: ReactNode
}

function Run({ account, words: { say }, children }: RunProps) {
  const chrome = (page: Chrome) => (
    <>
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <View style={[style.row, { justifyContent: 'space-between', marginTop: 20 }]}>
        <MonoText size={6.5} colour={COLOUR.faint}>
          {account.packId}
        </MonoText>
        <Text style={style.label}>
          {say('page.number', { page: page.pageNumber ?? '', pages: page.totalPages ?? '' })}
        </Text>
      </View>
    </>
  )
  return (
    <Page
      size={PAGE.size}
      style={[style.page, { fontFamily: familiesOf(JSON.stringify(account)) }]}
      layout={chrome}
    >
      {/* Directly on the page, as in the report: react-pdf 4.9 breaks nothing else over many pages. */}
      {children}
    </Page>
  )
}

function Heading({ children }: { children: string }) {
  return (
    <View wrap={false} minPresenceAhead={60}>
      <Text style={style.h2}>{children}</Text>
    </View>
  )
}

interface BarProps {
  title: string
  counts: CoverCounts
  words: CoverWords
}

function Bar({ title, counts, words: { say } }: BarProps) {
  const parts = [
    { label: say('state.supported'), count: counts.supported, shape: STANDING_SHAPES.supported },
    {
      label: say('state.contradicted'),
      count: counts.contradicted - counts.excepted,
      shape: STANDING_SHAPES.contradicted,
    },
    { label: say('state.excepted'), count: counts.excepted, shape: 'half' as const },
    { label: say('state.unsupported'), count: counts.unsupported, shape: STANDING_SHAPES.unsupported },
    { label: say('state.stale'), count: counts.stale, shape: STANDING_SHAPES.stale },
    { label: say('state.not-claimed'), count: counts['not-claimed'], shape: STANDING_SHAPES['not-claimed'] },
    { label: say('state.unanswered'), count: counts.unanswered, shape: STANDING_SHAPES.gap },
  ]
  return <OutcomeBar title={title} parts={parts} />
}

/** A path without a place to break would leave its column. */
const breakable = (path: string) => path.replace(/(.{44})/g, '$1\n')
