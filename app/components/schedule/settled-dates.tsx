/** Dates that were seen to, and by what; the last first. */
import { DataTable } from '../data-table.tsx'
import { Time } from '../time.tsx'
import { type SettledDate, settledWords } from './schedule-words.ts'

export function SettledDates({ rows }: { rows: readonly SettledDate[] }) {
  return (
    <DataTable
      caption="Dates that were seen to"
      rows={rows}
      empty={null}
      rowKey={(row) => row.id}
      columns={[
        { id: 'what', header: 'What', isRowHeader: true, cell: (row) => row.what },
        { id: 'due', header: 'Due', cell: (row) => <Time at={row.dueOn} /> },
        { id: 'how', header: 'How', cell: (row) => <How date={row} /> },
      ]}
    />
  )
}

function How({ date }: { date: SettledDate }) {
  const { words, href } = settledWords(date)
  return href === null ? (
    words
  ) : (
    <a className="text-link" href={href}>
      {words}
    </a>
  )
}
