/** The steps of the template, each with its days and whose it is. */
import { Form, useNavigation } from '@remix-run/react'
import { MOST_STEPS, TEMPLATE_STEP_FIELDS } from '#app/services/renewal-input.ts'
import { STEP_OWNER_WORDS, STEP_OWNERS } from '#app/services/renewal-steps.ts'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { RowList } from '../row-list.tsx'
import { SelectField, TextField } from '../text-field.tsx'

export type TemplateStepTexts = Record<(typeof TEMPLATE_STEP_FIELDS)[number], string>

/** Kept or posted steps as the texts of the form. */
export const typedSteps = (steps: readonly object[]): TemplateStepTexts[] =>
  steps.map((step) => {
    const values = step as Record<string, unknown>
    return Object.fromEntries(
      TEMPLATE_STEP_FIELDS.map((name) => {
        const value = values[name]
        return [name, typeof value === 'string' || typeof value === 'number' ? String(value) : '']
      }),
    ) as TemplateStepTexts
  })

interface TemplateFormProps {
  steps: readonly TemplateStepTexts[]
  errors?: Readonly<Record<string, string>>
  seenVersion: number
}

export function TemplateForm({ steps, errors = {}, seenVersion }: TemplateFormProps) {
  const isSending = useNavigation().formData?.get('intent') === 'save'
  return (
    <Form method="post" noValidate className="max-w-[60rem]">
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="seenVersion" value={seenVersion} />
      <FormErrorSummary
        problems={Object.entries(errors).map(([name, message]) => ({ fieldId: name, message }))}
      />
      <RowList list="steps" noun="Step" addLabel="Add a step" rows={steps} most={MOST_STEPS} errors={errors}>
        {(row, field) => {
          const of = (name: keyof TemplateStepTexts) => ({ ...field(name), defaultValue: row?.[name] ?? '' })
          return (
            <div className="flex flex-col gap-3">
              <input type="hidden" name={field('key').name} value={row?.key ?? ''} />
              <TextField {...of('title')} label="Step" autoComplete="off" />
              <TextField {...of('detail')} label="More about it" optional autoComplete="off" />
              <div className="grid gap-3 sm:grid-cols-3">
                <TextField {...of('fromDays')} label="Begins, days from the expiry" autoComplete="off" />
                <TextField {...of('dueDays')} label="Due, days from the expiry" autoComplete="off" />
                <SelectField
                  {...of('ownerSide')}
                  label="Whose step"
                  options={STEP_OWNERS.map((side) => ({ value: side, label: STEP_OWNER_WORDS[side] }))}
                />
              </div>
            </div>
          )
        }}
      </RowList>
      <p className="mt-4 text-caption text-ink-soft">
        Days count from the expiry: -90 is 90 days before it, 0 the day itself, 30 the thirtieth day after it.
      </p>
      <div className="mt-5">
        <Button type="submit" variant="primary" loading={isSending} loadingLabel="Saving">
          Save the template
        </Button>
      </div>
    </Form>
  )
}
