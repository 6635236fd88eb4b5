/** Who answers for each control of a client: gaps first, so that they are read. */
import { Document, Page, Text, View } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import { type PaperWords, paperWords } from '../language/papers/words.ts'
import type { MatrixAccount } from '../responsibility/matrix-account.ts'
import { COLOUR, PAGE, style } from './look.ts'
import { type Column, HeadRow, Row } from './rows.tsx'
import { familiesOf, printableTexts } from './typefaces.ts'

type Chrome = { children: ReactNode; pageNumber?: number; totalPages?: number }

export function ResponsibilityMatrix({ account: original }: { account: MatrixAccount }) {
  const account = printableTexts(original)
  const words = paperWords(account.language)
  const { say, date } = words
  const at = new Date(account.madeAt)
  const chrome = (page: Chrome) => (
    <>
      <View style={{ flexGrow: 1 }}>{page.children}</View>
      <View style={[style.row, { justifyContent: 'space-between', marginTop: 20 }]}>
        <Text style={style.label}>{account.client}</Text>
        <Text style={style.label}>
          {say('page.number', { page: page.pageNumber ?? '', pages: page.totalPages ?? '' })}
        </Text>
      </View>
    </>
  )
  return (
    <Document
      title={say('matrix.title', { client: account.client })}
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
        <View style={{ ...style.body, borderTop: `3 solid ${COLOUR.accent}`, paddingTop: 12 }}>
          <Text style={[style.strong, { fontSize: 10.5, color: COLOUR.accent }]}>{say('matrix.kind')}</Text>
        </View>
        <Text style={[style.h1, { marginTop: 12 }]}>{account.client}</Text>
        <Text style={style.lead}>
          {say('matrix.lead', { organisation: account.organisation, day: date(account.madeAt) })}
        </Text>
        {account.groups.map(({ title, rows }) => (
          // Flat on the page: react-pdf 4.9 breaks nothing else over many pages.
          <GroupRows key={title} title={title} rows={rows} words={words} />
        ))}
      </Page>
    </Document>
  )
}

interface GroupRowsProps {
  title: string
  rows: MatrixAccount['groups'][number]['rows']
  words: PaperWords
}

function GroupRows({ title, rows, words: { say, date } }: GroupRowsProps) {
  const columns: Column[] = [
    { title: say('matrix.control'), width: 165 },
    { title: say('matrix.responsible'), width: 110 },
    { title: say('matrix.agreed-on'), width: 80 },
    { title: say('matrix.note') },
  ]
  return (
    <>
      <View wrap={false} minPresenceAhead={60}>
        <Text style={style.h2}>{say('matrix.group', { title, count: rows.length })}</Text>
      </View>
      <HeadRow columns={columns} />
      {rows.map(({ control, domain, responsible, isGap, agreedOn, note }) => (
        <Row
          key={control}
          columns={columns}
          characters={note.length + control.length}
          cells={[
            <View key="control">
              <Text>{control}</Text>
              <Text style={style.small}>{domain}</Text>
            </View>,
            <Text key="party" style={isGap ? [style.strong, { color: COLOUR.ink }] : style.medium}>
              {responsible}
            </Text>,
            agreedOn ? date(agreedOn) : isGap ? '' : say('matrix.no-day'),
            note,
          ]}
        />
      ))}
    </>
  )
}
