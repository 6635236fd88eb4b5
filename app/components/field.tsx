import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

/** What every field takes beside its own control. */
export interface FieldTexts {
  label: ReactNode
  hint?: ReactNode
  /** One sentence that says how to put it right. */
  error?: string
  /** Fields are required unless they say otherwise, so the exception carries the word. */
  optional?: boolean
  id?: string
}

export interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** The id of a field's error, for links and for tests. */
export const errorId = (fieldId: string) => `${fieldId}-error`
export const hintId = (fieldId: string) => `${fieldId}-hint`

export function useFieldId(id: string | undefined): string {
  const generated = useId().replaceAll(':', '')
  return id ?? `field-${generated}`
}

export function describedBy(id: string, { hint, error }: Pick<FieldTexts, 'hint' | 'error'>) {
  return [error && errorId(id), hint && hintId(id)].filter(Boolean).join(' ') || undefined
}

export function FieldError({ fieldId, error }: { fieldId: string; error?: string }) {
  if (!error) return null
  return (
    <p id={errorId(fieldId)} className="flex items-start gap-1.5 text-bad text-caption">
      <CircleAlert aria-hidden size={15} className="mt-0.5 shrink-0" />
      <span>
        <span className="sr-only">Error: </span>
        {error}
      </span>
    </p>
  )
}

export function FieldHint({ fieldId, children }: { fieldId: string; children: ReactNode }) {
  return (
    <div id={hintId(fieldId)} className="text-caption text-ink-soft">
      {children}
    </div>
  )
}

export const OptionalMark = () => <span className="font-normal text-ink-faint"> (optional)</span>

/** Label, hint, control and error in reading order, tied together by id. */
export function Field({
  label,
  hint,
  error,
  optional,
  id: givenId,
  className,
  children,
}: FieldTexts & { className?: string; children: (control: ControlProps) => ReactNode }) {
  const id = useFieldId(givenId)
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
        {optional ? <OptionalMark /> : null}
      </label>
      {hint ? (
        <div className="-mt-1">
          <FieldHint fieldId={id}>{hint}</FieldHint>
        </div>
      ) : null}
      {children({
        id,
        'aria-describedby': describedBy(id, { hint, error }),
        'aria-invalid': error ? true : undefined,
      })}
      <FieldError fieldId={id} error={error} />
    </div>
  )
}

/** Several controls that answer one question: the legend is the question. */
export function Fieldset({
  label,
  hint,
  error,
  optional,
  id: givenId,
  className,
  children,
}: FieldTexts & { className?: string; children: ReactNode }) {
  const id = useFieldId(givenId)
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={describedBy(id, { hint, error })}
      className={classNames('min-w-0', className)}
    >
      <legend className="mb-1.5 font-medium">
        {label}
        {optional ? <OptionalMark /> : null}
      </legend>
      <div className="flex flex-col gap-2">
        {hint ? (
          <div className="-mt-1">
            <FieldHint fieldId={id}>{hint}</FieldHint>
          </div>
        ) : null}
        {children}
        <FieldError fieldId={id} error={error} />
      </div>
    </fieldset>
  )
}
