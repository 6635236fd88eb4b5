/** Every page after the cover: running head, foot with the page number, and headings that appear in the outline. */
import { Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import type { Statement } from '../statement.ts'
import { COLOUR, PAGE, style } from './look.ts'
import { MonoText } from './mono-text.tsx'

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

/** One run of pages: what flows in it, with the running head above and the foot below on each. */
export function PageFrame(props: {
  statement: Statement
  bookmark: string
  isCover?: boolean
  children: ReactNode
}) {
  const { statement, bookmark, isCover, children } = props
  const chrome = (page: Chrome) => (
    <>
      {isCover ? null : <PageHead statement={statement} />}
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <PageFoot statement={statement} pageNumber={page.pageNumber} totalPages={page.totalPages} />
    </>
  )
  return (
    <Page size={PAGE.size} style={style.page} bookmark={bookmark} layout={chrome}>
      {/* Directly on the page: react-pdf 4.9 cannot break a view higher than about 30,000 points (its float32 gaps turn negative). */}
      {children}
    </Page>
  )
}

// Without a break to cut at, react-pdf's own ellipsis would leave nothing of a long word.
const shorten = (name: string) => (name.length > 70 ? `${name.slice(0, 60).trimEnd()}…` : name)

const between = { justifyContent: 'space-between' } as const

function PageHead({ statement: { client, edition } }: { statement: Statement }) {
  return (
    <View
      style={[
        style.row,
        between,
        { borderBottom: `0.5 solid ${COLOUR.hairline}`, paddingBottom: 6, marginBottom: 24 },
      ]}
    >
      <Text style={[style.label, { width: 320, maxLines: 1, textOverflow: 'ellipsis' }]}>
        {`Readiness report · ${shorten(client.legalName)}`}
      </Text>
      <Text style={[style.label, { width: 165, maxLines: 1, textOverflow: 'ellipsis', textAlign: 'right' }]}>
        {edition.formTitle}, edition {edition.edition}
      </Text>
    </View>
  )
}

function PageFoot(props: { statement: Statement; pageNumber?: number; totalPages?: number }) {
  return (
    <View style={[style.row, between, { marginTop: 20 }]}>
      <MonoText size={6.5} colour={COLOUR.faint}>
        {props.statement.reportId}
      </MonoText>
      <Text style={style.label}>{`Page ${props.pageNumber} of ${props.totalPages}`}</Text>
    </View>
  )
}

/** A chapter on pages of its own. */
export function Chapter(props: {
  statement: Statement
  number: string
  title: string
  lead?: string
  children: ReactNode
}) {
  const { statement, number, title, lead, children } = props
  return (
    <PageFrame statement={statement} bookmark={`${number}  ${title}`}>
      <View style={[style.row, { borderTop: `1 solid ${COLOUR.rule}`, paddingTop: 9 }]}>
        <Text style={[style.h1, { color: COLOUR.accent, width: 30 }]}>{number}</Text>
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
