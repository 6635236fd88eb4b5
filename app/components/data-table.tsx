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

/**
 * Below which width of its own place a table becomes cards: few columns still read as a table beside other things.
 * Written out twice, because class names are collected from the source.
 */
const STACKING = {
  few: {
    table: '@max-lg:block',
    caption: '@max-lg:block',
    head: '@max-lg:sr-only',
    body: '@max-lg:block @max-lg:border-rule @max-lg:border-t',
    row: '@max-lg:block @max-lg:py-3',
    cell: '@max-lg:block @max-lg:p-0 @max-lg:text-start',
    labelledCell: '@max-lg:mt-1 @max-lg:flex @max-lg:items-baseline @max-lg:gap-3',
    label: '@max-lg:inline',
    value: '@max-lg:min-w-0 @max-lg:grow',
  },
  many: {
    table: '@max-2xl:block',
    caption: '@max-2xl:block',
    head: '@max-2xl:sr-only',
    body: '@max-2xl:block @max-2xl:border-rule @max-2xl:border-t',
    row: '@max-2xl:block @max-2xl:py-3',
    cell: '@max-2xl:block @max-2xl:p-0 @max-2xl:text-start',
    labelledCell: '@max-2xl:mt-1 @max-2xl:flex @max-2xl:items-baseline @max-2xl:gap-3',
    label: '@max-2xl:inline',
    value: '@max-2xl:min-w-0 @max-2xl:grow',
  },
}
type Stacking = (typeof STACKING)[keyof typeof STACKING]

const FEW_COLUMNS = 4

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
  const stacking = narrow === 'stack' ? STACKING[columns.length > FEW_COLUMNS ? 'many' : 'few'] : null

  const table = (
    <table {...role.table} className={classNames('w-full border-collapse', stacking?.table)}>
      <caption
        className={
          showCaption ? classNames('mb-2 text-start font-semibold text-lead', stacking?.caption) : 'sr-only'
        }
      >
        {caption}
      </caption>
      <thead {...role.rowgroup} className={stacking?.head}>
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
      <tbody {...role.rowgroup} className={stacking?.body}>
        {rows.map((row) => (
          <TableRow key={rowKey(row)} columns={columns} row={row} stacking={stacking} />
        ))}
      </tbody>
    </table>
  )

  return stacking ? (
    <div className="@container">{table}</div>
  ) : (
    // Focusable, so that the keyboard can scroll what doesn't fit.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable.
    <section aria-label={`${caption}, scrolls sideways`} tabIndex={0} className="@container overflow-x-auto">
      {table}
    </section>
  )
}

interface TableRowProps<Row> {
  columns: Column<Row>[]
  row: Row
  stacking: Stacking | null
}

function TableRow<Row>({ columns, row, stacking }: TableRowProps<Row>) {
  return (
    <tr
      {...role.row}
      className={classNames('border-hairline border-b align-baseline hover:bg-raised', stacking?.row)}
    >
      {columns.map((column) => {
        const layout = classNames(
          'px-3 py-2.5 first:ps-0 last:pe-0',
          column.align === 'end' ? 'text-end' : 'text-start',
          stacking?.cell,
        )
        if (column.isRowHeader) {
          return (
            <th key={column.id} {...role.rowheader} scope="row" className={classNames(layout, 'font-medium')}>
              {column.cell(row)}
            </th>
          )
        }
        return (
          <td key={column.id} {...role.cell} className={classNames(layout, stacking?.labelledCell)}>
            {stacking ? (
              <span
                aria-hidden
                className={classNames('hidden w-28 shrink-0 text-caption text-ink-faint', stacking.label)}
              >
                {column.header}
              </span>
            ) : null}
            <span className={stacking?.value}>{column.cell(row)}</span>
          </td>
        )
      })}
    </tr>
  )
}
