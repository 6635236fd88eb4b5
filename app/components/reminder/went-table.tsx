/** What went, and how its mail stands. */
import { Link } from '@remix-run/react'
import { CircleAlert, CircleCheck, Clock, Inbox, type LucideIcon } from 'lucide-react'
import type { RemindersPage } from '#app/services/reminders.server.ts'
import { standingOfWent, type WentStanding } from '#app/services/went-standing.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import type { Tone } from '../tone.ts'
import { rungWords } from './reminder-words.ts'

type Row = Omit<RemindersPage['went'][number], 'at' | 'plannedAt' | 'readAt'> & {
  at: Date | string
  plannedAt: Date | string
  readAt: Date | string | null
}

const LOOK: Record<WentStanding, { word: string; icon: LucideIcon; tone: Tone }> = {
  sent: { word: 'Sent', icon: CircleCheck, tone: 'ok' },
  'on-its-way': { word: 'On its way', icon: Clock, tone: 'info' },
  kept: { word: 'Waits in the outbox', icon: Inbox, tone: 'warn' },
  dead: { word: 'Not sent', icon: CircleAlert, tone: 'bad' },
  shown: { word: 'Shown by the bell', icon: CircleCheck, tone: 'ok' },
  overtaken: { word: 'Overtaken', icon: Clock, tone: 'neutral' },
}

export function WentTable({ rows, withClient }: { rows: readonly Row[]; withClient: boolean }) {
  return (
    <DataTable
      caption="What went"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p className="border-rule border-t pt-4 text-ink-faint">Nothing went yet.</p>}
      columns={[
        {
          id: 'thing',
          header: 'About',
          isRowHeader: true,
          cell: (row) => (
            <>
              <Link to={row.href} className="text-link break-words">
                {row.title}
              </Link>
              {withClient ? (
                <span className="block font-normal text-caption text-ink-soft">{row.clientName}</span>
              ) : null}
            </>
          ),
        },
        {
          id: 'to',
          header: 'To',
          cell: (row) => (
            <>
              {row.recipientName}
              <span className="block text-caption text-ink-soft">
                {rungWords(row.rung, row.offsetDays)}
                {row.sentByName ? `, sent by ${row.sentByName}` : ''}
              </span>
            </>
          ),
        },
        { id: 'at', header: 'When', cell: (row) => <Time at={row.at} show="moment" /> },
        {
          id: 'state',
          header: 'State',
          cell: (row) => {
            const standing = standingOfWent(row)
            return (
              <>
                <StatusBadge {...LOOK[standing]} />
                {row.mailFailure ? (
                  <span className="block break-words text-bad text-caption">{row.mailFailure}</span>
                ) : null}
                {standing === 'dead' || standing === 'kept' ? (
                  <span className="block text-caption">
                    <TextLink to="/outbox">See the outbox</TextLink>
                  </span>
                ) : null}
              </>
            )
          },
        },
      ]}
    />
  )
}
