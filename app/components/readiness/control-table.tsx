/** Every control of a form with its status, all that led to it, and the facts and documents behind each reason. */
import type { ControlReadiness } from '#app/readiness/status.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { ReasonList } from '../reason-list.tsx'
import { ControlStatusBadge } from '../status-badge.tsx'
import { type SourceIndex, sourcesOf } from './sources.tsx'

interface ControlTableProps {
  controls: (ControlReadiness & { label: string })[]
  sources: SourceIndex
}

export function ControlTable({ controls, sources }: ControlTableProps) {
  return (
    <PageSection
      title="Every control"
      lead="What each control amounts to, from its answers and their evidence."
    >
      <DataTable
        caption="Controls with their status"
        rows={controls}
        rowKey={(row) => row.controlId}
        empty={null}
        columns={[
          { id: 'control', header: 'Control', isRowHeader: true, cell: (row) => row.label },
          { id: 'status', header: 'Status', cell: (row) => <ControlStatusBadge status={row.status} /> },
          {
            id: 'why',
            header: 'Why',
            cell: ({ label, reasons }) => (
              <>
                {reasons[0]?.sentence ?? ''}
                {reasons.length > 1 || reasons[0]?.remedy ? (
                  <details className="mt-1">
                    <summary className="cursor-pointer py-1 text-accent text-caption">
                      All reasons, and what would change them
                      <span className="sr-only">: {label}</span>
                    </summary>
                    <ReasonList reasons={reasons} sourcesOf={(reason) => sourcesOf(reason, sources)} />
                  </details>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </PageSection>
  )
}
