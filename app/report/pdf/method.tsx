/** How statuses come about, and what this report cannot say. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { Independence } from './independence.tsx'
import { style } from './look.ts'
import { MonoText } from './mono-text.tsx'
import { Chapter, Subheading } from './page-frame.tsx'
import { Labelled } from './rows.tsx'
import { ControlMark } from './status-mark.tsx'
import { CONTROL_STATUSES } from './wording.ts'

const PARAGRAPHS = ['method.answers', 'method.contradictions', 'method.limits'] as const

export function Method({ account, number }: { account: Account; number: string }) {
  const { statement, words } = account
  const { say, date } = words
  const { edition, ledgerHead, application, createdAt } = statement
  return (
    <Chapter account={account} number={number} title={say('method.title')}>
      {PARAGRAPHS.map((paragraph) => (
        <Text key={paragraph} style={style.text}>
          {say(paragraph)}
        </Text>
      ))}
      <Independence account={account} />
      <Subheading>{say('method.statuses')}</Subheading>
      {CONTROL_STATUSES.map((status) => (
        <View key={status} wrap={false} style={[style.row, style.body, { marginBottom: 4 }]}>
          <View style={{ width: 100 }}>
            <ControlMark status={status} words={say(`status.${status}`)} />
          </View>
          <Text style={{ flex: 1, maxWidth: 380 }}>{say(`meaning.${status}`)}</Text>
        </View>
      ))}
      <Subheading>{say('method.bound')}</Subheading>
      <View style={[style.row, { flexWrap: 'wrap' }]}>
        <Labelled label={say('method.begun')} width="34%">
          {date(application.createdAt)}
        </Labelled>
        <Labelled label={say('method.frozen')} width="33%">
          {date(createdAt)}
        </Labelled>
        <Labelled label={say('method.catalogue')} width="33%">
          {edition.catalogueVersion}
        </Labelled>
        <Hash
          label={say('method.edition-hash', { form: edition.formTitle, edition: edition.edition })}
          value={edition.sha256}
        />
        <Hash
          label={say('method.ledger', { preparer: statement.preparedBy.name, entry: ledgerHead.sequence })}
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
