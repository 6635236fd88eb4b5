/** Open findings of the client's register by severity and age, and what became of the others. */
import { Text, View } from '@react-pdf/renderer'
import type { FindingSummary } from '../statement-parts.ts'
import type { Account } from './account.ts'
import { COLOUR, style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Nothing, Row } from './rows.tsx'
import { count, groupDigits, SEVERITY_WORDS, wordDate } from './wording.ts'

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
      {sentencesOf(findings).map((sentence) => (
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

function sentencesOf({
  open,
  exploited,
  oldestSeenOn,
  accepted,
  falsePositives,
  fixed,
  scansNotCounted,
}: FindingSummary) {
  const urgent = open.filter(({ severity }) => severity === 'critical' || severity === 'high')
  const late = urgent.reduce((sum, row) => sum + row.upTo90Days + row.upTo180Days + row.older, 0)
  return [
    exploited.open === 0
      ? 'No open finding is in CISA’s list of exploited weaknesses, as the preparer last loaded it.'
      : `${count(exploited.open, 'open finding')} ${exploited.open === 1 ? 'is' : 'are'} in CISA’s list of exploited weaknesses; ${count(exploited.pastDue, 'is', 'are')} past that list’s date.`,
    late === 0
      ? 'No critical or high finding has been open for more than 30 days.'
      : `${count(late, 'critical or high finding')} ${late === 1 ? 'has' : 'have'} been open for more than 30 days.`,
    ...(oldestSeenOn ? [`The oldest open finding was first seen on ${wordDate(oldestSeenOn)}.`] : []),
    `${count(accepted, 'finding')} ${accepted === 1 ? 'is' : 'are'} accepted for a time, ${groupDigits(falsePositives)} judged false, ${groupDigits(fixed)} found fixed by a later scan.`,
    ...(scansNotCounted > 0
      ? [
          `${count(scansNotCounted, 'scan')} that had just come in or been withdrawn ${scansNotCounted === 1 ? 'is' : 'are'} not counted here yet.`,
        ]
      : []),
  ]
}
