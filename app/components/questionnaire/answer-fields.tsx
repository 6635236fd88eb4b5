/** The controls that one question's kind needs; native inputs, so that the keyboard reaches everything. */
import { currencyExponent } from '#questionnaires/currency.ts'
import type { Question } from '#questionnaires/definition.ts'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import type { FieldsProps } from './answer-draft.ts'
import { FilesAnswer } from './attachment-answer.tsx'
import { ManyChoices, OneChoice, YesNo, YesOnly } from './choice-answer.tsx'
import type { EvidenceChoice } from './evidence-picker.tsx'
import { NumberInput, PercentFields } from './number-answer.tsx'
import { TableAnswer } from './table-answer.tsx'

export interface AnswerFieldsProps extends FieldsProps {
  evidenceChoices: readonly EvidenceChoice[]
  /** Where evidence is added; null in a preview. */
  evidenceHref: string | null
}

export function AnswerFields({ evidenceChoices, evidenceHref, ...props }: AnswerFieldsProps) {
  const { question, form, fieldId, disabled } = props
  const errors = form.formState.errors.value
  switch (question.kind) {
    case 'yes-no':
      return question.yesOnly ? <YesOnly {...props} /> : <YesNo {...props} question={question} />
    case 'single-choice':
    case 'band':
      return <OneChoice {...props} />
    case 'multiple-choice':
      return <ManyChoices {...props} />
    case 'number':
      return (
        <NumberInput
          {...props}
          name="value.number"
          label="Answer"
          unit={question.unit}
          decimals={!question.whole}
          error={errors?.number?.message}
        />
      )
    case 'percent':
      return <PercentFields {...props} population={question.population} />
    case 'currency':
      return (
        <NumberInput
          {...props}
          name="value.amountMinor"
          label="Amount"
          prefix={question.currency}
          decimals
          digits={currencyExponent(question.currency)}
          error={errors?.amountMinor?.message}
        />
      )
    case 'date':
      return (
        <DateField
          {...form.register('value.date')}
          id={fieldId}
          label="Date"
          disabled={disabled}
          max={question.past ? '9999-12-31' : undefined}
          error={errors?.date?.message}
        />
      )
    case 'product':
      return <ProductAnswer {...props} suggestions={question.suggestions} />
    case 'text':
      return (
        <TextAreaField
          {...form.register('value.text')}
          id={fieldId}
          label="Answer"
          rows={3}
          disabled={disabled}
          maxLength={question.maxLength}
          error={errors?.text?.message}
          className="max-w-measure"
        />
      )
    case 'table':
      return <TableAnswer {...props} question={question} />
    case 'attachment':
      return (
        <FilesAnswer {...props} question={question} choices={evidenceChoices} evidenceHref={evidenceHref} />
      )
  }
}

function ProductAnswer({
  form,
  fieldId,
  disabled,
  suggestions,
}: FieldsProps & { suggestions: Extract<Question, { kind: 'product' }>['suggestions'] }) {
  return (
    <>
      <TextField
        {...form.register('value.product')}
        id={fieldId}
        label="Product"
        disabled={disabled}
        list={`${fieldId}-suggestions`}
        autoComplete="off"
        error={form.formState.errors.value?.product?.message}
        className="max-w-measure"
      />
      <datalist id={`${fieldId}-suggestions`}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </>
  )
}
