import type { PortfolioRow, PortfolioSort } from '#app/services/portfolio.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { ReportStateBadge } from '../report/report-state-badge.tsx'
import type { SortState } from '../sort-link.tsx'
import { Time } from '../time.tsx'
import { ApplicationProgress, ApplicationStanding, RenewalDistance } from './standing.tsx'

interface PortfolioTableProps {
  rows: PortfolioRow[]
  sort: PortfolioSort
  hrefOfSort: (sort: PortfolioSort) => string
}

export function PortfolioTable({ rows, sort, hrefOfSort }: PortfolioTableProps) {
  const sortBy = (by: PortfolioSort): SortState => ({
    href: hrefOfSort(by),
    direction: sort !== by ? null : by === 'attention' ? 'descending' : 'ascending',
  })
  const columns: Column<PortfolioRow>[] = [
    {
      id: 'name',
      header: 'Client',
      isRowHeader: true,
      sort: sortBy('name'),
      cell: ({ client }) => (
        <>
          <TextLink quiet to={`/clients/${client.id}`} prefetch="intent">
            {client.legalName}
          </TextLink>
          {client.tradingName || client.industry ? (
            <span className="block font-normal text-caption text-ink-soft">
              {[client.tradingName, client.industry].filter(Boolean).join(', ')}
            </span>
          ) : null}
        </>
      ),
    },
    { id: 'progress', header: 'Application', cell: (row) => <ApplicationProgress row={row} /> },
    {
      id: 'attention',
      header: 'Before signing',
      sort: sortBy('attention'),
      cell: (row) => <ApplicationStanding row={row} />,
    },
    {
      id: 'renewal',
      header: 'Renewal',
      sort: sortBy('renewal'),
      cell: ({ client, daysToRenewal }) =>
        client.policyRenewalOn ? (
          <>
            <Time at={client.policyRenewalOn} />
            <RenewalDistance days={daysToRenewal} />
          </>
        ) : (
          <span className="text-ink-faint">Not set</span>
        ),
    },
    {
      id: 'report',
      header: 'Last report',
      cell: ({ newestReport }) =>
        newestReport ? (
          <TextLink quiet to={`/reports/${newestReport.id}`} className="inline-flex flex-col">
            <ReportStateBadge state={newestReport.state} />
            <span className="block font-normal text-caption text-ink-soft">
              <Time at={newestReport.createdAt} />
            </span>
          </TextLink>
        ) : (
          <span className="text-ink-faint">None yet</span>
        ),
    },
  ]
  return (
    <DataTable
      caption="Clients"
      columns={columns}
      rows={rows}
      rowKey={({ client }) => client.id}
      empty={null}
    />
  )
}
