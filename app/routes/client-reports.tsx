import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Download, FileCheck2 } from 'lucide-react'
import { DataTable } from '#app/components/data-table.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { FileSize } from '#app/components/file-size.tsx'
import { TextLink } from '#app/components/link.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ReportStateBadge } from '#app/components/report/report-state-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listReportsOfClient } from '#app/services/reports.server.ts'
import type { loader as clientLoader } from './client.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const reports = await answering(() => listReportsOfClient(member, idParam(params.clientId)))
  return {
    reports: reports.map(
      ({ id, kind, state, createdAt, certifiedAt, attestedAt, endedAt, pdfSha256, pdfSizeBytes }) => ({
        id,
        kind,
        state,
        createdAt,
        certifiedAt,
        attestedAt,
        endedAt,
        hasFile: pdfSha256 !== null,
        pdfSizeBytes,
      }),
    ),
  }
}

export const meta: MetaFunction<typeof loader, { 'routes/client': typeof clientLoader }> = ({ matches }) => {
  const client = matches.find(({ id }) => id === 'routes/client')?.data
  return [{ title: pageTitle('Reports', ...(client ? [client.legalName] : [])) }]
}

const dayOr = (at: Date | null, otherwise: string) => (at ? <Time at={at} /> : otherwise)

export default function ClientReportsPage() {
  const { reports } = useLoaderData<typeof loader>()
  return (
    <DataTable
      caption="Readiness reports of this client"
      rows={reports}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={FileCheck2} title="No reports yet">
          A readiness report freezes an application with its evidence and carries the signatures of both
          sides: yours for the technical facts, an officer’s for the answers. Open an application and choose
          “Sign” once nothing contradicted is left.
        </EmptyState>
      }
      columns={[
        {
          id: 'report',
          header: 'Report',
          isRowHeader: true,
          cell: (row) => (
            <TextLink quiet to={`/reports/${row.id}`}>
              {row.kind === 'reattestation' ? 'Re-attestation prepared' : 'Prepared'}{' '}
              <Time at={row.createdAt} />
            </TextLink>
          ),
        },
        {
          id: 'state',
          header: 'State',
          cell: (row) => (
            <>
              <ReportStateBadge state={row.state} />
              {row.endedAt ? (
                <span className="block text-caption text-ink-soft">
                  on <Time at={row.endedAt} />
                </span>
              ) : null}
            </>
          ),
        },
        { id: 'certified', header: 'Certified', cell: (row) => dayOr(row.certifiedAt, 'Not yet') },
        { id: 'attested', header: 'Attested', cell: (row) => dayOr(row.attestedAt, 'Not yet') },
        {
          id: 'file',
          header: 'File',
          cell: (row) =>
            row.hasFile ? (
              <a
                href={`/reports/${row.id}/file`}
                download
                className="text-link inline-flex items-baseline gap-1.5"
              >
                <Download aria-hidden size={14} className="shrink-0 self-center" />
                <span>
                  PDF
                  {row.pdfSizeBytes ? (
                    <>
                      , <FileSize sizeBytes={row.pdfSizeBytes} />
                    </>
                  ) : null}
                  <span className="sr-only">
                    , report of <Time at={row.createdAt} />
                  </span>
                </span>
              </a>
            ) : (
              'None yet'
            ),
        },
      ]}
    />
  )
}
