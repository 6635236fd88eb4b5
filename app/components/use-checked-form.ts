/** A form checked by one schema in the browser and again by its action; until scripts run it is a plain post. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useNavigation, useSubmit } from '@remix-run/react'
import type { FormEvent } from 'react'
import { type FieldValues, type Path, useForm } from 'react-hook-form'
import type { z } from 'zod'
import type { FormProblem } from './form-error-summary.tsx'

/**
 * Give each field its `defaultValue` as an attribute: there are no values beside the document, so what was typed
 * before the scripts ran is kept.
 *
 * @param fields names in the order of the form; a field's name is its id as well
 * @param serverErrors what the action found wrong, by field; under `form` what belongs to no field
 */
export function useCheckedForm<Values extends FieldValues>(
  schema: z.ZodType<unknown, Values>,
  fields: readonly Path<Values>[],
  serverErrors: Readonly<Record<string, string>> = {},
) {
  const submit = useSubmit()
  const navigation = useNavigation()
  const form = useForm<Values, unknown, unknown>({
    resolver: zodResolver(schema as never),
    // The summary takes focus instead; re-checking while somebody types would pull it away from the field.
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
  })
  const { errors, submitCount } = form.formState
  const errorOf = (name: string): string | undefined => {
    const message = errors[name]?.message
    return typeof message === 'string' ? message : serverErrors[name]
  }
  const problems: FormProblem[] = fields.flatMap((name) => {
    const message = errorOf(name)
    return message ? [{ fieldId: name, message }] : []
  })
  if (serverErrors.form) problems.push({ fieldId: null, message: serverErrors.form })

  return {
    /** Everything that a field takes but its label and its default value. */
    field: (name: Path<Values>) => ({ ...form.register(name), id: name, error: errorOf(name) }),
    /** Each attempt mounts the summary anew, so that it takes focus again. */
    summary: { key: `${submitCount}-${navigation.state}`, problems },
    isSending: navigation.state !== 'idle' && navigation.formMethod === 'POST',
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      const target = event.currentTarget
      return form.handleSubmit(() => submit(target, { method: 'post' }))(event)
    },
  }
}
