/** The links that were sent for a request, and whether anybody came by them. */
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { type CarryingMail, MailTrouble } from '../mail/mail-trouble.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export interface ShownLink {
  id: string
  sentAt: Date | string
  sentByName: string
  openedAt: Date | string | null
  expiresAt: Date | string
  delivery: 'mail-server' | 'preparer'
  state: 'open' | 'expired' | 'revoked'
  /** The mail that carried it. */
  mail?: CarryingMail | null
}

const STATES = {
  open: { word: 'Works', tone: 'ok' },
  expired: { word: 'Expired', tone: 'neutral' },
  revoked: { word: 'Taken back', tone: 'neutral' },
} as const

export function RequestLinks({ links }: { links: readonly ShownLink[] }) {
  return (
    <>
      <DataTable
        caption="Links"
        rows={links}
        rowKey={({ id }) => id}
        empty={<p className="text-ink-soft">No link was sent: send a reminder.</p>}
        columns={[
          {
            id: 'sent',
            header: 'Sent',
            isRowHeader: true,
            cell: (row) => (
              <>
                <Time at={row.sentAt} show="moment" /> by {row.sentByName}
              </>
            ),
          },
          {
            id: 'opened',
            header: 'Opened',
            cell: (row) => (row.openedAt ? <Time at={row.openedAt} show="moment" /> : 'Not yet'),
          },
          { id: 'until', header: 'Works until', cell: (row) => <Time at={row.expiresAt} /> },
          {
            id: 'state',
            header: 'State',
            cell: (row) => (
              <>
                <StatusBadge {...STATES[row.state]} />
                <MailTrouble mail={row.mail} />
              </>
            ),
          },
        ]}
      />
      {links.some(({ delivery, state }) => delivery === 'preparer' && state === 'open') ? (
        <p className="mt-3 max-w-measure text-caption text-ink-soft">
          No mail server is configured, so the mails wait in the <TextLink to="/outbox">outbox</TextLink> for
          you to hand over.
        </p>
      ) : null}
    </>
  )
}
