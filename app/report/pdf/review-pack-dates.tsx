/** What of a review pack has a day: evidence, requests, what ends, conditions, attestations, and what is due next. */

import { Text } from '@react-pdf/renderer'
import type { ReactNode } from 'react'
import type { PaperWords } from '../language/papers/words.ts'
import type { PackAccount } from '../review-pack/pack-account.ts'
import { style } from './look.ts'
import { Head } from './review-pack-head.tsx'
import { type Column, HeadRow, Row } from './rows.tsx'

export function ReviewPackDates({ account, words }: { account: PackAccount; words: PaperWords }) {
  const { say, date } = words
  const { next } = account
  return (
    <>
      <Table
        title={say('pack.evidence')}
        empty={say('pack.evidence.none')}
        columns={[
          { title: say('pack.evidence.item') },
          { title: say('pack.what'), width: 110 },
          { title: say('pack.day'), width: 100 },
        ]}
        rows={account.evidence.map(({ title, state, day }) => [
          title,
          say(`pack.evidence.${state}`),
          date(day),
        ])}
      />
      <Table
        title={say('pack.requests')}
        empty={say('pack.requests.none')}
        columns={[
          { title: say('pack.request') },
          { title: say('pack.recipient'), width: 130 },
          { title: say('pack.due-on'), width: 110 },
        ]}
        rows={account.requests.map(({ title, recipient, dueOn, isLate }) => [
          title,
          recipient,
          isLate ? say('pack.late', { day: date(dueOn) }) : date(dueOn),
        ])}
      />
      <Table
        title={say('pack.ending')}
        empty={say('pack.ending.none')}
        columns={[
          { title: say('pack.entry') },
          { title: say('pack.kind-of'), width: 90 },
          { title: say('pack.owner'), width: 100 },
          { title: say('pack.day'), width: 110 },
        ]}
        rows={account.ending.map(({ title, kind, owner, day, isOver }) => [
          title,
          say(`pack.due.${kind}`),
          owner,
          isOver ? say('pack.ended', { day: date(day) }) : date(day),
        ])}
      />
      <Table
        title={say('pack.subjectivities')}
        empty={say('pack.subjectivities.none')}
        columns={[
          { title: say('pack.condition') },
          { title: say('pack.owner'), width: 110 },
          { title: say('pack.due-on'), width: 120 },
        ]}
        rows={account.subjectivities.map(({ title, owner, dueOn, isLapsed }) => [
          title,
          owner,
          dueOn === null
            ? say('pack.no-day')
            : isLapsed
              ? say('pack.lapsed', { day: date(dueOn) })
              : date(dueOn),
        ])}
      />
      <Table
        title={say('pack.attested')}
        empty={say('pack.attested.none')}
        columns={[
          { title: say('pack.application') },
          { title: say('pack.last-attested'), width: 130 },
          { title: say('pack.next-attested'), width: 150 },
        ]}
        rows={account.attested.map(({ form, lastOn, isApplication, next: running, nextOn }) => [
          form,
          isApplication ? say('pack.by-application', { day: date(lastOn) }) : date(lastOn),
          running
            ? say('pack.running', { first: date(running.first), last: date(running.last) })
            : date(nextOn),
        ])}
      />
      <Table
        title={say('pack.due')}
        lead={say('pack.due.lead', { first: date(next.first), last: date(next.last) })}
        empty={say('pack.due.none')}
        columns={[
          { title: say('pack.day'), width: 90 },
          { title: say('pack.kind-of'), width: 110 },
          { title: say('pack.entry') },
          { title: say('pack.owner'), width: 100 },
        ]}
        rows={account.due.map(({ day, kind, title, owner }) => [
          date(day),
          say(`pack.due.${kind}`),
          title,
          owner ?? '',
        ])}
      />
    </>
  )
}

interface TableProps {
  title: string
  lead?: string
  empty: string
  columns: Column[]
  rows: string[][]
}

function Table({ title, lead, empty, columns, rows }: TableProps): ReactNode {
  return (
    <>
      <Head empty={rows.length === 0 ? empty : null}>{title}</Head>
      {lead && rows.length > 0 ? <Text style={[style.small, { marginBottom: 4 }]}>{lead}</Text> : null}
      {rows.length > 0 ? <HeadRow columns={columns} /> : null}
      {rows.map((cells, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two entries may say the same, and none moves.
        <Row key={index} columns={columns} cells={cells} characters={cells.join('').length} />
      ))}
    </>
  )
}
