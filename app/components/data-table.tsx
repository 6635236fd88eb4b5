import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { SortLink, type SortState } from './sort-link.tsx'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Numbers and dates that are compared down the column. */
  align?: 'start' | 'end'
  /** The cell that names the row. */
  isRowHeader?: boolean
  sort?: SortState
}

// Spelled out because a table that is laid out as blocks loses its roles in some browsers.
const role = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
}

interface DataTableProps<Row> {
  /** Names the table for those who can't see it; also shown with `showCaption`. */
  caption: string
  showCaption?: boolean
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Where the table is narrow: rows become small cards, or the table scrolls inside its own region. */
  narrow?: 'stack' | 'scroll'
  /** Shown in place of the table when there are no rows. */
  empty: ReactNode
}

export function DataTable<Row>({
  caption,
  showCaption = false,
  columns,
  rows,
  rowKey,
  narrow = 'stack',
  empty,
}: DataTableProps<Row>) {
  if (rows.length === 0) return <>{empty}</>
  const stacks = narrow === 'stack'

  const table = (
    <table {...role.table} className={classNames('w-full border-collapse', stacks && '@max-2xl:block')}>
      <caption
        className={
          showCaption ? 'mb-2 block text-start font-semibold text-lead @2xl:table-caption' : 'sr-only'
        }
      >
        {caption}
      </caption>
      <thead {...role.rowgroup} className={classNames(stacks && '@max-2xl:sr-only')}>
        <tr {...role.row} className="border-rule border-b">
          {columns.map((column) => (
            <th
              key={column.id}
              {...role.columnheader}
              scope="col"
              aria-sort={column.sort?.direction ?? undefined}
              className={classNames(
                'whitespace-nowrap px-3 py-2 align-bottom font-medium text-caption text-ink-soft first:ps-0 last:pe-0',
                column.align === 'end' ? 'text-end' : 'text-start',
              )}
            >
              {column.sort ? <SortLink sort={column.sort}>{column.header}</SortLink> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody
        {...role.rowgroup}
        className={classNames(stacks && '@max-2xl:block @max-2xl:border-rule @max-2xl:border-t')}
      >
        {rows.map((row) => (
          <TableRow key={rowKey(row)} columns={columns} row={row} stacks={stacks} />
        ))}
      </tbody>
    </table>
  )

  return stacks ? (
    <div className="@container">{table}</div>
  ) : (
    // Focusable, so that the keyboard can scroll what doesn't fit.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable.
    <section aria-label={`${caption}, scrolls sideways`} tabIndex={0} className="@container overflow-x-auto">
      {table}
    </section>
  )
}

function TableRow<Row>({ columns, row, stacks }: { columns: Column<Row>[]; row: Row; stacks: boolean }) {
  return (
    <tr
      {...role.row}
      className={classNames(
        'border-hairline border-b align-baseline hover:bg-raised',
        stacks && '@max-2xl:block @max-2xl:py-3',
      )}
    >
      {columns.map((column) => {
        const layout = classNames(
          'px-3 py-2.5 first:ps-0 last:pe-0',
          column.align === 'end' ? 'text-end' : 'text-start',
          stacks && '@max-2xl:block @max-2xl:p-0 @max-2xl:text-start',
        )
        if (column.isRowHeader) {
          return (
            <th key={column.id} {...role.rowheader} scope="row" className={classNames(layout, 'font-medium')}>
              {column.cell(row)}
            </th>
          )
        }
        return (
          <td
            key={column.id}
            {...role.cell}
            className={classNames(
              layout,
              stacks && '@max-2xl:mt-1 @max-2xl:flex @max-2xl:items-baseline @max-2xl:gap-3',
            )}
          >
            {stacks ? (
              <span aria-hidden className="hidden w-28 shrink-0 text-caption text-ink-faint @max-2xl:inline">
                {column.header}
              </span>
            ) : null}
            <span className="@max-2xl:min-w-0 @max-2xl:grow">{column.cell(row)}</span>
          </td>
        )
      })}
    </tr>
  )
}
