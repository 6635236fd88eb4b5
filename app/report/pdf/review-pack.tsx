/** The review of a period on paper: pictures first, and beside each the numbers that it shows. */
import { Document, Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { type PaperWords, paperWords } from '../language/papers/words.ts'
import type { PackAccount, PackChange } from '../review-pack/pack-account.ts'
import { Logo } from './logo.tsx'
import { COLOUR, PAGE, reading, style } from './look.ts'
import { FindingBars, ReadinessBars } from './review-pack-charts.tsx'
import { ReviewPackDates } from './review-pack-dates.tsx'
import { Head } from './review-pack-head.tsx'
import { type Column, HeadRow, Row } from './rows.tsx'
import { familiesOf, printableTexts } from './typefaces.ts'

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

/** The day before the period: what it began with. */
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

export function ReviewPack({ account: original, logo }: { account: PackAccount; logo?: Uint8Array }) {
  const account = printableTexts(original)
  const words = paperWords(account.language)
  const { say, date } = words
  const { brand, client, period } = account
  const accent = brand?.accent ?? COLOUR.accent
  const at = new Date(account.madeAt)
  const days = { before: date(dayBefore(period.first)), last: date(period.last) }
  const chrome = (page: Chrome) => (
    <>
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <View style={[style.row, { justifyContent: 'space-between', marginTop: 20 }]}>
        <Text style={[style.label, { width: 380, maxLines: 1, textOverflow: 'ellipsis' }]}>{client}</Text>
        <Text style={style.label}>
          {say('page.number', { page: page.pageNumber ?? '', pages: page.totalPages ?? '' })}
        </Text>
      </View>
    </>
  )
  return (
    <Document
      title={say('pack.title', { client })}
      author={account.organisation}
      creator="Attested"
      producer="Attested"
      language={account.language}
      pdfVersion="1.7"
      creationDate={at}
      modificationDate={at}
    >
      <Page
        size={PAGE.size}
        style={[style.page, { fontFamily: familiesOf(JSON.stringify(account)) }]}
        layout={chrome}
      >
        {/* Flat on the page: react-pdf 4.9 breaks nothing else over many pages. */}
        <Logo brand={brand} logo={logo} />
        <View
          style={{ ...style.body, borderTop: `3 solid ${accent}`, paddingTop: 12, marginTop: logo ? 18 : 0 }}
        >
          <Text style={[style.strong, { fontSize: 10.5, color: accent }]}>{say('pack.kind')}</Text>
        </View>
        <Text style={[style.h1, { marginTop: 12, fontSize: client.length > 80 ? 13 : 17 }, reading(client)]}>
          {client}
        </Text>
        <Text style={[style.lead, { marginBottom: 4 }]}>
          {say('pack.lead', {
            first: date(period.first),
            last: date(period.last),
            organisation: account.organisation,
            day: date(account.madeAt),
          })}
        </Text>
        <Text style={[style.small, { maxWidth: 440 }]}>{say('pack.basis', days)}</Text>
        <Text style={[style.small, { maxWidth: 440 }]}>{say('pack.read-when-made')}</Text>
        {account.forms.map(({ title, edition, isSigned }) => (
          <Text key={`${title} ${edition}`} style={[style.small, { maxWidth: 440 }, reading(title)]}>
            {say('pack.form', { title, edition, state: say(`pack.form.${isSigned ? 'signed' : 'draft'}`) })}
          </Text>
        ))}
        <Head empty={account.domains.length === 0 ? say('pack.no-application') : null}>
          {say('pack.readiness')}
        </Head>
        {account.domains.length > 0 ? (
          <Text style={[style.small, { marginBottom: 6 }]}>{say('pack.readiness.lead', days)}</Text>
        ) : null}
        {account.domains.length > 0 ? <ReadinessBars domains={account.domains} words={words} /> : null}
        <Head empty={account.actions.length === 0 ? say('pack.actions.none') : null}>
          {say('pack.actions')}
        </Head>
        {account.actions.map((action, index) => (
          <View
            key={`${action.kind} ${action.title}`}
            wrap={action.title.length > 700}
            style={[style.row, style.body, { marginBottom: 5 }]}
          >
            <Text style={[style.strong, { width: 18, color: accent }]}>{index + 1}</Text>
            <View style={{ flex: 1 }}>
              <Text style={reading(action.title)}>{action.title}</Text>
              <Text style={style.small}>{describeAction(action, words)}</Text>
            </View>
          </View>
        ))}
        <Changes kind="improved" changes={account.improved} words={words} />
        <Changes kind="drifted" changes={account.drifted} words={words} />
        {account.domains.length > 0 ? (
          <Text style={[style.text, { marginTop: 8, marginBottom: 2 }]}>
            {say('pack.contradictions', account.contradictions)}
          </Text>
        ) : null}
        {account.firstAnswered.count > 0 ? (
          <Text style={[style.text, { marginBottom: 2 }]}>{describeFirst(account, words)}</Text>
        ) : null}
        <Head empty={emptyFindings(account, words)}>{say('pack.findings')}</Head>
        {account.findings && account.findings.length > 0 ? (
          <FindingBars findings={account.findings} words={words} />
        ) : null}
        <ReviewPackDates account={account} words={words} />
      </Page>
    </Document>
  )
}

const emptyFindings = ({ findings }: PackAccount, { say }: PaperWords): string | null => {
  if (findings === null) return say('pack.findings.no-register')
  return findings.length === 0 ? say('pack.findings.none') : null
}

const describeFirst = ({ firstAnswered: { count, contradicted } }: PackAccount, { say }: PaperWords) =>
  [
    say('pack.first-answered', { count }),
    ...(contradicted > 0 ? [say('pack.first-contradicted', { count: contradicted })] : []),
  ].join(' ')

const describeAction = (action: PackAccount['actions'][number], { say }: PaperWords) =>
  action.kind === 'fix'
    ? say('pack.action.fix', { findings: action.findings, assets: action.assets })
    : say('pack.action.remedy', { count: action.answers })

function Changes(props: { kind: 'improved' | 'drifted'; changes: readonly PackChange[]; words: PaperWords }) {
  const { kind, changes, words } = props
  const { say } = words
  const columns: Column[] = [
    { title: say('pack.question'), width: 210 },
    { title: say('pack.change'), width: 110 },
    { title: say('pack.reason') },
  ]
  return (
    <>
      <Head empty={changes.length === 0 ? say(`pack.${kind}.none`) : null}>
        {say(`pack.${kind}`, { count: changes.length })}
      </Head>
      {changes.length > 0 ? <HeadRow columns={columns} /> : null}
      {changes.map(({ form, item, prompt, before, now, reasons }) => {
        const why = reasons.join(' ')
        const states = { before: say(`pack.state.${before}`), now: say(`pack.state.${now}`) }
        return (
          <Row
            key={`${form} ${item} ${prompt}`}
            columns={columns}
            characters={prompt.length + why.length}
            cells={[
              <View key="question">
                <Text style={reading(prompt)}>{`${item} ${prompt}`.trim()}</Text>
                <Text style={[style.small, reading(form)]}>{form}</Text>
              </View>,
              before === now ? say('pack.still', { now: states.now }) : say('pack.became', states),
              why,
            ]}
          />
        )
      })}
    </>
  )
}
