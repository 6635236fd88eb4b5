/** One row of a table that is filled in: a table row where there is room, a card where there is none. */
import { Trash2 } from 'lucide-react'
import type { Column } from '#questionnaires/definition.ts'
import { classNames } from '../class-names.ts'
import type { AnswerForm } from './answer-draft.ts'
import { TableCell } from './table-cell.tsx'

// Spelled out because a table that is laid out as blocks loses its roles in some browsers.
export const role = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
}

interface TableRowProps {
  form: AnswerForm
  columns: readonly Column[]
  row: number
  fieldId: string
  disabled: boolean
  /** All columns fit beside each other where there is room. */
  fits: boolean
  onRemove: ((row: number) => void) | null
}

export function TableRow({ form, columns, row, fieldId, disabled, fits, onRemove }: TableRowProps) {
  return (
    <tr
      {...role.row}
      id={`${fieldId}-row-${row}`}
      className={classNames(
        'relative grid gap-x-4 gap-y-3 rounded-small border border-hairline bg-raised p-4 pt-3',
        fits
          ? '@3xl:table-row @3xl:rounded-none @3xl:border-0 @3xl:border-b @3xl:bg-transparent'
          : '@lg:grid-cols-2 @3xl:grid-cols-3',
      )}
    >
      <th
        {...role.rowheader}
        scope="row"
        className={classNames(
          'col-span-full block py-1.5 text-start font-medium text-caption text-ink-soft',
          fits && '@3xl:table-cell @3xl:pt-6 @3xl:align-top @3xl:font-normal',
        )}
      >
        <span className={classNames(fits && '@3xl:sr-only')}>Row </span>
        {row + 1}
      </th>
      {columns.map((column) => (
        <td
          key={column.id}
          {...role.cell}
          className={classNames(
            'block min-w-0',
            fits && '@3xl:table-cell @3xl:px-1.5 @3xl:py-2 @3xl:align-top',
          )}
        >
          <TableCell
            form={form}
            column={column}
            row={row}
            fieldId={`${fieldId}-${row}-${column.id}`}
            disabled={disabled}
            isUnderHeader={fits}
          />
        </td>
      ))}
      <td
        {...role.cell}
        className={classNames(
          'absolute end-2 top-2',
          fits && '@3xl:static @3xl:table-cell @3xl:pt-3.5 @3xl:align-top',
        )}
      >
        {onRemove ? (
          <button
            type="button"
            id={`${fieldId}-remove-${row}`}
            onClick={() => onRemove(row)}
            className="grid size-10 place-items-center rounded-small text-ink-soft hover:bg-accent-wash hover:text-ink"
          >
            <Trash2 aria-hidden size={17} />
            <span className="sr-only">Remove row {row + 1}</span>
          </button>
        ) : null}
      </td>
    </tr>
  )
}
