/** Open findings of the client's register by severity and age, and what became of the others. */
import { Text, View } from '@react-pdf/renderer'
import type { Words } from '../language/words.ts'
import type { FindingSummary } from '../statement-parts.ts'
import type { Account } from './account.ts'
import { sentencesOfFindings } from './finding-sentences.ts'
import { COLOUR, style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'

type OpenRow = FindingSummary['open'][number]

const AGES = [
  { key: 'upTo30Days', tone: COLOUR.wash },
  { key: 'upTo90Days', tone: COLOUR.half },
  { key: 'upTo180Days', tone: COLOUR.accent },
  { key: 'older', tone: COLOUR.ink },
] as const

const columnsOf = ({ say }: Words): Column[] => [
  { title: say('findings.severity'), width: 78 },
  ...AGES.map(({ key }): Column => ({ title: say(`age.${key}`), width: 68, align: 'right' })),
  { title: say('findings.open'), width: 52, align: 'right' },
  { title: say('findings.share') },
]

const sumOf = (row: OpenRow) => AGES.reduce((sum, { key }) => sum + row[key], 0)

export function Findings({
  account,
  number,
  findings,
}: {
  account: Account
  number: string
  findings: FindingSummary
}) {
  const { words } = account
  const { say } = words
  const { open } = findings
  const columns = columnsOf(words)
  const most = Math.max(0, ...open.filter(({ severity }) => severity !== 'info').map(sumOf))
  return (
    <Chapter
      account={account}
      number={number}
      title={say('findings.title')}
      lead={say('findings.lead', { date: words.date(findings.countedOn) })}
    >
      {open.length === 0 ? (
        <Nothing>{say('findings.none')}</Nothing>
      ) : (
        <>
          <HeadRow columns={columns} />
          {open.map((row) => (
            <Row
              key={row.severity}
              columns={columns}
              characters={80}
              cells={[
                say(`severity.${row.severity}`),
                ...AGES.map(({ key }) => words.number(row[key])),
                words.number(sumOf(row)),
                // Informational findings are observations, many and harmless; a bar of them would dwarf the others.
                row.severity === 'info' ? '' : <AgeBar key="bar" row={row} most={most} />,
              ]}
            />
          ))}
          <Text style={[style.small, { marginTop: 5 }]}>{say('findings.bars')}</Text>
        </>
      )}
      <Subheading>{say('findings.matters')}</Subheading>
      {sentencesOfFindings(words, findings).map((sentence) => (
        <View key={sentence} style={[style.row, style.body, { maxWidth: 450, marginBottom: 3 }]}>
          <Text style={{ width: 12 }}>–</Text>
          <Text style={{ flex: 1 }}>{sentence}</Text>
        </View>
      ))}
    </Chapter>
  )
}

function AgeBar({ row, most }: { row: OpenRow; most: number }) {
  const width = Math.max(4, (92 * sumOf(row)) / most)
  return (
    <View style={[style.row, { width, height: 10, marginTop: 2, border: `0.5 solid ${COLOUR.ink}` }]}>
      {AGES.map(({ key, tone }) => (
        <View key={key} style={{ flexGrow: row[key], flexBasis: 0, backgroundColor: tone }} />
      ))}
    </View>
  )
}
