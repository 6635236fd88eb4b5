/** What was asked for and has not come yet. */
import { CalendarClock, TriangleAlert } from 'lucide-react'
import type { OpenRequest } from '#app/services/evidence-requests.server.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export function OpenRequests({ requests }: { requests: readonly OpenRequest[] }) {
  return (
    <DataTable
      caption="Evidence asked for"
      rows={requests}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'title',
          header: 'Evidence',
          isRowHeader: true,
          cell: (row) => (
            <TextLink quiet to={`/evidence/${row.evidenceId}#requests`} className="wrap-anywhere">
              {row.title}
            </TextLink>
          ),
        },
        {
          id: 'who',
          header: 'Asked',
          cell: (row) => (
            <span className="wrap-anywhere">
              {row.recipientName} <span className="text-caption text-ink-soft">{row.recipientEmail}</span>
            </span>
          ),
        },
        { id: 'due', header: 'Due', cell: (row) => <DueDay {...row} /> },
      ]}
    />
  )
}

export function DueDay({ dueOn, isOverdue }: { dueOn: string; isOverdue: boolean }) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <Time at={dueOn} />
      {isOverdue ? (
        <StatusBadge word="Overdue" icon={TriangleAlert} tone="bad" />
      ) : (
        <StatusBadge word="Open" icon={CalendarClock} tone="info" />
      )}
    </span>
  )
}
