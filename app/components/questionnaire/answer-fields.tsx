/** The controls that one question's kind needs; native inputs, so that the keyboard reaches everything. */
import { useState } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import type { Answer } from '#questionnaires/answers.ts'
import { currencyExponent } from '#questionnaires/currency.ts'
import { optionsOf, type Question } from '#questionnaires/definition.ts'
import { ChoiceCards } from '../choice-field.tsx'
import { DateField, NumberField, TextAreaField, TextField } from '../text-field.tsx'

/** What the form holds while somebody types: an answer that may still be incomplete. */
export interface AnswerDraft {
  state: 'answered' | 'dont-know'
  value: {
    kind: Question['kind']
    choice?: string
    choices?: string[]
    number?: number
    covered?: number
    total?: number
    amountMinor?: number
    currency?: string
    date?: string
    product?: string
    text?: string
  }
  gap: { owner: string; dueOn: string }
  explanation: string
}

export type AnswerForm = UseFormReturn<AnswerDraft, unknown, Answer>

interface FieldsProps {
  question: Question
  form: AnswerForm
  fieldId: string
  disabled: boolean
}

export function AnswerFields(props: FieldsProps) {
  const { question, form, fieldId, disabled } = props
  const errors = form.formState.errors.value
  switch (question.kind) {
    case 'yes-no':
      return (
        <ChoiceCards
          {...form.register('value.choice')}
          // Checked in the first HTML already, not only once the form library is awake.
          defaultValue={form.formState.defaultValues?.value?.choice}
          id={fieldId}
          label={<span className="sr-only">{question.prompt}</span>}
          layout="row"
          disabled={disabled}
          error={errors?.choice?.message}
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
            ...(question.notApplicable ? [{ value: 'not-applicable', label: 'Not applicable' }] : []),
          ]}
        />
      )
    case 'single-choice':
    case 'band':
      return (
        <ChoiceCards
          {...form.register('value.choice')}
          // Checked in the first HTML already, not only once the form library is awake.
          defaultValue={form.formState.defaultValues?.value?.choice}
          id={fieldId}
          label={<span className="sr-only">{question.prompt}</span>}
          disabled={disabled}
          error={errors?.choice?.message}
          options={optionsOf(question).map(({ id, label }) => ({ value: id, label }))}
        />
      )
    case 'multiple-choice':
      return <MultipleChoice {...props} />
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
      return (
        <>
          <TextField
            {...form.register('value.product')}
            id={fieldId}
            label="Product"
            disabled={disabled}
            list={`${fieldId}-suggestions`}
            autoComplete="off"
            error={errors?.product?.message}
          />
          <datalist id={`${fieldId}-suggestions`}>
            {question.suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion} />
            ))}
          </datalist>
        </>
      )
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
        />
      )
  }
}

function MultipleChoice({ question, form, fieldId, disabled }: FieldsProps) {
  const options = optionsOf(question)
  return (
    <Controller
      control={form.control}
      name="value.choices"
      render={({ field, fieldState }) => {
        const chosen = field.value ?? []
        const toggle = (id: string, ticked: boolean) => {
          const isExclusive = options.find((option) => option.id === id)?.exclusive
          const kept = chosen.filter(
            (other) =>
              other !== id && !isExclusive && !options.find((option) => option.id === other)?.exclusive,
          )
          field.onChange(ticked ? [...kept, id] : chosen.filter((other) => other !== id))
        }
        return (
          <ChoiceCards
            ref={field.ref}
            name={field.name}
            id={fieldId}
            type="checkbox"
            label={<span className="sr-only">{question.prompt}</span>}
            hint="Tick all that hold."
            disabled={disabled}
            error={fieldState.error?.message}
            value={chosen}
            onChange={(event) => toggle(event.target.value, event.target.checked)}
            onBlur={field.onBlur}
            options={options.map(({ id, label }) => ({ value: id, label }))}
          />
        )
      }}
    />
  )
}

function PercentFields({ population, ...props }: FieldsProps & { population: string }) {
  const { form } = props
  const errors = form.formState.errors.value
  const { covered, total } = form.watch('value')
  const share = covered !== undefined && total ? Math.floor((covered / total) * 1000) / 10 : null
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <NumberInput {...props} name="value.covered" label="Covered" error={errors?.covered?.message} />
      <NumberInput
        {...props}
        fieldId={`${props.fieldId}-total`}
        name="value.total"
        label={`Of all ${population}`}
        error={errors?.total?.message}
      />
      {share !== null && share <= 100 ? (
        <output className="self-end pb-2 text-ink-soft tabular-nums">{share} %</output>
      ) : null}
    </div>
  )
}

interface NumberInputProps extends FieldsProps {
  name: 'value.number' | 'value.covered' | 'value.total' | 'value.amountMinor'
  label: string
  unit?: string
  prefix?: string
  decimals?: boolean
  /** Typed in major units, held in minor ones. */
  digits?: number
  error?: string
}

/** Keeps the text as typed; the form holds the number, or nothing while it is none. */
function NumberInput({ form, fieldId, name, disabled, digits = 0, error, ...rest }: NumberInputProps) {
  const held = form.getValues(name)
  const [text, setText] = useState(held === undefined ? '' : String(held / 10 ** digits))
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => (
        <NumberField
          label={rest.label}
          unit={rest.unit}
          prefix={rest.prefix}
          decimals={rest.decimals}
          error={error}
          id={fieldId}
          ref={field.ref}
          name={field.name}
          disabled={disabled}
          value={text}
          onBlur={field.onBlur}
          onChange={(event) => {
            setText(event.target.value)
            field.onChange(parseTyped(event.target.value, digits))
          }}
        />
      )}
    />
  )
}

function parseTyped(text: string, digits: number): number | undefined {
  const plain = text.replace(/[\s,'_]/g, '')
  if (plain === '') return undefined
  const number = Number(plain)
  // Not a number stays one, so that the schema refuses it with its own words.
  return digits === 0 ? number : Math.round(number * 10 ** digits)
}
