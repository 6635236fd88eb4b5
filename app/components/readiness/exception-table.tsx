/** The exceptions of all applications of a client, each with what it covers, who answers for it and how long it lasts. */
import { Clock } from 'lucide-react'
import type { ShownException } from '#app/services/exception-register.ts'
import { Button, ButtonLink } from '../button.tsx'
import { countOf } from '../counts.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { ApprovalLine, type ShownApproval } from './approval-line.tsx'
import { ExceptionDialog } from './exception-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

/** As a loader sends it: dates may be text. */
export interface ExceptionTableRow
  extends Omit<ShownException, 'applicationId' | 'recordedAt' | 'revokedAt' | 'approval'> {
  revokedAt: Date | string | null
  approval: ShownApproval | null
}

interface ExceptionTableProps {
  rows: ExceptionTableRow[]
  empty: React.ReactNode
  /** The end that a renewal proposes. */
  renewUntil: string
}

export function ExceptionTable({ rows, empty, renewUntil }: ExceptionTableProps) {
  return (
    <DataTable
      caption="Exceptions of this client"
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        { id: 'covers', header: 'Covers', isRowHeader: true, cell: (row) => <Covered row={row} /> },
        { id: 'scope', header: 'What is excepted', cell: (row) => <Words row={row} /> },
        { id: 'compensating', header: 'Compensating control', cell: (row) => row.compensatingControl },
        {
          id: 'people',
          header: 'Owner, approver',
          cell: (row) => (
            <>
              {row.owner}
              <span className="block text-caption text-ink-soft">accepted by {row.approvedBy}</span>
              <ApprovalLine approval={row.approval} />
            </>
          ),
        },
        { id: 'until', header: 'Until', cell: (row) => <Until row={row} /> },
        { id: 'action', header: 'Action', cell: (row) => <Actions row={row} renewUntil={renewUntil} /> },
      ]}
    />
  )
}

function Covered({ row }: { row: ExceptionTableRow }) {
  return (
    <>
      <TextLink quiet to={row.href}>
        {row.item ? `${row.item}, ` : ''}
        {row.prompt}
      </TextLink>
      <span className="block font-normal text-caption text-ink-soft">
        {row.formTitle}, edition {row.edition}
        {row.isFrozen ? ' (signed)' : ''}
      </span>
    </>
  )
}

function Words({ row }: { row: ExceptionTableRow }) {
  return (
    <div className="wrap-anywhere">
      {row.scope || <span className="text-ink-soft">Not stated; recorded before this was asked</span>}
      <span className="block text-caption text-ink-soft">{row.reason}</span>
    </div>
  )
}

function Until({ row }: { row: ExceptionTableRow }) {
  return (
    <>
      <Time at={row.expiresOn} />
      <span className="block text-caption text-ink-soft">
        {row.standing === 'revoked' && row.revokedAt ? (
          <>
            Revoked on <Time at={row.revokedAt} />
            {row.revokedByName ? ` by ${row.revokedByName}: ${row.revokedReason}` : ''}
          </>
        ) : (
          <>
            {daysInWords(row.daysLeft)}, since <Time at={row.startsOn} />
          </>
        )}
      </span>
      {row.isEndingSoon ? <StatusBadge word="Ends soon" icon={Clock} tone="warn" /> : null}
    </>
  )
}

/** `12 days left`, `last day`, `ended 3 days ago`. */
function daysInWords(daysLeft: number): string {
  if (daysLeft === 0) return 'Last day'
  return daysLeft > 0 ? `${countOf(daysLeft, 'day')} left` : `Ended ${countOf(-daysLeft, 'day')} ago`
}

function Actions({ row, renewUntil }: { row: ExceptionTableRow; renewUntil: string }) {
  if (row.isFrozen) return null
  const { scope, reason, compensatingControl, owner, approvedBy } = row
  return (
    <div className="flex flex-wrap gap-2">
      <ExceptionDialog
        questionId={row.questionId}
        prompt={row.prompt}
        defaults={{ scope, reason, compensatingControl, owner, approvedBy, expiresOn: renewUntil }}
        renews={row.id}
        trigger={
          <Button size="small">
            Renew<span className="sr-only"> the exception for item {row.item}</span>
          </Button>
        }
      />
      {row.standing === 'in-force' ? (
        <>
          <ButtonLink size="small" to={`/exceptions/${row.id}/approval`}>
            {row.approval ? 'Approval' : 'Ask for approval'}
            <span className="sr-only"> of the exception for item {row.item}</span>
          </ButtonLink>
          <RevokeDialog exceptionId={row.id} item={row.item} />
        </>
      ) : null}
    </div>
  )
}
