/** Nobody knows yet: who will find out, and by when. */
import { DateField, TextField } from '../text-field.tsx'
import type { AnswerForm } from './answer-draft.ts'

export function GapFields({
  form,
  fieldId,
  disabled,
  meaning = 'This opens a gap. It never counts as met, and the report says who will close it and when.',
}: {
  form: AnswerForm
  fieldId: string
  disabled: boolean
  meaning?: string
}) {
  const errors = form.formState.errors.gap
  return (
    <fieldset id={fieldId} tabIndex={-1} className="max-w-measure border-info border-s-2 ps-4">
      <legend className="sr-only">Who will find out, and by when</legend>
      <p className="mb-3 text-caption text-ink-soft">{meaning}</p>
      <div className="flex flex-wrap gap-4">
        <TextField
          {...form.register('gap.owner')}
          id={`${fieldId}-owner`}
          label="Who will find out"
          disabled={disabled}
          autoComplete="off"
          error={errors?.owner?.message}
        />
        <DateField
          {...form.register('gap.dueOn')}
          id={`${fieldId}-due`}
          label="By when"
          disabled={disabled}
          error={errors?.dueOn?.message}
        />
      </div>
    </fieldset>
  )
}
