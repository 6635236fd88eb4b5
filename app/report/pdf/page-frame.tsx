/** Every page after the cover: running head, foot with the page number, and headings that appear in the outline. */

import { Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { cutText } from '#app/language/cut-text.ts'
import { reattestWords } from '../language/reattestation/words.ts'
import type { Account } from './account.ts'
import { COLOUR, PAGE, style } from './look.ts'
import { MonoText } from './mono-text.tsx'

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

/** One run of pages: what flows in it, with the running head above and the foot below on each. */
export function PageFrame(props: {
  account: Account
  bookmark: string
  isCover?: boolean
  children: ReactNode
}) {
  const { account, bookmark, isCover, children } = props
  const { families } = account
  const chrome = (page: Chrome) => (
    <>
      {isCover ? null : <PageHead account={account} />}
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <PageFoot account={account} pageNumber={page.pageNumber} totalPages={page.totalPages} />
    </>
  )
  return (
    <Page size={PAGE.size} style={[style.page, { fontFamily: families }]} bookmark={bookmark} layout={chrome}>
      {/* Directly on the page: react-pdf 4.9 cannot break a view higher than about 30,000 points (its float32 gaps turn negative). */}
      {children}
    </Page>
  )
}

// Without a break to cut at, react-pdf's own ellipsis would leave nothing of a long word.
const shorten = (name: string) => (name.length > 70 ? `${cutText(name, 60).trimEnd()}…` : name)

const between = { justifyContent: 'space-between' } as const

function PageHead({ account: { statement, words } }: { account: Account }) {
  const { client, edition, reattestation } = statement
  const name = { client: shorten(client.legalName) }
  return (
    <View
      style={[
        style.row,
        between,
        { borderBottom: `0.5 solid ${COLOUR.hairline}`, paddingBottom: 6, marginBottom: 24 },
      ]}
    >
      <Text style={[style.label, { width: 320, maxLines: 1, textOverflow: 'ellipsis' }]}>
        {reattestation
          ? reattestWords(statement.language).say('page.head', name)
          : words.say('page.head', name)}
      </Text>
      <Text style={[style.label, { width: 165, maxLines: 1, textOverflow: 'ellipsis', textAlign: 'right' }]}>
        {words.say('document.subject', { form: edition.formTitle, edition: edition.edition })}
      </Text>
    </View>
  )
}

function PageFoot(props: { account: Account; pageNumber?: number; totalPages?: number }) {
  const { account, pageNumber, totalPages } = props
  return (
    <View style={[style.row, between, { marginTop: 20 }]}>
      <MonoText size={6.5} colour={COLOUR.faint}>
        {account.statement.reportId}
      </MonoText>
      <Text style={style.label}>
        {account.words.say('page.number', { page: pageNumber ?? '', pages: totalPages ?? '' })}
      </Text>
    </View>
  )
}

/** A chapter on pages of its own. */
export function Chapter(props: {
  account: Account
  number: string
  title: string
  lead?: string
  children: ReactNode
}) {
  const { account, number, title, lead, children } = props
  return (
    <PageFrame account={account} bookmark={`${number}  ${title}`}>
      <View style={[style.row, { borderTop: `1 solid ${COLOUR.rule}`, paddingTop: 9 }]}>
        <Text style={[style.h1, { color: account.accent, width: 30 }]}>{number}</Text>
        <Text style={[style.h1, { flex: 1 }]}>{title}</Text>
      </View>
      {lead ? <Text style={[style.lead, { marginLeft: 30 }]}>{lead}</Text> : <View style={{ height: 6 }} />}
      {children}
    </PageFrame>
  )
}

export function Subheading({ children }: { children: string }) {
  return (
    <View wrap={false} minPresenceAhead={60}>
      <Text style={style.h2}>{children}</Text>
    </View>
  )
}
