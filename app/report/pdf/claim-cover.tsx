/** The first pages of a claim pack: what it is, the incident, the readiness of the day, what is inside, how to check it. */
import { Document, Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import type { ClaimCoverAccount, CoverCounts } from '../claim-pack/cover-account.ts'
import { wordsIn } from '../language/words.ts'
import { COLOUR, PAGE, style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { OutcomeBar } from './outcome-bar.tsx'
import { type Column, HeadRow, Labelled, Nothing, Row } from './rows.tsx'
import { STANDING_SHAPES } from './status-mark.tsx'
import { familiesOf, printableTexts } from './typefaces.ts'

const CONTENTS: Column[] = [{ title: 'Path', width: 170 }, { title: 'What it is' }]
const EVIDENCE: Column[] = [
  { title: 'File', width: 210 },
  { title: 'Title' },
  { title: 'Observed', width: 80 },
]
const TOLD_LETTERS = 2400
// The pack around it is in English, whatever language the report inside is in.
const { date: wordDate, time: wordTime, number } = wordsIn('en')

const count = (items: number, one: string, several = `${one}s`) =>
  `${number(items)} ${items === 1 ? one : several}`

export function ClaimCover({ account: original }: { account: ClaimCoverAccount }) {
  const account = printableTexts(original)
  const { client, incident, application, checkpoint } = account
  const at = new Date(account.madeAt)
  const { occurredFrom, occurredUntil } = incident
  return (
    <Document
      title={`Claim pack of ${client}, ${wordDate(account.asOf)}`}
      author={account.organisation}
      subject={incident.title}
      keywords={`cyber insurance, claim, ${account.packId}`}
      creator="Attested"
      producer="Attested"
      language="en"
      pdfVersion="1.7"
      creationDate={at}
      modificationDate={at}
    >
      <Run account={account}>
        <View style={{ ...style.body, borderTop: `3 solid ${COLOUR.accent}`, paddingTop: 12, marginTop: 26 }}>
          <Text style={[style.strong, { fontSize: 10.5, color: COLOUR.accent }]}>Claim pack</Text>
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
        <Text style={[style.lead, { marginBottom: 18 }]}>
          The record of this client, frozen as of {wordDate(account.asOf)}: the application in force, what the
          evidence showed of it, and proof of when each part was recorded.
        </Text>
        <View style={[style.row, { flexWrap: 'wrap' }]}>
          <Labelled label="Incident" width="100%">
            {incident.title}
          </Labelled>
          <Labelled label="Kind" width="50%">
            {incident.kind}
          </Labelled>
          <Labelled label={occurredFrom === occurredUntil ? 'Occurred' : 'Occurred between'} width="50%">
            {occurredFrom === occurredUntil
              ? wordDate(occurredFrom)
              : `${wordDate(occurredFrom)} and ${wordDate(occurredUntil)}`}
          </Labelled>
          <Labelled label="Discovered" width="50%">
            {wordTime(incident.discoveredAt)}
          </Labelled>
          <Labelled label="Notice to the insurer" width="50%">
            {incident.reportedOn ? wordDate(incident.reportedOn) : 'Not recorded'}
          </Labelled>
          <Labelled label="Policy" width="50%">
            {incident.policyNumber ?? 'Not recorded'}
          </Labelled>
          <Labelled label="Notice reference" width="50%">
            {incident.noticeReference ?? 'Not recorded'}
          </Labelled>
          <Labelled label="Affected assets" width="100%">
            {shorten(incident.assets.join(', ') || 'None named', 900)}
          </Labelled>
        </View>
        {incident.description ? (
          <Text style={style.text}>{shorten(incident.description, TOLD_LETTERS)}</Text>
        ) : null}
        <Heading>Application in force</Heading>
        {application ? (
          <Text style={style.text}>
            {`${application.title}, edition ${application.edition}. `}
            {application.attestedAt
              ? `The insured attested it on ${wordTime(application.attestedAt)}.`
              : 'A draft: nobody had attested it by that day.'}
            {application.hasReport ? ' The signed report is in application/.' : ''}
          </Text>
        ) : (
          <Nothing>No application of this client was on record for that day.</Nothing>
        )}
        <Heading>{`Readiness on ${wordDate(account.asOf)}`}</Heading>
        <Text style={style.text}>
          {`Both views speak of the end of that day in UTC. The first counts evidence about the day that arrived by ${wordTime(account.knownOn)}; the second counts only what had been recorded on the day itself.`}
        </Text>
        <Bar title="What was true, as is known now" counts={account.asIs} />
        <Bar title="What could have been known then" counts={account.asKnown} />
        <Heading>What is inside</Heading>
        <HeadRow columns={CONTENTS} />
        {account.contents.map(({ path, about, count: files }) => (
          <Row
            key={path}
            columns={CONTENTS}
            characters={about.length}
            cells={[
              <MonoText key="path">{path}</MonoText>,
              files === 1 ? about : `${about} (${count(files, 'file')})`,
            ]}
          />
        ))}
        <Heading>Evidence that counted</Heading>
        {account.evidence.length === 0 ? <Nothing>No file counted on that day.</Nothing> : null}
        {account.evidence.length === 0 ? null : <HeadRow columns={EVIDENCE} />}
        {account.evidence.map(({ path, title, observedAt }) => (
          <Row
            key={path}
            columns={EVIDENCE}
            characters={title.length + path.length}
            cells={[<MonoText key="path">{breakable(path)}</MonoText>, title, wordDate(observedAt)]}
          />
        ))}
        {account.missing.length === 0 ? null : <Heading>Missing</Heading>}
        {account.missing.length === 0 ? null : (
          <Text style={style.text}>
            These files were received and counted, and the evidence store has them no more as they were. The
            manifest names each with the hash under which it was received.
          </Text>
        )}
        {account.missing.map(({ title, reason }) => (
          <Text key={title} style={style.text}>{`${title} (${reason})`}</Text>
        ))}
        <View wrap={false}>
          <Heading>How to check it</Heading>
          <Text style={style.text}>
            Unpack the archive and run these in its folder. README.txt repeats them. They need nothing of
            ours.
          </Text>
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
          <Text style={style.text}>
            {`Ask ${account.organisation} by telephone or in person whether this is the SHA-256 fingerprint of their signing authority:`}
          </Text>
          <MonoText>{account.authorityFingerprint.replace(/^(.{48})/, '$1\n')}</MonoText>
          <Text style={[style.text, { marginTop: 8 }]}>
            {`The proofs in ledger/ lead to checkpoint ${checkpoint.number} of ${wordTime(checkpoint.createdAt)}, signed over ${count(checkpoint.size, 'entry', 'entries')}. “attested verify” checks all of it at once, offline.`}
          </Text>
          <Text style={style.small}>
            Waivers of declined services and closed subjectivities are not part of this version of the pack.
          </Text>
        </View>
      </Run>
    </Document>
  )
}

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

function Run({ account, children }: { account: ClaimCoverAccount; children: ReactNode }) {
  const chrome = (page: Chrome) => (
    <>
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <View style={[style.row, { justifyContent: 'space-between', marginTop: 20 }]}>
        <MonoText size={6.5} colour={COLOUR.faint}>
          {account.packId}
        </MonoText>
        <Text style={style.label}>{`Page ${page.pageNumber} of ${page.totalPages}`}</Text>
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

function Bar({ title, counts }: { title: string; counts: CoverCounts }) {
  const parts = [
    { label: 'proved by evidence', count: counts.supported, shape: STANDING_SHAPES.supported },
    {
      label: 'contradicted',
      count: counts.contradicted - counts.excepted,
      shape: STANDING_SHAPES.contradicted,
    },
    { label: 'contradicted, excepted', count: counts.excepted, shape: 'half' as const },
    { label: 'stated without evidence', count: counts.unsupported, shape: STANDING_SHAPES.unsupported },
    { label: 'evidence out of date', count: counts.stale, shape: STANDING_SHAPES.stale },
    { label: 'make no claim to prove', count: counts['not-claimed'], shape: STANDING_SHAPES['not-claimed'] },
    { label: 'not answered', count: counts.unanswered, shape: STANDING_SHAPES.gap },
  ]
  return <OutcomeBar title={title} parts={parts} />
}

const shorten = (text: string, letters: number) =>
  text.length > letters ? `${text.slice(0, letters).trimEnd()}… (the rest is in incident.json)` : text

/** A path without a place to break would leave its column. */
const breakable = (path: string) => path.replace(/(.{44})/g, '$1\n')
