/** One cell of a table that is filled in; its label names the column and the row. */
import type { FieldPath } from 'react-hook-form'
import { currencyExponent } from '#questionnaires/currency.ts'
import type { Column } from '#questionnaires/definition.ts'
import { classNames } from '../class-names.ts'
import { DateField, SelectField, TextField } from '../text-field.tsx'
import type { AnswerDraft, AnswerForm } from './answer-draft.ts'
import { NumberInput } from './number-answer.tsx'

interface TableCellProps {
  form: AnswerForm
  column: Column
  row: number
  fieldId: string
  disabled: boolean
  /** Where there is room the column's header says what the label says. */
  isUnderHeader: boolean
}

export function TableCell({ form, column, row, fieldId, disabled, isUnderHeader }: TableCellProps) {
  const name = `value.rows.${row}.${column.id}` as FieldPath<AnswerDraft>
  const error = cellError(form, row, column.id)
  const label = (
    <span key="label" className={classNames('text-caption', isUnderHeader && '@3xl:sr-only')}>
      {column.label}
      {column.required ? null : <span className="font-normal text-ink-faint"> (optional)</span>}
      <span className="sr-only">, row {row + 1}</span>
    </span>
  )
  const field = { id: fieldId, label, disabled, error }
  switch (column.kind) {
    case 'text':
      return <TextField {...form.register(name)} {...field} maxLength={column.maxLength} autoComplete="off" />
    case 'date':
      return <DateField {...form.register(name)} {...field} className="max-w-none" />
    case 'number':
    case 'currency':
      return (
        <NumberInput
          form={form}
          name={name}
          fieldId={fieldId}
          label={label}
          disabled={disabled}
          error={error}
          className="max-w-none"
          {...(column.kind === 'currency'
            ? { prefix: column.currency, decimals: true, digits: currencyExponent(column.currency) }
            : { unit: column.unit, decimals: !column.whole })}
        />
      )
    case 'yes-no':
    case 'choice':
      return (
        <SelectField
          {...form.register(name)}
          {...field}
          placeholder="Choose"
          className="min-w-28"
          options={
            column.kind === 'choice' ? column.options.map(({ id, label }) => ({ value: id, label })) : YES_NO
          }
        />
      )
  }
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

function cellError(form: AnswerForm, row: number, columnId: string): string | undefined {
  const error = form.formState.errors.value?.rows?.[row]?.[columnId]
  return typeof error?.message === 'string' ? error.message : undefined
}
