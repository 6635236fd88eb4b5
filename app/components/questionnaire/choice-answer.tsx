/** Answers that are chosen: yes or no, one of several, several of several, and what "other" is. */
import { Controller, useWatch } from 'react-hook-form'
import { optionsOf, type Question } from '#questionnaires/definition.ts'
import { type Choice, ChoiceCards } from '../choice-field.tsx'
import { TextField } from '../text-field.tsx'
import { describedOption, type FieldsProps } from './answer-draft.ts'

const spokenPrompt = (question: Question) => <span className="sr-only">{question.prompt}</span>

export function YesNo(props: FieldsProps & { question: Extract<Question, { kind: 'yes-no' }> }) {
  const { question } = props
  return (
    <Radios
      {...props}
      layout="row"
      options={[
        { value: 'yes', label: 'Yes' },
        ...(question.sometimes ? [{ value: 'sometimes', label: 'Sometimes' }] : []),
        { value: 'no', label: 'No' },
        ...(question.notApplicable ? [{ value: 'not-applicable', label: 'Not applicable' }] : []),
      ]}
    />
  )
}

export function OneChoice(props: FieldsProps) {
  return (
    <>
      <Radios
        {...props}
        options={optionsOf(props.question).map(({ id, label }) => ({ value: id, label }))}
        className="max-w-measure"
      />
      <OtherDescription {...props} />
    </>
  )
}

interface RadiosProps extends FieldsProps {
  options: Choice[]
  layout?: 'row' | 'stack'
  className?: string
}

function Radios({ question, form, fieldId, disabled, ...look }: RadiosProps) {
  return (
    <Controller
      control={form.control}
      name="value.choice"
      render={({ field, fieldState }) => (
        <ChoiceCards
          {...look}
          ref={field.ref}
          // No form element parts one question's radios from the next one's; their name has to.
          name={fieldId}
          id={fieldId}
          label={spokenPrompt(question)}
          disabled={disabled}
          error={fieldState.error?.message}
          value={field.value ?? ''}
          onChange={(event) => field.onChange(event.target.value)}
          onBlur={field.onBlur}
        />
      )}
    />
  )
}

/** One box: ticked it says "yes", and left blank the form itself reads a "no". */
export function YesOnly({ question, form, fieldId, disabled }: FieldsProps) {
  return (
    <Controller
      control={form.control}
      name="value.choice"
      render={({ field, fieldState }) => (
        <ChoiceCards
          ref={field.ref}
          name={field.name}
          id={fieldId}
          type="checkbox"
          layout="row"
          label={spokenPrompt(question)}
          hint="Tick only if this holds. Left blank, this form reads “no”; untick it to go back to blank."
          disabled={disabled}
          error={fieldState.error?.message}
          value={field.value === 'yes' ? ['yes'] : []}
          onChange={(event) => field.onChange(event.target.checked ? 'yes' : '')}
          onBlur={field.onBlur}
          options={[{ value: 'yes', label: 'Yes' }]}
        />
      )}
    />
  )
}

export function ManyChoices(props: FieldsProps) {
  const { question, form, fieldId, disabled } = props
  const options = optionsOf(question)
  return (
    <>
      <Controller
        control={form.control}
        name="value.choices"
        render={({ field, fieldState }) => (
          <ChoiceCards
            ref={field.ref}
            name={field.name}
            id={fieldId}
            type="checkbox"
            label={spokenPrompt(question)}
            hint="Tick all that hold."
            disabled={disabled}
            error={fieldState.error?.message}
            value={field.value ?? []}
            onChange={(event) =>
              field.onChange(
                toggle(options, field.value ?? [], { id: event.target.value, ticked: event.target.checked }),
              )
            }
            onBlur={field.onBlur}
            options={options.map(({ id, label }) => ({ value: id, label }))}
            className="max-w-measure"
          />
        )}
      />
      <OtherDescription {...props} />
    </>
  )
}

/** "None of these" and the others push each other out. */
function toggle(
  options: ReturnType<typeof optionsOf>,
  chosen: readonly string[],
  { id, ticked }: { id: string; ticked: boolean },
): string[] {
  if (!ticked) return chosen.filter((other) => other !== id)
  const isExclusive = (option: string) => options.find((other) => other.id === option)?.exclusive ?? false
  return isExclusive(id) ? [id] : [...chosen.filter((other) => other !== id && !isExclusive(other)), id]
}

/** Appears with "other" and says what it is. */
function OtherDescription({ question, form, fieldId, disabled }: FieldsProps) {
  const [choice, choices] = useWatch({ control: form.control, name: ['value.choice', 'value.choices'] })
  const option = describedOption(question, question.kind === 'multiple-choice' ? { choices } : { choice })
  if (!option) return null
  return (
    <TextField
      {...form.register('value.description')}
      id={`${fieldId}-description`}
      label={`What is meant by “${option.label}”`}
      disabled={disabled}
      maxLength={400}
      autoComplete="off"
      error={form.formState.errors.value?.description?.message}
      className="max-w-measure border-accent border-s-2 ps-4"
    />
  )
}
