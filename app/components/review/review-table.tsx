/** The assessors who were invited to an application, and how far they are. */

import type { ReviewOpinion } from '#app/services/review-input.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { OPINION_WORDS, reviewStateLook } from './review-words.ts'

export interface TableReview {
  id: string
  assessorName: string
  assessorFirm: string
  state: keyof typeof reviewStateLook
  opinion: ReviewOpinion | null
  decided: number
  expiresAt: Date | string
  lastSeenAt: Date | string | null
}

export function ReviewTable({ reviews }: { reviews: readonly TableReview[] }) {
  return (
    <DataTable
      caption="Assessors invited"
      rows={reviews}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'who',
          header: 'Assessor',
          isRowHeader: true,
          cell: (row) => (
            <TextLink quiet to={`/reviews/${row.id}`} className="wrap-anywhere">
              {row.assessorName}, {row.assessorFirm}
            </TextLink>
          ),
        },
        {
          id: 'state',
          header: 'State',
          cell: (row) => (
            <StatusBadge
              {...reviewStateLook[row.state]}
              detail={row.opinion ? `(${OPINION_WORDS[row.opinion].toLowerCase()})` : undefined}
            />
          ),
        },
        { id: 'decided', header: 'Decisions', align: 'end', cell: (row) => row.decided },
        {
          id: 'seen',
          header: 'Last here',
          cell: (row) => (row.lastSeenAt ? <Time at={row.lastSeenAt} show="moment" /> : 'Not yet'),
        },
        { id: 'until', header: 'Open until', cell: (row) => <Time at={row.expiresAt} /> },
      ]}
    />
  )
}
