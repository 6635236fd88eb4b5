import { ChevronDown } from 'lucide-react'
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Field, type FieldTexts } from './field.tsx'

type Own<Element extends 'input' | 'textarea' | 'select'> = Omit<ComponentPropsWithoutRef<Element>, 'id'> &
  FieldTexts & {
    /** For the whole field; the control itself always fills it. */
    className?: string
  }

export const TextField = forwardRef<HTMLInputElement, Own<'input'>>(function TextField(
  { label, hint, error, optional, id, className, type = 'text', ...rest },
  ref,
) {
  return (
    <Field {...{ label, hint, error, optional, id, className }}>
      {(control) => <input {...rest} {...control} ref={ref} type={type} className="control-surface" />}
    </Field>
  )
})

export const TextAreaField = forwardRef<HTMLTextAreaElement, Own<'textarea'>>(function TextAreaField(
  { label, hint, error, optional, id, className, rows = 4, ...rest },
  ref,
) {
  return (
    <Field {...{ label, hint, error, optional, id, className }}>
      {(control) => (
        <textarea {...rest} {...control} ref={ref} rows={rows} className="control-surface resize-y" />
      )}
    </Field>
  )
})

/**
 * A number typed as text: `type="number"` changes its value under a scrolling wheel and drops what it can't parse.
 * The unit is read out with the label.
 */
export const NumberField = forwardRef<
  HTMLInputElement,
  Own<'input'> & { unit?: string; prefix?: string; decimals?: boolean }
>(function NumberField(
  { label, hint, error, optional, id, className, unit, prefix, decimals = false, ...rest },
  ref,
) {
  const spoken = [
    label,
    prefix || unit ? <span key="unit" className="sr-only">{` (${prefix ?? unit})`}</span> : null,
  ]
  return (
    <Field {...{ label: spoken, hint, error, optional, id, className: classNames('max-w-56', className) }}>
      {(control) => (
        <span className="flex items-center gap-2">
          {prefix ? <Affix>{prefix}</Affix> : null}
          <input
            autoComplete="off"
            {...rest}
            {...control}
            ref={ref}
            type="text"
            inputMode={decimals ? 'decimal' : 'numeric'}
            className="control-surface text-end"
          />
          {unit ? <Affix>{unit}</Affix> : null}
        </span>
      )}
    </Field>
  )
})

function Affix({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden className="shrink-0 text-ink-soft">
      {children}
    </span>
  )
}

export const DateField = forwardRef<HTMLInputElement, Own<'input'>>(function DateField(
  { label, hint, error, optional, id, className, ...rest },
  ref,
) {
  return (
    <Field {...{ label, hint, error, optional, id, className: classNames('max-w-56', className) }}>
      {(control) => <input {...rest} {...control} ref={ref} type="date" className="control-surface" />}
    </Field>
  )
})

export const SelectField = forwardRef<
  HTMLSelectElement,
  Own<'select'> & { options: { value: string; label: string; disabled?: boolean }[]; placeholder?: string }
>(function SelectField({ label, hint, error, optional, id, className, options, placeholder, ...rest }, ref) {
  return (
    <Field {...{ label, hint, error, optional, id, className }}>
      {(control) => (
        <span className="relative block">
          <select {...rest} {...control} ref={ref} className="control-surface appearance-none pe-9">
            {placeholder ? <option value="">{placeholder}</option> : null}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden
            size={16}
            className="pointer-events-none absolute inset-y-0 end-3 my-auto text-ink-soft"
          />
        </span>
      )}
    </Field>
  )
})
