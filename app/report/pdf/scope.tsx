/** The first part of chapter 1: from when to when, from where, and over how many accounts and machines was looked. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { style } from './look.ts'
import { Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Labelled, Row } from './rows.tsx'
import { count, groupDigits, VIEWPOINT_WORDS, wordDate, wordFact, wordFactValue, wordId } from './wording.ts'

const COUNTED: Column[] = [
  { title: 'Counted' },
  { title: 'Result', width: 112 },
  { title: 'Holds for', width: 150 },
  { title: 'Observed', width: 82 },
]
const SHOWN = 16

export function Scope({ account: { statement } }: { account: Account }) {
  const { evidence, facts, scans, client } = statement
  const days = evidence.map(({ observedAt }) => observedAt.slice(0, 10)).sort()
  const counted = facts.filter(({ denominator }) => denominator !== undefined)
  return (
    <>
      <View style={[style.row, { flexWrap: 'wrap' }]}>
        <Labelled label="Evidence observed" width="50%">
          {days.length === 0 ? 'No evidence' : period(days[0], days.at(-1))}
        </Labelled>
        <Labelled label="Machines in the largest scan" width="50%">
          {scans.length === 0 ? 'No scan' : groupDigits(Math.max(...scans.map(({ assets }) => assets)))}
        </Labelled>
        <Labelled label="Seen from" width="50%">
          {viewpointsOf(facts)}
        </Labelled>
        <Labelled label="Domains" width="50%">
          {client.domains.join(', ') || 'None named'}
        </Labelled>
        <Labelled label="Kinds of evidence">{kindsOf(evidence)}</Labelled>
      </View>
      {counted.length > 0 ? (
        <>
          <Subheading>Accounts, machines and other things that were counted</Subheading>
          <HeadRow columns={COUNTED} />
          {counted.slice(0, SHOWN).map((fact) => (
            <Row
              key={fact.id}
              columns={COUNTED}
              characters={fact.scope.subject.length * 2 + String(fact.value).length * 2}
              cells={[wordFact(fact.key), wordFactValue(fact), fact.scope.subject, wordDate(fact.observedAt)]}
            />
          ))}
          {counted.length > SHOWN ? (
            <Text style={[style.small, { marginTop: 4 }]}>
              {`${count(counted.length - SHOWN, 'more count')} in appendix A.`}
            </Text>
          ) : null}
        </>
      ) : null}
    </>
  )
}

const period = (first = '', last = '') =>
  first === last ? wordDate(first) : `${wordDate(first)} to ${wordDate(last)}`

function viewpointsOf(facts: Account['statement']['facts']): string {
  const seen = Object.entries(VIEWPOINT_WORDS).flatMap(([viewpoint, words]) => {
    const number = facts.filter(({ scope }) => scope.viewpoint === viewpoint).length
    return number > 0 ? [`${words} (${count(number, 'fact')})`] : []
  })
  return seen.join(', ') || 'Nothing was read from the evidence'
}

function kindsOf(evidence: Account['statement']['evidence']): string {
  const byKind = new Map<string, number>()
  for (const { kind } of evidence) byKind.set(kind, (byKind.get(kind) ?? 0) + 1)
  return (
    [...byKind]
      .map(([kind, pieces]) => (pieces > 1 ? `${wordId(kind)} (${pieces})` : wordId(kind)))
      .join(', ') || 'None'
  )
}
