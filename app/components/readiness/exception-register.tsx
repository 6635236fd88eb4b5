/** The exceptions of an application: what each covers, who answers for it, and until when. */
import { ButtonLink } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'
import { ApprovalLine, type ShownApproval } from './approval-line.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

export interface ExceptionRow {
  id: string
  item: string
  scope: string
  reason: string
  compensatingControl: string
  owner: string
  approvedBy: string
  expiresOn: string
  isExpired: boolean
  approval: ShownApproval | null
}

interface ExceptionRegisterProps {
  exceptions: ExceptionRow[]
  isFrozen: boolean
  /** Where those of all the client's applications stand. */
  registerHref: string
}

export function ExceptionRegister({ exceptions, isFrozen, registerHref }: ExceptionRegisterProps) {
  return (
    <PageSection
      title="Exceptions"
      lead={
        <>
          Each covers one contradicted answer until its end date. They are renewed in the{' '}
          <TextLink to={registerHref}>client’s register</TextLink>.
        </>
      }
    >
      <DataTable
        caption="Exceptions"
        rows={exceptions}
        rowKey={(row) => row.id}
        empty={null}
        columns={[
          { id: 'item', header: 'Item', isRowHeader: true, cell: (row) => row.item },
          { id: 'scope', header: 'What is excepted', cell: (row) => row.scope || 'Not stated' },
          { id: 'reason', header: 'Reason', cell: (row) => row.reason },
          { id: 'compensating', header: 'Compensating control', cell: (row) => row.compensatingControl },
          {
            id: 'people',
            header: 'Owner, approver',
            cell: (row) => (
              <>
                {row.owner}, {row.approvedBy}
                <ApprovalLine approval={row.approval} />
              </>
            ),
          },
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
                <div className="flex flex-wrap gap-2">
                  {row.isExpired ? null : (
                    <ButtonLink size="small" to={`/exceptions/${row.id}/approval`}>
                      {row.approval ? 'Approval' : 'Ask for approval'}
                      <span className="sr-only"> of the exception for item {row.item}</span>
                    </ButtonLink>
                  )}
                  <RevokeDialog exceptionId={row.id} item={row.item} />
                </div>
              ),
          },
        ]}
      />
    </PageSection>
  )
}
