import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, FieldError, FieldHint, Fieldset, type FieldTexts, useFieldId } from './field.tsx'

export interface Choice {
  value: string
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

type NativeInput = Omit<
  ComponentPropsWithoutRef<'input'>,
  'id' | 'type' | 'value' | 'defaultValue' | 'className'
>

interface ChoiceCardsProps extends FieldTexts, NativeInput {
  name: string
  options: Choice[]
  /** `checkbox` lets several be chosen. */
  type?: 'radio' | 'checkbox'
  /** Side by side where there is room; stacked otherwise. Short answers such as yes and no go in a row. */
  layout?: 'row' | 'stack'
  /** Controlled choice; leave out with react-hook-form's `register` or with `defaultValue`. */
  value?: string | readonly string[]
  defaultValue?: string | readonly string[]
  className?: string
}

const holds = (value: string | readonly string[] | undefined, option: string) =>
  typeof value === 'string' ? value === option : (value?.includes(option) ?? false)

/** Native radios or checkboxes as cards: arrow keys, forms and screen readers work without our help. */
export const ChoiceCards = forwardRef<HTMLInputElement, ChoiceCardsProps>(function ChoiceCards(
  {
    label,
    hint,
    error,
    optional,
    id: givenId,
    options,
    type = 'radio',
    layout = 'stack',
    value,
    defaultValue,
    className,
    ...rest
  },
  ref,
) {
  const id = useFieldId(givenId)
  return (
    <Fieldset {...{ label, hint, error, optional, id, className }}>
      <div className={classNames('flex gap-2', layout === 'row' ? 'flex-row flex-wrap' : 'flex-col')}>
        {options.map((option) => {
          const optionId = `${id}-${option.value}`
          return (
            <label
              key={option.value}
              htmlFor={optionId}
              className={classNames(
                'flex min-h-(--control-height) items-start gap-3 rounded-small border border-control bg-raised py-2 px-3 hover:border-ink has-checked:border-accent has-checked:bg-accent-wash has-disabled:cursor-not-allowed has-disabled:border-hairline has-disabled:bg-sunken has-disabled:text-ink-faint has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-1',
                layout === 'row' && 'min-w-20',
              )}
            >
              <input
                {...rest}
                ref={ref}
                type={type}
                id={optionId}
                value={option.value}
                disabled={rest.disabled || option.disabled}
                checked={value === undefined ? undefined : holds(value, option.value)}
                defaultChecked={
                  value === undefined && defaultValue !== undefined
                    ? holds(defaultValue, option.value)
                    : undefined
                }
                aria-describedby={option.hint ? `${optionId}-hint` : undefined}
                aria-invalid={error ? true : undefined}
                className="mt-1 size-4 shrink-0 outline-none"
              />
              <span className="min-w-0">
                <span className="block">{option.label}</span>
                {option.hint ? (
                  <span id={`${optionId}-hint`} className="block text-caption text-ink-soft">
                    {option.hint}
                  </span>
                ) : null}
              </span>
            </label>
          )
        })}
      </div>
    </Fieldset>
  )
})

type CheckboxFieldProps = FieldTexts & Omit<ComponentPropsWithoutRef<'input'>, 'id' | 'type'>

export const CheckboxField = forwardRef<HTMLInputElement, CheckboxFieldProps>(function CheckboxField(
  { label, hint, error, optional: _optional, id: givenId, className, ...rest },
  ref,
) {
  const id = useFieldId(givenId)
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <div className="flex items-start gap-3">
        <input
          {...rest}
          ref={ref}
          type="checkbox"
          id={id}
          aria-describedby={describedBy(id, { hint, error })}
          aria-invalid={error ? true : undefined}
          className="mt-1 size-4 shrink-0"
        />
        <div className="min-w-0">
          <label htmlFor={id}>{label}</label>
          {hint ? <FieldHint fieldId={id}>{hint}</FieldHint> : null}
        </div>
      </div>
      <FieldError fieldId={id} error={error} />
    </div>
  )
})
