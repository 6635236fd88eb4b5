/** Who collected, who judged and who reviewed: whose word each part of the report is. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { COLOUR, style } from './look.ts'
import { Subheading } from './page-frame.tsx'
import { count } from './wording.ts'

const NAMED = 12

export function Independence({ account: { statement } }: { account: Account }) {
  const { preparedBy, reviewer, client, signers } = statement
  const certifier = signers.find(({ role }) => role === 'technical-contributor')
  const officer = signers.find(({ role }) => role === 'insured-officer')
  return (
    <>
      <Subheading>Who collected, who judged, who reviewed</Subheading>
      <Text style={style.text}>{collectedBy(statement.evidence)}</Text>
      <Text style={style.text}>
        {`${preparedBy.name} prepared this report. The statuses were computed from the answers and the evidence by fixed rules; nobody set one by hand. ${certifier ? `${certifier.name} certifies the technical facts` : ''}${officer ? `, and ${officer.name} attests the answers for ${client.legalName}` : ''}.`}
      </Text>
      <View
        style={{
          ...style.body,
          borderLeft: `2 solid ${COLOUR.ink}`,
          backgroundColor: COLOUR.wash,
          padding: 10,
          marginBottom: 4,
          maxWidth: 450,
        }}
      >
        <Text style={style.strong}>
          {reviewer
            ? `Named as independent reviewer: ${reviewer.name}, ${reviewer.organisation}`
            : 'No independent reviewer is named'}
        </Text>
        <Text style={{ marginTop: 2 }}>
          {reviewer
            ? `${preparedBy.name} says that this person, who belongs to neither side, reviewed the evidence. The reviewer did not sign this report: ask them before you rely on it.`
            : `${preparedBy.name} looks after systems that this report speaks of, and so judges its own work. Weigh what rests on its word alone accordingly; what rests on a file can be checked against the file.`}
        </Text>
      </View>
    </>
  )
}

function collectedBy(evidence: Account['statement']['evidence']): string {
  if (evidence.length === 0) return 'No evidence was collected.'
  const byName = new Map<string, number>()
  for (const { collector } of evidence) byName.set(collector, (byName.get(collector) ?? 0) + 1)
  const names = [...byName].sort(([, a], [, b]) => b - a)
  const told = names.slice(0, NAMED).map(([name, pieces]) => `${name} (${pieces})`)
  const more = names.length > NAMED ? `, and ${names.length - NAMED} others` : ''
  return `The ${count(evidence.length, 'piece')} of evidence ${evidence.length === 1 ? 'was' : 'were'} collected by ${told.join(', ')}${more}.`
}
