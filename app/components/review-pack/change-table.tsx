import type { PackChange } from '#app/report/review-pack/pack-account.ts'
import { DataTable } from '../data-table.tsx'
import { coverLook } from '../history/cover-look.ts'
import { StatusBadge } from '../status-badge.tsx'

interface ChangeTableProps {
  caption: string
  changes: readonly PackChange[]
  empty: string
}

/** Answers that stand otherwise than before the period. */
export function ChangeTable({ caption, changes, empty }: ChangeTableProps) {
  return (
    <DataTable
      caption={caption}
      rows={changes}
      rowKey={({ form, item, prompt }) => `${form} ${item} ${prompt}`}
      empty={<p className="text-ink-soft">{empty}</p>}
      columns={[
        {
          id: 'answer',
          header: 'Answer',
          isRowHeader: true,
          cell: ({ form, item, prompt }) => (
            <span className="wrap-anywhere">
              <span className="text-ink-soft">{item}</span> {prompt}
              <span className="block font-normal text-caption text-ink-soft">{form}</span>
            </span>
          ),
        },
        {
          id: 'change',
          header: 'Change',
          cell: ({ before, now }) => (
            <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              {before === now ? null : (
                <>
                  <StatusBadge {...coverLook[before]} />
                  <span aria-hidden>→</span>
                  <span className="sr-only">became</span>
                </>
              )}
              <StatusBadge
                {...coverLook[now]}
                {...(before === now ? { detail: '(by something new)' } : {})}
              />
            </span>
          ),
        },
        {
          id: 'why',
          header: 'Why',
          cell: ({ reasons }) => <span className="max-w-measure wrap-anywhere">{reasons.join(' ')}</span>,
        },
      ]}
    />
  )
}
