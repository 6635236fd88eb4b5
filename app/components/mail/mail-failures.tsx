/** What failed, by what it failed for: once that is mended, all of it leaves with one press. */
import { Form, useNavigation } from '@remix-run/react'
import { RotateCw } from 'lucide-react'
import type { MailFailure } from '#app/services/mail-resending.server.ts'
import { Button } from '../button.tsx'
import { DataTable } from '../data-table.tsx'

export function MailFailures({ failures }: { failures: readonly MailFailure[] }) {
  const sending = useNavigation().formData?.get('cause')
  return (
    <DataTable
      caption="Why mails failed"
      rows={failures}
      rowKey={({ cause }) => cause}
      empty={null}
      columns={[
        {
          id: 'said',
          header: 'What was said',
          isRowHeader: true,
          cell: (row) => <span className="wrap-anywhere font-normal">{row.said}</span>,
        },
        { id: 'mails', header: 'Mails', align: 'end', cell: (row) => row.mails },
        {
          id: 'resend',
          header: 'Try again',
          cell: (row) => (
            <Form method="post">
              <input type="hidden" name="intent" value="resend-all" />
              <input type="hidden" name="cause" value={row.cause} />
              <Button
                type="submit"
                size="small"
                icon={RotateCw}
                loading={sending === row.cause}
                loadingLabel="Sending"
              >
                {row.mails === 1 ? 'Send it again' : `Send all ${row.mails} again`}
                <span className="sr-only"> that failed for: {row.said}</span>
              </Button>
            </Form>
          ),
        },
      ]}
    />
  )
}
