/** Chapter 3: every control by domain, with its status and why. */
import { Text } from '@react-pdf/renderer'
import { Fragment } from 'react'
import type { Account } from './account.ts'
import { Sources } from './attention.tsx'
import { DomainChart } from './domain-chart.tsx'
import { style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'
import { type Column, HeadRow, Row } from './rows.tsx'
import { ControlMark } from './status-mark.tsx'
import { CONTROL_WORDS } from './wording.ts'

const COLUMNS: Column[] = [
  { title: 'Status', width: 92 },
  { title: 'Control and why' },
  { title: 'CIS Controls', width: 62 },
  { title: 'NIST CSF', width: 76 },
]

export function Controls({ account }: { account: Account }) {
  return (
    <Chapter
      account={account}
      number="3"
      title="Controls"
      lead="Met is only what is claimed and shown. Unknown is never counted as met. Framework numbers point to the controls they correspond to; their texts are their publishers’."
    >
      {account.domains.length > 0 ? (
        <>
          <Subheading>By domain</Subheading>
          <DomainChart account={account} />
        </>
      ) : null}
      {account.domains.map(({ title, controls }) => (
        <Fragment key={title}>
          <Subheading>{title}</Subheading>
          <HeadRow columns={COLUMNS} />
          {controls.map((control) => (
            <Row
              key={control.id}
              columns={COLUMNS}
              characters={
                control.label.length + control.reasons.reduce((sum, { sentence }) => sum + sentence.length, 0)
              }
              cells={[
                <ControlMark
                  key="status"
                  status={control.status}
                  words={CONTROL_WORDS[control.status].word}
                />,
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
        <Text style={style.small}>{CONTROL_WORDS[control.status].meaning}</Text>
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
