/** What is recorded of an incident, to record one or to change one. */
import { Form } from '@remix-run/react'
import { useMemo } from 'react'
import { INCIDENT_KINDS, incidentInput, KIND_WORDS } from '#app/services/incident-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { AssetChoice, type AssetOption } from './asset-choice.tsx'
import { fieldLabels, INCIDENT_FIELDS, type IncidentFieldName, type IncidentTexts } from './incident-words.ts'

interface IncidentFormProps {
  texts: IncidentTexts
  assets: AssetOption[]
  chosen: readonly string[]
  /** Whether the register holds more assets than are listed. */
  isCut: boolean
  fieldErrors?: Record<string, string>
  /** The version an edit was made on. */
  seenVersion?: number
  submitLabel: string
  cancelTo: string
}

export function IncidentForm(props: IncidentFormProps) {
  const { texts, assets, chosen, isCut, fieldErrors, seenVersion, submitLabel, cancelTo } = props
  const schema = useMemo(() => incidentInput(() => new Date()), [])
  const form = useCheckedForm(schema, INCIDENT_FIELDS, fieldErrors)
  const field = (name: IncidentFieldName) => ({
    ...form.field(name),
    label: fieldLabels[name],
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="max-w-measure">
      {seenVersion === undefined ? null : <input type="hidden" name="seenVersion" value={seenVersion} />}
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <PageSection title="The incident">
        <div className="flex flex-col gap-5">
          <SelectField
            {...field('kind')}
            options={INCIDENT_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
            placeholder="Choose"
          />
          <TextField
            {...field('title')}
            hint="A line, for instance “Files on the practice server encrypted”."
            autoComplete="off"
          />
          <TextAreaField
            {...field('description')}
            optional
            hint="Facts as they are known now. It goes into the claim pack; leave out guesses about who is to blame."
            rows={5}
          />
        </div>
      </PageSection>
      <PageSection
        title="Dates"
        lead="The day it occurred decides which answers and evidence count. Where only a span is known, give its two ends."
      >
        <div className="flex flex-col gap-5">
          <div className="flex flex-wrap gap-5">
            <DateField {...field('occurredFrom')} hint="The earliest it can have begun." />
            <DateField {...field('occurredUntil')} optional hint="Empty where the day is known." />
          </div>
          <TextField
            {...field('discoveredAt')}
            type="datetime-local"
            hint="In UTC. The insurer’s time for notice runs from here."
            className="max-w-72"
          />
        </div>
      </PageSection>
      <PageSection title="Notice">
        <div className="flex flex-col gap-5">
          <DateField {...field('reportedOn')} optional hint="When the insurer was told." />
          <TextField {...field('policyNumber')} optional autoComplete="off" />
          <TextField
            {...field('noticeReference')}
            optional
            hint="The insurer’s own number."
            autoComplete="off"
          />
        </div>
      </PageSection>
      <PageSection
        title="Affected assets"
        lead="Machines that were touched, as far as they are in the register."
      >
        <AssetChoice assets={assets} chosen={chosen} isCut={isCut} />
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
