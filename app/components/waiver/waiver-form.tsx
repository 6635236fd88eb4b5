/** Writes a waiver, or changes its draft: what was offered, what can happen, who decides and why. */
import { Form } from '@remix-run/react'
import { useMemo, useState } from 'react'
import { waiverInput } from '#app/services/waiver-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { type ControlGroup, ControlPicker } from '../evidence/control-picker.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { fieldLabels, WAIVER_FIELDS, type WaiverFieldName, type WaiverTexts } from './waiver-words.ts'

interface WaiverFormProps {
  texts: WaiverTexts
  groups: ControlGroup[]
  fieldErrors?: Record<string, string>
  /** What goes along unseen. */
  hidden: Record<string, string | number>
  submitLabel: string
  cancelTo: string
}

export function WaiverForm({ texts, groups, fieldErrors, hidden, submitLabel, cancelTo }: WaiverFormProps) {
  // The controls are ticked outside of the form's values; the action checks them.
  const schema = useMemo(
    () => waiverInput(() => new Date().toISOString().slice(0, 10)).omit({ controlIds: true }),
    [],
  )
  const form = useCheckedForm<Record<string, unknown>>(schema as never, WAIVER_FIELDS, fieldErrors)
  const [controlIds, setControlIds] = useState(texts.controlIds ?? [])
  const field = (name: WaiverFieldName) => ({
    ...form.field(name),
    label: fieldLabels[name],
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="max-w-measure">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <PageSection title="The service">
        <div className="flex flex-col gap-5">
          <TextField {...field('service')} autoComplete="off" />
          <ControlPicker
            label="Controls it concerns"
            optional={false}
            groups={groups}
            chosen={controlIds}
            onChange={setControlIds}
            name="controlIds[]"
            error={fieldErrors?.controlIds}
          />
          <DateField {...field('serviceOfferedOn')} />
          <TextAreaField
            {...field('risk')}
            hint="In plain words, for somebody who does not work in IT. {client}, {service} and {provider} are filled in."
            rows={5}
          />
          <TextAreaField
            {...field('consequence')}
            hint="The questions that it concerns are listed below this text by themselves."
            rows={4}
          />
        </div>
      </PageSection>
      <PageSection
        title="The decision"
        lead="Made by somebody at the client who may bind it; never by one of you."
      >
        <div className="flex flex-col gap-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField {...field('decisionMakerName')} autoComplete="off" />
            <TextField {...field('decisionMakerRole')} autoComplete="off" />
          </div>
          <TextField {...field('decisionMakerEmail')} type="email" autoComplete="off" />
          <TextAreaField {...field('clientReason')} hint="As they gave it, in their own words." rows={3} />
          <DateField {...field('reviewOn')} hint="Within a year." />
        </div>
      </PageSection>
      <div className="mt-8 flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={form.isSending} loadingLabel="Saving">
          {submitLabel}
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}
