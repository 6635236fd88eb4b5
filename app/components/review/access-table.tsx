/** What was done with the links of a review, newest first. */
import { DataTable } from '../data-table.tsx'
import { Time } from '../time.tsx'

export type AccessKind = 'opened' | 'entered' | 'wrong-code' | 'turned-away' | 'viewed' | 'downloaded'

export interface ShownAccess {
  id: string
  kind: AccessKind
  at: Date | string
  address: string
  userAgent: string
  file: string | null
}

export const ACCESS_WORDS: Record<AccessKind, string> = {
  opened: 'Came with the link',
  entered: 'Entered the code',
  'wrong-code': 'Entered a wrong code',
  'turned-away': 'Was turned away',
  viewed: 'Looked at',
  downloaded: 'Downloaded',
}

/** The newest; the export has all. */
const SHOWN = 100

export function AccessTable({ access }: { access: readonly ShownAccess[] }) {
  return (
    <DataTable
      caption="What was done with the links"
      rows={access.slice(0, SHOWN)}
      rowKey={({ id }) => id}
      empty={<p className="text-ink-soft">Nobody has used the link yet.</p>}
      columns={[
        { id: 'at', header: 'When', isRowHeader: true, cell: (row) => <Time at={row.at} show="moment" /> },
        {
          id: 'what',
          header: 'What',
          cell: (row) => (
            <span className="wrap-anywhere">
              {ACCESS_WORDS[row.kind]}
              {row.file ? `: ${row.file}` : ''}
            </span>
          ),
        },
        {
          id: 'where',
          header: 'From',
          cell: (row) => (
            <span className="wrap-anywhere">
              {row.address} <span className="text-caption text-ink-soft">{row.userAgent}</span>
            </span>
          ),
        },
      ]}
    />
  )
}
