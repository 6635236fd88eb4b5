/** What is kept of a named insured, to create one or to change one. */
import { Form } from '@remix-run/react'
import { ClientInput } from '#app/services/client-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, NumberField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'

export const CLIENT_FIELDS = [
  'legalName',
  'tradingName',
  'industry',
  'headcount',
  'annualRevenue',
  'currency',
  'domains',
  'contactName',
  'contactTitle',
  'contactEmail',
  'policyInceptionOn',
  'policyRenewalOn',
  'notes',
] as const

export type ClientFieldName = (typeof CLIENT_FIELDS)[number]
/** As they stand in the form: text, empty where nothing is known. */
export type ClientTexts = Partial<Record<ClientFieldName, string>>

interface ClientFormProps {
  texts: ClientTexts
  fieldErrors?: Record<string, string>
  /** The version an edit was made on. */
  seenVersion?: number
  submitLabel: string
  cancelTo: string
}

export function ClientForm({ texts, fieldErrors, seenVersion, submitLabel, cancelTo }: ClientFormProps) {
  const {
    field: checked,
    summary,
    isSending,
    onSubmit,
  } = useCheckedForm(ClientInput, CLIENT_FIELDS, fieldErrors)
  const field = (name: ClientFieldName) => ({ ...checked(name), defaultValue: texts[name] ?? '' })
  return (
    <Form method="post" noValidate onSubmit={onSubmit} className="max-w-measure">
      {seenVersion === undefined ? null : <input type="hidden" name="seenVersion" value={seenVersion} />}
      <FormErrorSummary key={summary.key} problems={summary.problems} />
      <PageSection title="Named insured">
        <div className="flex flex-col gap-5">
          <TextField
            {...field('legalName')}
            label="Legal name"
            hint="As it stands in the register and on the policy."
            autoComplete="off"
          />
          <TextField {...field('tradingName')} label="Trading name" optional autoComplete="off" />
          <TextField
            {...field('industry')}
            label="Industry"
            optional
            hint="For instance healthcare, law, manufacturing."
            autoComplete="off"
          />
          <NumberField {...field('headcount')} label="Headcount" optional unit="people" />
          <div className="flex flex-wrap gap-5">
            <NumberField
              {...field('annualRevenue')}
              label="Annual revenue"
              optional
              hint="Last full year."
              decimals
            />
            <TextField
              {...field('currency')}
              label="Currency"
              hint="Three letters."
              className="max-w-28"
              maxLength={3}
              autoCapitalize="characters"
              autoComplete="off"
            />
          </div>
          <TextAreaField
            {...field('domains')}
            label="Internet domains"
            optional
            hint="One a line or parted by commas. External scans and mail checks are matched to these."
            rows={3}
            spellCheck={false}
            autoCapitalize="none"
          />
        </div>
      </PageSection>
      <PageSection title="Contact" lead="Who answers for the client. Suggested as the officer who signs.">
        <div className="flex flex-col gap-5">
          <TextField {...field('contactName')} label="Contact name" optional autoComplete="off" />
          <TextField {...field('contactTitle')} label="Contact’s title" optional autoComplete="off" />
          <TextField
            {...field('contactEmail')}
            label="Contact’s e-mail"
            optional
            type="email"
            autoComplete="off"
          />
        </div>
      </PageSection>
      <PageSection title="Policy">
        <div className="flex flex-col gap-5">
          <div className="flex flex-wrap gap-5">
            <DateField {...field('policyInceptionOn')} label="Inception" optional />
            <DateField {...field('policyRenewalOn')} label="Renewal" optional />
          </div>
          <TextAreaField
            {...field('notes')}
            label="Notes"
            optional
            hint="For your own team. Not part of any report."
            rows={3}
          />
        </div>
      </PageSection>
      <div className="mt-8 flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={isSending} loadingLabel="Saving">
          {submitLabel}
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}
