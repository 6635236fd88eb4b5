/** Numbers as people type them: with separators, in major units, and not always numbers yet. */
import { useState } from 'react'
import { Controller, type FieldPath, useWatch } from 'react-hook-form'
import { NumberField } from '../text-field.tsx'
import type { AnswerDraft, FieldsProps } from './answer-draft.ts'

export function PercentFields({ population, ...props }: FieldsProps & { population: string }) {
  const { form } = props
  const errors = form.formState.errors.value
  const [covered, total] = useWatch({ control: form.control, name: ['value.covered', 'value.total'] })
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

interface NumberInputProps extends Omit<FieldsProps, 'question'> {
  name: FieldPath<AnswerDraft>
  label: React.ReactNode
  unit?: string
  prefix?: string
  decimals?: boolean
  optional?: boolean
  /** Typed in major units, held in minor ones. */
  digits?: number
  error?: string
  className?: string
}

/** Keeps the text as typed; the form holds the number, or nothing while it is none. */
export function NumberInput({ form, fieldId, name, disabled, digits = 0, ...rest }: NumberInputProps) {
  const held = form.getValues(name)
  const [text, setText] = useState(typeof held === 'number' ? String(held / 10 ** digits) : '')
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
          optional={rest.optional}
          error={rest.error}
          className={rest.className}
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

/**
 * Undefined while nothing is typed; NaN for what could be read in two ways, such as `1,5`, so that the schema refuses
 * it with its own words.
 * @param digits behind the decimal point of an amount; the result is then in minor units
 */
export function parseTyped(text: string, digits: number): number | undefined {
  const plain = text.replace(/[\s'_]/g, '')
  if (plain === '') return undefined
  const read = /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(plain)
  if (!read || (digits > 0 && (read[1] ?? '').length > digits)) return Number.NaN
  const number = Number(plain.replaceAll(',', ''))
  return digits === 0 ? number : Math.round(number * 10 ** digits)
}
