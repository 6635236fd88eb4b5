/** The first part of chapter 1: from when to when, from where, and over how many accounts and machines was looked. */
import { Text, View } from '@react-pdf/renderer'
import type { Words } from '../language/words.ts'
import type { Account } from './account.ts'
import { style } from './look.ts'
import { Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Labelled, Row } from './rows.tsx'
import { wordFact, wordFactValue, wordKind } from './wording.ts'

const countedColumns = ({ say }: Words): Column[] => [
  { title: say('scope.counted') },
  { title: say('scope.result'), width: 112 },
  { title: say('scope.holds-for'), width: 150 },
  { title: say('scope.observed-on'), width: 92 },
]
const SHOWN = 16
const VIEWPOINTS = ['external', 'internal', 'tenant', 'statement'] as const

export function Scope({ account: { statement, words } }: { account: Account }) {
  const { say, number, date } = words
  const { evidence, facts, scans, client } = statement
  const columns = countedColumns(words)
  const days = evidence.map(({ observedAt }) => observedAt.slice(0, 10)).sort()
  const counted = facts.filter(({ denominator }) => denominator !== undefined)
  return (
    <>
      <View style={[style.row, { flexWrap: 'wrap' }]}>
        <Labelled label={say('scope.observed')} width="50%">
          {days.length === 0 ? say('scope.no-evidence') : periodOf(words, days[0], days.at(-1))}
        </Labelled>
        <Labelled label={say('scope.machines')} width="50%">
          {scans.length === 0 ? say('scope.no-scan') : number(Math.max(...scans.map(({ assets }) => assets)))}
        </Labelled>
        <Labelled label={say('scope.seen-from')} width="50%">
          {viewpointsOf(words, facts)}
        </Labelled>
        <Labelled label={say('scope.domains')} width="50%">
          {client.domains.join(', ') || say('scope.no-domains')}
        </Labelled>
        <Labelled label={say('scope.kinds')}>{kindsOf(words, evidence)}</Labelled>
      </View>
      {counted.length > 0 ? (
        <>
          <Subheading>{say('scope.counted-title')}</Subheading>
          <HeadRow columns={columns} />
          {counted.slice(0, SHOWN).map((fact) => (
            <Row
              key={fact.id}
              columns={columns}
              characters={fact.scope.subject.length * 2 + String(fact.value).length * 2}
              cells={[
                wordFact(words, fact.key),
                wordFactValue(words, fact),
                fact.scope.subject,
                date(fact.observedAt),
              ]}
            />
          ))}
          {counted.length > SHOWN ? (
            <Text style={[style.small, { marginTop: 4 }]}>
              {say('scope.more', { count: counted.length - SHOWN })}
            </Text>
          ) : null}
        </>
      ) : null}
    </>
  )
}

function periodOf({ say, date }: Words, first = '', last = ''): string {
  return first === last ? date(first) : say('scope.period', { first: date(first), last: date(last) })
}

function viewpointsOf({ say }: Words, facts: Account['statement']['facts']): string {
  const seen = VIEWPOINTS.flatMap((viewpoint) => {
    const count = facts.filter(({ scope }) => scope.viewpoint === viewpoint).length
    return count > 0 ? [say('scope.seen-facts', { viewpoint: say(`viewpoint.${viewpoint}`), count })] : []
  })
  return seen.join(', ') || say('scope.nothing-read')
}

function kindsOf(words: Words, evidence: Account['statement']['evidence']): string {
  const byKind = new Map<string, number>()
  for (const { kind } of evidence) byKind.set(kind, (byKind.get(kind) ?? 0) + 1)
  return (
    [...byKind]
      .map(([kind, pieces]) => (pieces > 1 ? `${wordKind(words, kind)} (${pieces})` : wordKind(words, kind)))
      .join(', ') || words.say('scope.no-kinds')
  )
}
