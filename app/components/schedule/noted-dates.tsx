/** Dates that are near or past and wait for somebody. */
import { Form } from '@remix-run/react'
import { Button } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { Time } from '../time.tsx'

export interface NotedDate {
  id: string
  what: string
  dueOn: string
  isOverdue: boolean
}

export function NotedDates({ rows }: { rows: readonly NotedDate[] }) {
  return (
    <DataTable
      caption="Dates that wait"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p className="border-rule border-t pt-4 text-ink-faint">No date is near.</p>}
      columns={[
        { id: 'what', header: 'What', isRowHeader: true, cell: (row) => row.what },
        {
          id: 'due',
          header: 'Due',
          cell: (row) => (
            <>
              <Time at={row.dueOn} />
              {row.isOverdue ? <span className="text-bad"> overdue</span> : null}
            </>
          ),
        },
        {
          id: 'act',
          header: 'Action',
          cell: (row) => (
            <Form method="post" className="flex flex-wrap gap-2">
              <input type="hidden" name="intent" value="settle" />
              <input type="hidden" name="occurrenceId" value={row.id} />
              <Button type="submit" size="small" name="how" value="done">
                Done<span className="sr-only">: {row.what}</span>
              </Button>
              <Button type="submit" size="small" name="how" value="not-needed">
                Not needed<span className="sr-only">: {row.what}</span>
              </Button>
            </Form>
          ),
        },
      ]}
    />
  )
}
