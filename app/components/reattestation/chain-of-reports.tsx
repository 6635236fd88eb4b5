/** The reports that a re-attestation follows, from the application on. */
import { CopyableHash } from '../copyable-hash.tsx'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'

interface Chain {
  period: { number: number; first: string; last: string }
  reports: { reportId: string; number: number; attestedAt: string; pdfSha256: string }[]
}

export function ChainOfReports({ chain: { period, reports } }: { chain: Chain }) {
  return (
    <PageSection
      title="What it follows"
      lead={
        <>
          Re-attestation {period.number}, for <Time at={period.first} /> to <Time at={period.last} />. It
          cites each signed file before it by its fingerprint.
        </>
      }
    >
      <DataTable
        caption="The reports before this one"
        rows={reports}
        rowKey={({ reportId }) => reportId}
        empty={null}
        columns={[
          {
            id: 'report',
            header: 'Report',
            isRowHeader: true,
            cell: ({ reportId, number }) => (
              <TextLink quiet to={`/reports/${reportId}`}>
                {number === 0 ? 'Application' : `Re-attestation ${number}`}
              </TextLink>
            ),
          },
          { id: 'attested', header: 'Attested', cell: ({ attestedAt }) => <Time at={attestedAt} /> },
          {
            id: 'file',
            header: 'Signed file, SHA-256',
            cell: ({ pdfSha256 }) => <CopyableHash value={pdfSha256} />,
          },
        ]}
      />
    </PageSection>
  )
}
