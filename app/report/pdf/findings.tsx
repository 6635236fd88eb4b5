/** Open findings of the client's register by severity and age, and what became of the others. */
import { Text, View } from '@react-pdf/renderer'
import type { FindingSummary } from '../statement-parts.ts'
import type { Account } from './account.ts'
import { sentencesOfFindings } from './finding-sentences.ts'
import { COLOUR, style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'
import { groupDigits, SEVERITY_WORDS, wordDate } from './wording.ts'

type OpenRow = FindingSummary['open'][number]

const AGES = [
  { key: 'upTo30Days', title: 'Up to 30 days', tone: COLOUR.wash },
  { key: 'upTo90Days', title: '31 to 90 days', tone: COLOUR.half },
  { key: 'upTo180Days', title: '91 to 180 days', tone: COLOUR.accent },
  { key: 'older', title: 'Longer', tone: COLOUR.ink },
] as const

const COLUMNS: Column[] = [
  { title: 'Severity', width: 78 },
  ...AGES.map(({ title }): Column => ({ title, width: 68, align: 'right' })),
  { title: 'Open', width: 52, align: 'right' },
  { title: 'Share by age' },
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
  const { open } = findings
  const most = Math.max(0, ...open.filter(({ severity }) => severity !== 'info').map(sumOf))
  return (
    <Chapter
      account={account}
      number={number}
      title="Open findings by severity and age"
      lead={`Weaknesses that scans reported and no later scan found fixed, on ${wordDate(findings.countedOn)}. Age counts from the day a scan first saw them.`}
    >
      {open.length === 0 ? (
        <Nothing>No finding is open.</Nothing>
      ) : (
        <>
          <HeadRow columns={COLUMNS} />
          {open.map((row) => (
            <Row
              key={row.severity}
              columns={COLUMNS}
              characters={80}
              cells={[
                SEVERITY_WORDS[row.severity],
                ...AGES.map(({ key }) => groupDigits(row[key])),
                groupDigits(sumOf(row)),
                // Informational findings are observations, many and harmless; a bar of them would dwarf the others.
                row.severity === 'info' ? '' : <AgeBar key="bar" row={row} most={most} />,
              ]}
            />
          ))}
          <Text style={[style.small, { marginTop: 5 }]}>
            The bars run from the youngest findings, light, to the oldest, black; their length compares the
            rows.
          </Text>
        </>
      )}
      <Subheading>What matters most</Subheading>
      {sentencesOfFindings(findings).map((sentence) => (
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
