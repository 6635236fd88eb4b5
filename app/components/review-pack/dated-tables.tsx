import type { ReactNode } from 'react'
import { paperWords } from '#app/report/language/papers/words.ts'
import type { PackAccount } from '#app/report/review-pack/pack-account.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'

/** The words of the paper, so that whoever holds both reads the same. */
const { say } = paperWords('en')

/** What has a day: evidence, requests, what ends, conditions, attestations, and what is due next. */
export function DatedTables({ pack }: { pack: PackAccount }) {
  return (
    <>
      <List
        title={say('pack.evidence')}
        empty={say('pack.evidence.none')}
        heads={[say('pack.evidence.item'), say('pack.what'), say('pack.day')]}
        rows={pack.evidence.map(({ title, state, day }) => [
          title,
          say(`pack.evidence.${state}`),
          <Time key="day" at={day} />,
        ])}
      />
      <List
        title={say('pack.requests')}
        empty={say('pack.requests.none')}
        heads={[say('pack.request'), say('pack.recipient'), say('pack.due-on')]}
        rows={pack.requests.map(({ title, recipient, dueOn, isLate }) => [
          title,
          recipient,
          <Ended key="day" day={dueOn} word={isLate ? 'overdue' : null} />,
        ])}
      />
      <List
        title={say('pack.ending')}
        empty={say('pack.ending.none')}
        heads={[say('pack.entry'), say('pack.kind-of'), say('pack.owner'), say('pack.day')]}
        rows={pack.ending.map(({ title, kind, owner, day, isOver }) => [
          title,
          say(`pack.due.${kind}`),
          owner,
          <Ended key="day" day={day} word={isOver ? 'over' : null} />,
        ])}
      />
      <List
        title={say('pack.subjectivities')}
        empty={say('pack.subjectivities.none')}
        heads={[say('pack.condition'), say('pack.owner'), say('pack.due-on')]}
        rows={pack.subjectivities.map(({ title, owner, dueOn, isLapsed }) => [
          title,
          owner,
          dueOn === null ? (
            say('pack.no-day')
          ) : (
            <Ended key="day" day={dueOn} word={isLapsed ? 'passed' : null} />
          ),
        ])}
      />
      <List
        title={say('pack.attested')}
        empty={say('pack.attested.none')}
        heads={[say('pack.application'), say('pack.last-attested'), say('pack.next-attested')]}
        rows={pack.attested.map(({ form, lastOn, isApplication, next, nextOn }) => [
          form,
          <Ended key="last" day={lastOn} word={isApplication ? 'the application itself' : null} />,
          next ? (
            <span key="next">
              <Time at={next.first} /> to <Time at={next.last} />, not signed yet
            </span>
          ) : (
            <Time key="next" at={nextOn} />
          ),
        ])}
      />
      <List
        title={say('pack.due')}
        lead={
          <>
            <Time at={pack.next.first} /> to <Time at={pack.next.last} />.
          </>
        }
        empty={say('pack.due.none')}
        heads={[say('pack.entry'), say('pack.kind-of'), say('pack.owner'), say('pack.day')]}
        rows={pack.due.map(({ day, kind, title, owner }) => [
          title,
          say(`pack.due.${kind}`),
          owner ?? '',
          <Time key="day" at={day} />,
        ])}
      />
    </>
  )
}

const Ended = ({ day, word }: { day: string; word: string | null }) => (
  <span>
    <Time at={day} />
    {word ? `, ${word}` : ''}
  </span>
)

interface ListProps {
  title: string
  lead?: ReactNode
  empty: string
  heads: string[]
  /** The first cell names its row. */
  rows: ReactNode[][]
}

function List({ title, lead, empty, heads, rows }: ListProps) {
  return (
    <PageSection title={title} lead={lead}>
      <DataTable
        caption={title}
        rows={rows.map((cells, index) => ({ id: String(index), cells }))}
        rowKey={({ id }) => id}
        empty={<p className="text-ink-soft">{empty}</p>}
        columns={heads.map((header, index) => ({
          id: header,
          header,
          isRowHeader: index === 0,
          cell: ({ cells }: { cells: ReactNode[] }) => <span className="wrap-anywhere">{cells[index]}</span>,
        }))}
      />
    </PageSection>
  )
}
