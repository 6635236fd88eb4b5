/** What was done with one link, the newest first; all of it in a table to download. */
import type { ShownShare } from '#app/services/report-share-log.server.ts'
import { describeDevice } from '../account/device-words.ts'
import { DataTable } from '../data-table.tsx'
import { Time } from '../time.tsx'

type Access = ShownShare['accesses'][number]

const DONE: Record<Access['kind'], string> = {
  opened: 'Opened the link',
  'wrong-passcode': 'Entered a wrong passcode',
  locked: 'Locked the link',
  viewed: 'Read the report',
  downloaded: 'Downloaded',
  'turned-away': 'Found the link closed',
}

const FILE = {
  pdf: 'the signed PDF',
  oscal: 'the OSCAL file',
  envelope: 'the envelope of the statement',
  detached: 'the envelope of the report',
} as const

export function AccessLog({ share, reportId }: { share: ShownShare; reportId: string }) {
  const all = Object.values(share.counts).reduce((sum, times) => sum + times, 0)
  if (all === 0) return null
  const { accesses, recipientName } = share
  return (
    <details className="mt-1">
      <summary className="cursor-pointer py-1 text-caption text-ink-soft">Access log ({all})</summary>
      <div className="mt-2">
        <DataTable
          caption={`Accesses of ${recipientName}`}
          rows={accesses}
          rowKey={({ id }) => id}
          empty={null}
          columns={[
            { id: 'at', header: 'When', isRowHeader: true, cell: ({ at }) => <Time at={at} show="moment" /> },
            {
              id: 'what',
              header: 'What',
              cell: ({ kind, file }) => (file ? `${DONE[kind]} ${FILE[file]}` : DONE[kind]),
            },
            { id: 'address', header: 'Address', cell: ({ address }) => address || 'Unknown' },
            {
              id: 'browser',
              header: 'Browser',
              cell: ({ userAgent }) => <span title={userAgent}>{describeDevice(userAgent)}</span>,
            },
          ]}
        />
        <p className="mt-2 text-caption text-ink-soft">
          {all > accesses.length ? `The newest ${accesses.length} of ${all}. ` : ''}
          Opening or reading again from the same address within ten minutes counts once.{' '}
          <a className="text-link" href={`/reports/${reportId}/shares/${share.id}/log`} download>
            Download the log (CSV)
          </a>
        </p>
      </div>
    </details>
  )
}
