/** The texts that a waiver starts from. */
import { Form } from '@remix-run/react'
import { useMemo, useState } from 'react'
import { WaiverTemplateInput } from '#app/services/waiver-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { type ControlGroup, ControlPicker } from '../evidence/control-picker.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { TEMPLATE_FIELDS, type TemplateTexts } from './waiver-words.ts'

interface TemplateFormProps {
  texts: TemplateTexts
  seenVersion: number
  groups: ControlGroup[]
  fieldErrors?: Record<string, string>
}

export function TemplateForm({ texts, seenVersion, groups, fieldErrors }: TemplateFormProps) {
  const schema = useMemo(() => WaiverTemplateInput.omit({ controlIds: true, seenVersion: true }), [])
  const form = useCheckedForm<Record<string, unknown>>(schema as never, TEMPLATE_FIELDS, fieldErrors)
  const [controlIds, setControlIds] = useState(texts.controlIds ?? [])
  const field = (name: 'name' | 'service' | 'risk' | 'consequence', label: string) => ({
    ...form.field(name),
    label,
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="flex max-w-measure flex-col gap-5">
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="seenVersion" value={seenVersion} />
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <TextField {...field('name', 'Name of the template')} autoComplete="off" />
      <TextField {...field('service', 'Service')} autoComplete="off" />
      <ControlPicker
        label="Controls it concerns"
        optional={false}
        groups={groups}
        chosen={controlIds}
        onChange={setControlIds}
        name="controlIds[]"
        error={fieldErrors?.controlIds}
      />
      <TextAreaField
        {...field('risk', 'What can happen without it')}
        hint="In plain words. {client}, {service} and {provider} are filled in for each client."
        rows={7}
      />
      <TextAreaField {...field('consequence', 'What it means for insurance')} rows={6} />
      <div className="flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={form.isSending} loadingLabel="Saving">
          Save template
        </Button>
        <ButtonLink to="/waiver-templates">Cancel</ButtonLink>
      </div>
    </Form>
  )
}
