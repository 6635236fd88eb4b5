/** An answer in rows with typed columns: a table where there is room, one card a row where there is none. */
import { Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useFieldArray } from 'react-hook-form'
import type { Question } from '#questionnaires/definition.ts'
import { Button } from '../button.tsx'
import { classNames } from '../class-names.ts'
import { describedBy, FieldError, FieldHint } from '../field.tsx'
import type { AnswerForm, FieldsProps } from './answer-draft.ts'
import { role, TableRow } from './table-row.tsx'

type TableQuestion = Extract<Question, { kind: 'table' }>

/** More columns than this would leave no cell wide enough to type in. */
const WIDEST_TABLE = 5

export function TableAnswer(props: FieldsProps & { question: TableQuestion }) {
  const { question, form, fieldId, disabled } = props
  const { columns, minimumRows, maximumRows } = question
  const { rows, addRow, removeRow } = useRows(form, fieldId, minimumRows)
  const error = rowsError(form)
  const hint = hintOf(question)
  const fits = columns.length <= WIDEST_TABLE
  return (
    <fieldset
      id={fieldId}
      tabIndex={-1}
      aria-describedby={describedBy(fieldId, { hint, error })}
      className="@container min-w-0"
    >
      <legend className="sr-only">{question.prompt}</legend>
      {hint ? <FieldHint fieldId={fieldId}>{hint}</FieldHint> : null}
      <table
        {...role.table}
        className={classNames('mt-2 block w-full border-collapse', fits && '@3xl:table')}
        aria-label={question.prompt}
      >
        <thead {...role.rowgroup} className={classNames('sr-only', fits && '@3xl:not-sr-only')}>
          <tr {...role.row} className="border-rule border-b">
            <th {...role.columnheader} scope="col" className="w-8 py-2 text-start">
              <span className="sr-only">Row</span>
            </th>
            {columns.map((column) => (
              <th
                key={column.id}
                {...role.columnheader}
                scope="col"
                className="px-1.5 py-2 text-start align-bottom font-medium text-caption text-ink-soft"
              >
                {column.label}
                {column.required ? null : <span className="font-normal text-ink-faint"> (optional)</span>}
              </th>
            ))}
            <th {...role.columnheader} scope="col" className="w-10">
              <span className="sr-only">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody {...role.rowgroup} className={classNames('grid gap-3', fits && '@3xl:table-row-group')}>
          {rows.map((row, index) => (
            <TableRow
              key={row._key}
              {...{ form, columns, fieldId, disabled, fits }}
              row={index}
              onRemove={disabled || rows.length <= Math.max(1, minimumRows) ? null : removeRow}
            />
          ))}
        </tbody>
      </table>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {disabled ? null : (
          <Button
            id={`${fieldId}-add`}
            size="small"
            icon={Plus}
            disabled={rows.length >= maximumRows}
            onClick={addRow}
          >
            Add a row
          </Button>
        )}
        {rows.length >= maximumRows ? (
          <span className="text-caption text-ink-soft">This table holds {maximumRows} rows at most.</span>
        ) : null}
        <span role="status" className="sr-only">
          {rows.length === 1 ? '1 row' : `${rows.length} rows`}
        </span>
      </div>
      <FieldError fieldId={fieldId} error={error} />
    </fieldset>
  )
}

function hintOf({ minimumRows, columns }: TableQuestion): string {
  const rows =
    minimumRows > 1 ? `Fill in ${minimumRows} rows or more.` : 'One row each; add as many as there are.'
  const isMoney = columns.some(({ kind }) => kind === 'currency')
  return isMoney ? `${rows} Amounts as they are written, such as 12,500.00.` : rows
}

/** What is wrong with the table as a whole; what is wrong with a cell stands in the cell. */
function rowsError(form: AnswerForm): string | undefined {
  const error = form.formState.errors.value?.rows
  return error?.root?.message ?? (typeof error?.message === 'string' ? error.message : undefined)
}

/** Rows by lasting keys, and focus that stays where the person works. */
function useRows(form: AnswerForm, fieldId: string, minimumRows: number) {
  // No column can be called `_key`.
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: 'value.rows',
    keyName: '_key',
  })
  const focusNext = useRef<string | null>(null)
  // Once the rows are there, or gone: a rendering in between would find the old ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of rows says when.
  useEffect(() => {
    const target = focusNext.current === null ? null : document.getElementById(focusNext.current)
    focusNext.current = null
    const isControl = target?.matches('input, select, textarea, button')
    ;(isControl ? target : target?.querySelector<HTMLElement>('input, select, textarea'))?.focus()
  }, [fields.length])
  return {
    rows: fields,
    addRow: () => {
      append({}, { shouldFocus: false })
      focusNext.current = `${fieldId}-row-${fields.length}`
    },
    removeRow: (index: number) => {
      remove(index)
      const left = fields.length - 1
      focusNext.current =
        left <= Math.max(1, minimumRows) ? `${fieldId}-add` : `${fieldId}-remove-${Math.min(index, left - 1)}`
    },
  }
}
