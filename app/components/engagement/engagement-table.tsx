/** What was opened to other organisations, and how it stands. */
import type { EngagementKind, EngagementState } from '#app/services/engagement-input.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { engagementStateLook, KIND_WORDS } from './engagement-words.ts'

export interface TableEngagement {
  id: string
  kind: EngagementKind
  state: EngagementState
  /** Who accepted, or whom it was offered to. */
  whom: string
  clients: readonly string[]
  applications: number
  expiresAt: Date | string
}

const NAMED = 2

export function EngagementTable({ engagements }: { engagements: readonly TableEngagement[] }) {
  return (
    <DataTable
      caption="Engagements"
      rows={engagements}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'whom',
          header: 'With',
          isRowHeader: true,
          cell: (row) => (
            <TextLink quiet to={`/engagements/${row.id}`} className="wrap-anywhere">
              {row.whom}
            </TextLink>
          ),
        },
        { id: 'kind', header: 'What for', cell: (row) => KIND_WORDS[row.kind] },
        {
          id: 'clients',
          header: 'Clients',
          cell: (row) => (
            <span className="wrap-anywhere">
              {row.clients.slice(0, NAMED).join(', ')}
              {row.clients.length > NAMED ? ` and ${row.clients.length - NAMED} more` : ''}
            </span>
          ),
        },
        { id: 'applications', header: 'Applications', align: 'end', cell: (row) => row.applications },
        { id: 'state', header: 'State', cell: (row) => <StatusBadge {...engagementStateLook[row.state]} /> },
        { id: 'until', header: 'Open until', cell: (row) => <Time at={row.expiresAt} /> },
      ]}
    />
  )
}
