/** Chapter 3: every control by domain, with its status and why. */
import { Text } from '@react-pdf/renderer'
import { Fragment } from 'react'
import type { Words } from '../language/words.ts'
import type { Account } from './account.ts'
import { Sources } from './attention.tsx'
import { DomainChart } from './domain-chart.tsx'
import { style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Row } from './rows.tsx'
import { ControlMark } from './status-mark.tsx'

const columnsOf = ({ say }: Words): Column[] => [
  { title: say('controls.status'), width: 92 },
  { title: say('controls.why') },
  { title: 'CIS Controls', width: 62 },
  { title: 'NIST CSF', width: 76 },
]

export function Controls({ account }: { account: Account }) {
  const { say } = account.words
  const columns = columnsOf(account.words)
  return (
    <Chapter account={account} number="3" title={say('controls.title')} lead={say('controls.lead')}>
      {account.domains.length > 0 ? (
        <>
          <Subheading>{say('controls.by-domain')}</Subheading>
          <DomainChart account={account} />
        </>
      ) : null}
      {account.domains.map(({ title, controls }) => (
        <Fragment key={title}>
          <Subheading>{title}</Subheading>
          <HeadRow columns={columns} />
          {controls.map((control) => (
            <Row
              key={control.id}
              columns={columns}
              characters={
                control.label.length + control.reasons.reduce((sum, { sentence }) => sum + sentence.length, 0)
              }
              cells={[
                <ControlMark key="status" status={control.status} words={say(`status.${control.status}`)} />,
                <Why key="why" control={control} account={account} />,
                control.frameworks.cis.join(', '),
                control.frameworks.csf.join(', '),
              ]}
            />
          ))}
        </Fragment>
      ))}
    </Chapter>
  )
}

function Why({
  control,
  account,
}: {
  control: Account['domains'][number]['controls'][number]
  account: Account
}) {
  return (
    <>
      <Text style={style.medium}>{control.label}</Text>
      {control.reasons.length === 0 ? (
        <Text style={style.small}>{account.words.say(`meaning.${control.status}`)}</Text>
      ) : null}
      {control.reasons.map((reason) => (
        <Text key={`${reason.outcome}${reason.sentence}`} style={{ marginTop: 1 }}>
          {reason.sentence}
          <Sources ids={account.sourcesOf([reason])} />
        </Text>
      ))}
    </>
  )
}
