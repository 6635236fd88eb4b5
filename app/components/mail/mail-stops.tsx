/** Addresses that mails no longer go to, and letting them go there again. */
import { useSubmit } from '@remix-run/react'
import type { ShownStop } from '#app/services/mail-stops.server.ts'
import { Button } from '../button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'

export type StopRow = Omit<ShownStop, 'since'> & { since: Date | string }

const REASONS: Record<ShownStop['reason'], string> = {
  refused: 'The mail server knows nobody there',
  bounced: 'A mail came back',
  complained: 'The reader complained about a summary',
  unsubscribed: 'The reader stopped the summaries',
}

const WARNINGS: Record<ShownStop['reason'], string> = {
  refused:
    'Mails to an address that does not exist make mail servers distrust your other mails. Allow it only once the address was put right there.',
  bounced:
    'Mails to an address that does not exist make mail servers distrust your other mails. Allow it only once the address was put right there.',
  complained: 'This reader told their mail provider that a summary was unwanted. Ask them first.',
  unsubscribed: 'This reader stopped the summaries themself. Allow them only if they asked you to.',
}

export function MailStops({ stops }: { stops: readonly StopRow[] }) {
  const submit = useSubmit()
  return (
    <DataTable
      caption="Addresses that get no mails"
      rows={stops}
      rowKey={({ address, purpose }) => `${address} ${purpose}`}
      empty={null}
      columns={[
        {
          id: 'address',
          header: 'Address',
          isRowHeader: true,
          cell: (row) => <span className="wrap-anywhere">{row.address}</span>,
        },
        {
          id: 'what',
          header: 'Held back',
          cell: (row) => (row.purpose === 'all' ? 'Every mail' : 'Summaries only'),
        },
        {
          id: 'why',
          header: 'Why',
          cell: (row) => (
            <span className="wrap-anywhere">
              {REASONS[row.reason]}, <Time at={row.since} />.{' '}
              <TextLink to={`/outbox/${row.mailId}`}>The mail</TextLink>
              {row.detail ? <span className="block text-caption text-ink-soft">{row.detail}</span> : null}
            </span>
          ),
        },
        {
          id: 'lift',
          header: 'Allow again',
          cell: (row) => (
            <ConfirmDialog
              title={`Allow mails to ${row.address} again?`}
              confirmLabel="Allow again"
              onConfirm={() =>
                submit({ intent: 'lift', address: row.address, purpose: row.purpose }, { method: 'post' })
              }
              trigger={
                <Button size="small">
                  Allow again<span className="sr-only">: {row.address}</span>
                </Button>
              }
            >
              {WARNINGS[row.reason]} Mails that were held back are not sent by this: the page offers to send
              them once the address is allowed.
            </ConfirmDialog>
          ),
        },
      ]}
    />
  )
}
