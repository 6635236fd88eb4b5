/** Who at the client has how many questions of which form, and how far they are. */
import type { QuestionShare } from '#app/services/assignment-shares.ts'
import { DataTable } from '../data-table.tsx'
import { DownloadLink } from '../download-link.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'

interface QuestionSharesProps {
  shares: readonly QuestionShare[]
  exportHref: string
}

export function QuestionShares({ shares, exportHref }: QuestionSharesProps) {
  if (shares.length === 0) return null
  return (
    <PageSection
      title="Questions they have"
      lead="Assigned on the page “Who answers” of each application."
      actions={<DownloadLink href={exportHref}>Export as CSV</DownloadLink>}
    >
      <DataTable
        caption="Questions of each person"
        rows={shares}
        rowKey={({ applicationId, recipientEmail }) => `${applicationId} ${recipientEmail}`}
        empty={null}
        columns={[
          {
            id: 'who',
            header: 'Person',
            isRowHeader: true,
            cell: (row) => (
              <span className="wrap-anywhere">
                {row.recipientName}{' '}
                <span className="font-normal text-caption text-ink-soft">{row.recipientEmail}</span>
              </span>
            ),
          },
          {
            id: 'form',
            header: 'Application',
            cell: (row) => (
              <TextLink to={`/applications/${row.applicationId}/people?view=assigned`}>
                {row.formTitle}
              </TextLink>
            ),
          },
          {
            id: 'open',
            header: 'To answer',
            align: 'end',
            cell: (row) => (row.overdue > 0 ? `${row.open} (${row.overdue} overdue)` : row.open),
          },
          {
            id: 'due',
            header: 'Next due',
            cell: (row) => (row.nextDueOn ? <Time at={row.nextDueOn} /> : null),
          },
          { id: 'waiting', header: 'To be checked', align: 'end', cell: (row) => row.waiting },
          { id: 'accepted', header: 'Accepted', align: 'end', cell: (row) => row.accepted },
        ]}
      />
    </PageSection>
  )
}
