/** Requests for evidence, the soonest due first. */
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { type RequestState, requestLook } from './request-words.ts'

export interface TableRequest {
  id: string
  clientId: string
  clientName: string
  title: string
  recipientName: string
  recipientEmail: string
  /** YYYY-MM-DD. */
  dueOn: string
  state: RequestState
  isOverdue: boolean
}

interface RequestTableProps {
  requests: readonly TableRequest[]
  /** Where requests of several clients stand together. */
  withClient?: boolean
  empty?: ReactNode
}

export function RequestTable({ requests, withClient = false, empty = null }: RequestTableProps) {
  const clientColumn: Column<TableRequest>[] = withClient
    ? [
        {
          id: 'client',
          header: 'Client',
          cell: (row) => (
            <TextLink quiet to={`/clients/${row.clientId}/requests`} className="wrap-anywhere">
              {row.clientName}
            </TextLink>
          ),
        },
      ]
    : []
  return (
    <DataTable
      caption="Evidence asked for"
      rows={requests}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          id: 'title',
          header: 'Wanted',
          isRowHeader: true,
          cell: (row) => (
            <TextLink quiet to={`/requests/${row.id}`} className="wrap-anywhere">
              {row.title}
            </TextLink>
          ),
        },
        ...clientColumn,
        {
          id: 'who',
          header: 'Asked',
          cell: (row) => (
            <span className="wrap-anywhere">
              {row.recipientName} <span className="text-caption text-ink-soft">{row.recipientEmail}</span>
            </span>
          ),
        },
        { id: 'due', header: 'Due', cell: (row) => <Time at={row.dueOn} /> },
        { id: 'state', header: 'State', cell: (row) => <StatusBadge {...requestLook(row)} /> },
      ]}
    />
  )
}
