/** The scans of a client, newest upload first. */
import { formatCount } from '../counts.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import type { ImportState } from './import-progress.tsx'
import { ImportStateBadge } from './import-state-badge.tsx'
import { SeverityCountList, type SeverityCounts } from './severity.tsx'
import { viewpointWords } from './viewpoint.ts'

export interface ScanListItem {
  id: string
  fileName: string
  isWithdrawn: boolean
  tool: string | null
  toolVersion: string | null
  scanDate: Date | null
  viewpoint: 'internal' | 'external'
  state: ImportState['state']
  assetCount: number
  severityCounts: SeverityCounts | null
}

const Unknown = () => <span className="text-ink-faint">not known</span>

export function ScanTable({ scans }: { scans: ScanListItem[] }) {
  return (
    <DataTable
      caption="Scans"
      rows={scans}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'file',
          header: 'Scan',
          isRowHeader: true,
          cell: (scan) => (
            <>
              <TextLink quiet to={`/scans/${scan.id}`} className="wrap-anywhere">
                {scan.fileName}
              </TextLink>
              <span className="block font-normal text-caption text-ink-soft">
                {[scan.tool, scan.toolVersion].filter(Boolean).join(' ')}
              </span>
            </>
          ),
        },
        {
          id: 'date',
          header: 'Scan date',
          cell: ({ scanDate }) => (scanDate ? <Time at={scanDate} /> : <Unknown />),
        },
        { id: 'viewpoint', header: 'Scanner stood', cell: ({ viewpoint }) => viewpointWords[viewpoint] },
        {
          id: 'state',
          header: 'State',
          cell: ({ state, isWithdrawn }) =>
            isWithdrawn ? <StatusBadge word="Withdrawn" /> : <ImportStateBadge state={state} />,
        },
        {
          id: 'hosts',
          header: 'Hosts',
          align: 'end',
          cell: ({ state, assetCount }) => (state === 'done' ? formatCount(assetCount) : <Unknown />),
        },
        {
          id: 'findings',
          header: 'Findings',
          cell: ({ severityCounts }) => <SeverityCountList counts={severityCounts} />,
        },
      ]}
    />
  )
}
