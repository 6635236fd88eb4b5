/** A client's evidence, in the order asked for. */
import type { EvidenceListItem, EvidenceSort } from '#app/services/evidence-list.ts'
import { DataTable } from '../data-table.tsx'
import { FileSize } from '../file-size.tsx'
import { TextLink } from '../link.tsx'
import type { SortState } from '../sort-link.tsx'
import { Time } from '../time.tsx'
import { FreshnessBadge, StandingChange } from './freshness-badge.tsx'

const SHOWN_CONTROLS = 3

interface EvidenceTableProps {
  items: EvidenceListItem[]
  sort: EvidenceSort
  hrefOfSort: (sort: EvidenceSort) => string
}

export function EvidenceTable({ items, sort, hrefOfSort }: EvidenceTableProps) {
  const sortBy = (by: EvidenceSort): SortState => ({
    href: hrefOfSort(by),
    direction: sort !== by ? null : by === 'received' || by === 'observed' ? 'descending' : 'ascending',
  })
  return (
    <DataTable
      caption="Evidence"
      rows={items}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'title',
          header: 'Evidence',
          isRowHeader: true,
          sort: sortBy('title'),
          cell: (item) => <Titled item={item} />,
        },
        {
          id: 'observed',
          header: 'Observed',
          sort: sortBy('observed'),
          cell: ({ observedAt }) => <Time at={observedAt} />,
        },
        {
          id: 'received',
          header: 'Received',
          sort: sortBy('received'),
          cell: ({ receivedAt }) => <Time at={receivedAt} />,
        },
        {
          id: 'standing',
          header: 'Standing',
          sort: sortBy('changes'),
          cell: (item) => (
            <>
              <FreshnessBadge state={item.standing} />
              <span className="block text-caption text-ink-soft">
                <StandingChange {...item} />
              </span>
            </>
          ),
        },
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
  const marks = [
    item.revisionCount > 1 ? `${item.revisionCount} versions` : '',
    item.hasRedactedCopy ? 'redacted copy' : '',
    item.isCopied ? 'from another client' : '',
  ].filter(Boolean)
  return (
    <>
      <TextLink quiet to={`/evidence/${item.id}`} className="wrap-anywhere">
        {item.title}
      </TextLink>
      <span className="block font-normal text-caption text-ink-soft">
        {[item.kindLabel, ...marks].join(' · ')}
      </span>
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
