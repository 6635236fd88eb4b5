/** What the form that prepares a report holds while it is filled in. */
import { get, type UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import type { PrepareReportInput } from '#app/services/report-input.ts'
import type { FormProblem } from '../form-error-summary.tsx'

export type PrepareValues = Omit<z.input<typeof PrepareReportInput>, 'contributors'> & {
  contributors: { name: string; title: string; organisation: string; email: string; sections: string[] }[]
}

const FIELDS = [
  'contributorTitle',
  'certify',
  'officerName',
  'officerTitle',
  'officerRole',
  'officerEmail',
  'coversFrom',
  'language',
  'contributors',
  'reviewerName',
  'reviewerOrganisation',
  'reviewerTitle',
  'reviewerEmail',
] as const
const OF_CONTRIBUTOR = ['name', 'title', 'organisation', 'email', 'sections'] as const

/** The message of a field, from the browser's check or else from the server's. */
export function errorIn(
  form: UseFormReturn<PrepareValues>,
  serverErrors: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  const message: unknown = get(form.formState.errors, `${name}.message`)
  return typeof message === 'string' ? message : serverErrors[name]
}

/** In the order of the form. */
export function listProblems(
  form: UseFormReturn<PrepareValues>,
  serverErrors: Readonly<Record<string, string>>,
): FormProblem[] {
  const names = FIELDS.flatMap((name) =>
    name === 'contributors'
      ? form
          .getValues('contributors')
          .flatMap((_, index) => OF_CONTRIBUTOR.map((part) => `contributors.${index}.${part}`))
      : [name],
  )
  return names.flatMap((name) => {
    const message = errorIn(form, serverErrors, name)
    return message ? [{ fieldId: name, message }] : []
  })
}
