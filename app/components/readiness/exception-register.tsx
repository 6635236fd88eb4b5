/** The exceptions of an application: what each covers, who answers for it, and until when. */
import { Form } from '@remix-run/react'
import { Button } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'

export interface ExceptionRow {
  id: string
  item: string
  reason: string
  compensatingControl: string
  owner: string
  approvedBy: string
  expiresOn: string
  isExpired: boolean
}

export function ExceptionRegister({
  exceptions,
  isFrozen,
}: {
  exceptions: ExceptionRow[]
  isFrozen: boolean
}) {
  return (
    <PageSection title="Exceptions" lead="Each covers one contradicted answer until its end date.">
      <DataTable
        caption="Exceptions"
        rows={exceptions}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          { id: 'item', header: 'Item', isRowHeader: true, cell: (row) => row.item },
          { id: 'reason', header: 'Reason', cell: (row) => row.reason },
          { id: 'compensating', header: 'Compensating control', cell: (row) => row.compensatingControl },
          { id: 'people', header: 'Owner, approver', cell: (row) => `${row.owner}, ${row.approvedBy}` },
          {
            id: 'until',
            header: 'Until',
            cell: (row) => (
              <>
                <Time at={row.expiresOn} />
                {row.isExpired ? ' (expired)' : ''}
              </>
            ),
          },
          {
            id: 'revoke',
            header: 'Action',
            cell: (row) =>
              isFrozen ? null : (
                <Form method="post">
                  <input type="hidden" name="intent" value="revoke-exception" />
                  <input type="hidden" name="exceptionId" value={row.id} />
                  <Button type="submit" size="small" variant="quiet">
                    Revoke<span className="sr-only"> the exception for item {row.item}</span>
                  </Button>
                </Form>
              ),
          },
        ]}
      />
    </PageSection>
  )
}
