/** Every re-attestation of a client, the newest period first; missed and discarded ones stay. */
import { CircleCheck, CircleX, FilePen, type LucideIcon, PenLine, Undo2 } from 'lucide-react'
import { DataTable } from '../data-table.tsx'
import { EmptyState } from '../empty-state.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import type { Tone } from '../tone.ts'

export type ReattestationState = 'draft' | 'with-officer' | 'signed' | 'discarded' | 'missed'

const look: Record<ReattestationState, { word: string; icon: LucideIcon; tone: Tone }> = {
  draft: { word: 'Draft', icon: FilePen, tone: 'info' },
  'with-officer': { word: 'With the officer', icon: PenLine, tone: 'warn' },
  signed: { word: 'Signed', icon: CircleCheck, tone: 'ok' },
  discarded: { word: 'Discarded', icon: Undo2, tone: 'neutral' },
  missed: { word: 'Missed', icon: CircleX, tone: 'bad' },
}

export function ReattestationBadge({ state, shape }: { state: ReattestationState; shape?: 'stamp' }) {
  return <StatusBadge {...look[state]} shape={shape} />
}

export interface ReattestationListRow {
  id: string
  formTitle: string
  number: number
  first: string
  last: string
  state: ReattestationState
  startedBy: string
  startedAt: Date | string
  closedReason: string | null
  attestedAt: Date | string | null
}

export function ReattestationTable({ rows }: { rows: readonly ReattestationListRow[] }) {
  return (
    <DataTable
      caption="Re-attestations of this client"
      rows={rows}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title="None begun yet">
          Each quarter the officer of the insured goes through the signed answers again and says which are
          still true. What changed is marked for them; what did not is confirmed as a list. It keeps the
          application true between its signatures, and shows it after an incident.
        </EmptyState>
      }
      columns={[
        {
          id: 'period',
          header: 'Period',
          isRowHeader: true,
          cell: (row) => (
            <TextLink quiet to={`/reattestations/${row.id}`}>
              <Time at={row.first} /> to <Time at={row.last} />
            </TextLink>
          ),
        },
        { id: 'number', header: 'Number', cell: ({ number }) => number },
        { id: 'form', header: 'Application', cell: ({ formTitle }) => formTitle },
        {
          id: 'state',
          header: 'State',
          cell: (row) => (
            <>
              <ReattestationBadge state={row.state} />
              {row.closedReason ? (
                <span className="block text-caption text-ink-soft">{row.closedReason}</span>
              ) : null}
            </>
          ),
        },
        {
          id: 'begun',
          header: 'Begun',
          cell: (row) => (
            <>
              <Time at={row.startedAt} />
              <span className="block text-caption text-ink-soft">{row.startedBy}</span>
            </>
          ),
        },
        {
          id: 'attested',
          header: 'Attested',
          cell: ({ attestedAt }) => (attestedAt ? <Time at={attestedAt} /> : 'Not yet'),
        },
      ]}
    />
  )
}
