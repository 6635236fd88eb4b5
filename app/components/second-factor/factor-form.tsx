/** One form about second factors: its own problems at its top, its own waiting. */
import { Form, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button, type ButtonVariant } from '../button.tsx'
import { FormErrorSummary, type FormProblem } from '../form-error-summary.tsx'

/** What the action found wrong, and in which form. */
export interface FactorProblem {
  at: string
  fieldErrors: Record<string, string>
}

/** @returns the errors that belong to this form, by field */
export const errorsAt = (problem: FactorProblem | null, at: string): Record<string, string> =>
  problem?.at === at ? problem.fieldErrors : {}

interface FactorFormProps {
  /** Which form this is, unique on the page. */
  at: string
  hidden: Record<string, string>
  problem: FactorProblem | null
  submit: { label: string; loading: string; variant?: ButtonVariant }
  children?: ReactNode
}

export function FactorForm({ at, hidden, problem, submit, children }: FactorFormProps) {
  const { state, formData } = useNavigation()
  const problems: FormProblem[] = Object.entries(errorsAt(problem, at)).map(([field, message]) => ({
    fieldId: field === 'form' ? null : `${at}-${field}`,
    message,
  }))
  return (
    <Form method="post" noValidate className="flex flex-col gap-4">
      <FormErrorSummary key={state} problems={problems} title="Nothing was changed" />
      <input type="hidden" name="at" value={at} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <Button
        type="submit"
        variant={submit.variant}
        className="self-start"
        loading={state !== 'idle' && formData?.get('at') === at}
        loadingLabel={submit.loading}
      >
        {submit.label}
      </Button>
    </Form>
  )
}
