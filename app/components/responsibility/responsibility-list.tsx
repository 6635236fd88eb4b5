/** The rows of a matrix in groups. A row that was saved stays where it is until the page is opened anew. */
import { useState } from 'react'
import { PageSection } from '../page-header.tsx'
import { ResponsibilityRow, type ShownRow } from './responsibility-row.tsx'
import type { RowReply } from './row-reply.ts'

export interface RowGroup {
  title: string
  lead?: string
  rows: readonly ShownRow[]
}

interface ResponsibilityListProps {
  groups: readonly RowGroup[]
  isTemplate?: boolean
  isReadOnly?: boolean
  posted?: RowReply
}

export function ResponsibilityList({ groups, posted, ...rest }: ResponsibilityListProps) {
  // Whoever works through the list with the keyboard would lose their place if a saved row moved away.
  const [order] = useState(() =>
    groups.map(({ title, lead, rows }) => ({ title, lead, ids: rows.map(({ controlId }) => controlId) })),
  )
  const byId = new Map(groups.flatMap(({ rows }) => rows.map((row) => [row.controlId, row] as const)))
  return (
    <>
      {order.map(({ title, lead, ids }) =>
        ids.length === 0 ? null : (
          <PageSection key={title} title={title} lead={lead}>
            <ul className="border-rule border-t">
              {ids.map((id) => {
                const row = byId.get(id)
                const own = posted && 'controlId' in posted && posted.controlId === id ? posted : undefined
                return row ? <ResponsibilityRow key={id} row={row} posted={own} {...rest} /> : null
              })}
            </ul>
          </PageSection>
        ),
      )}
    </>
  )
}
