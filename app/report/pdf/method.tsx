/** How statuses come about, and what this report cannot say. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { Independence } from './independence.tsx'
import { style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { Chapter, Subheading } from './page-frame.tsx'
import { Labelled } from './rows.tsx'
import { ControlMark } from './status-mark.tsx'
import { CONTROL_WORDS, type ControlStatus, groupDigits, wordDate } from './wording.ts'

const PARAGRAPHS = [
  'People answered the questions. Evidence was kept with its checksum, and facts were read from it by program. Each fact holds for a place and a time: a port seen closed from inside the network says nothing about the internet, and evidence loses its force when it grows old. A fact contradicts an answer only where both speak about the same thing.',
  'A contradicted answer cannot be signed until it is changed or an exception gives the reason, what reduces the risk, who owns it, who approved it and when it ends. “I don’t know” is an answer; it opens a gap and never counts as met.',
  'Facts are what tools and exports recorded. They can be incomplete or wrong, and tools see only what they can reach. Nothing was tested by attack. A control that is met on the date of this report may not be met later.',
] as const

export function Method({ account, number }: { account: Account; number: string }) {
  const { statement } = account
  const { edition, ledgerHead, application, createdAt } = statement
  return (
    <Chapter account={account} number={number} title="Method and limits">
      {PARAGRAPHS.map((paragraph) => (
        <Text key={paragraph} style={style.text}>
          {paragraph}
        </Text>
      ))}
      <Independence account={account} />
      <Subheading>What a control’s status means</Subheading>
      {Object.entries(CONTROL_WORDS).map(([status, { word, meaning }]) => (
        <View key={status} wrap={false} style={[style.row, style.body, { marginBottom: 4 }]}>
          <View style={{ width: 100 }}>
            <ControlMark status={status as ControlStatus} words={word} />
          </View>
          <Text style={{ flex: 1, maxWidth: 380 }}>{meaning}</Text>
        </View>
      ))}
      <Subheading>What this report is bound to</Subheading>
      <View style={[style.row, { flexWrap: 'wrap' }]}>
        <Labelled label="Application begun" width="34%">
          {wordDate(application.createdAt)}
        </Labelled>
        <Labelled label="Answers frozen" width="33%">
          {wordDate(createdAt)}
        </Labelled>
        <Labelled label="Control catalogue" width="33%">
          {edition.catalogueVersion}
        </Labelled>
        <Hash label={`SHA-256 of ${edition.formTitle}, edition ${edition.edition}`} value={edition.sha256} />
        <Hash
          label={`Ledger of ${statement.preparedBy.name} when frozen: entry ${groupDigits(ledgerHead.sequence)}`}
          value={ledgerHead.hash}
        />
      </View>
    </Chapter>
  )
}

export function Hash({ label, value }: { label: string; value: string }) {
  return (
    <Labelled label={label}>
      <MonoText>{value}</MonoText>
    </Labelled>
  )
}
