/** A client's evidence, newest first. */
import type { EvidenceListItem } from '#app/services/evidence-pages.server.ts'
import { DataTable } from '../data-table.tsx'
import { FileSize } from '../file-size.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'
import { FreshnessBadge } from './freshness-badge.tsx'

const SHOWN_CONTROLS = 3

export function EvidenceTable({ items }: { items: EvidenceListItem[] }) {
  return (
    <DataTable
      caption="Evidence"
      rows={items}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        { id: 'title', header: 'Evidence', isRowHeader: true, cell: (item) => <Titled item={item} /> },
        { id: 'observed', header: 'Observed', cell: ({ observedAt }) => <Time at={observedAt} /> },
        { id: 'received', header: 'Received', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
        {
          id: 'until',
          header: 'Valid until',
          cell: ({ validUntil }) =>
            validUntil ? <Time at={validUntil} /> : <span className="text-ink-faint">not stated</span>,
        },
        { id: 'freshness', header: 'Freshness', cell: ({ standing }) => <FreshnessBadge state={standing} /> },
        {
          id: 'size',
          header: 'Size',
          align: 'end',
          cell: ({ sizeBytes }) => <FileSize sizeBytes={sizeBytes} />,
        },
      ]}
    />
  )
}

function Titled({ item }: { item: EvidenceListItem }) {
  const { controlLabels } = item
  const more = controlLabels.length - SHOWN_CONTROLS
  return (
    <>
      <TextLink quiet to={`/evidence/${item.id}`} className="wrap-anywhere">
        {item.title}
      </TextLink>
      <span className="block font-normal text-caption text-ink-soft">{item.kindLabel}</span>
      <span className="block font-normal text-caption text-ink-faint">
        {controlLabels.length === 0
          ? 'Linked to no control yet'
          : controlLabels.slice(0, SHOWN_CONTROLS).join(', ') + (more > 0 ? ` and ${more} more` : '')}
      </span>
    </>
  )
}

/** Withdrawn evidence, folded away: it no longer counts, but it is not forgotten. */
export function WithdrawnEvidence({ items }: { items: EvidenceListItem[] }) {
  if (items.length === 0) return null
  return (
    <details className="mt-8 border-hairline border-t pt-3">
      <summary className="py-1 text-ink-soft">Withdrawn ({items.length})</summary>
      <ul className="mt-2">
        {items.map((item) => (
          <li key={item.id} className="border-hairline border-b py-3">
            <TextLink quiet to={`/evidence/${item.id}`} className="wrap-anywhere">
              {item.title}
            </TextLink>
            <p className="text-caption text-ink-soft">
              {item.kindLabel}, withdrawn {item.withdrawnAt ? <Time at={item.withdrawnAt} /> : null}.{' '}
              {item.withdrawnReason}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}
