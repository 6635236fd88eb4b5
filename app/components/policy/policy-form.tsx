/** A policy as it stands on paper: whom with, from when to when, how much, and on which conditions. */
import { Form, useNavigation } from '@remix-run/react'
import { POLICY_LISTS } from '#app/services/policy-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import type { ControlGroup } from '../evidence/control-picker.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, NumberField, SelectField, TextField } from '../text-field.tsx'
import { useUnsavedForm } from '../use-unsaved-form.ts'
import { AmountRows, DocumentRows, EndorsementRows, NoticeRows } from './policy-rows.tsx'
import { POLICY_FIELDS, type PolicyField, type PolicyTexts } from './policy-texts.ts'

export interface PolicyOptions {
  applications: { id: string; title: string }[]
  evidence: { id: string; title: string }[]
  controlGroups: ControlGroup[]
  timeZones: string[]
}

interface PolicyFormProps {
  texts: PolicyTexts
  /** Whether the texts are what somebody typed and could not be saved. */
  isTyped: boolean
  options: PolicyOptions
  errors?: Readonly<Record<string, string>>
  /** Of a change: the version that it is made on. */
  seenVersion?: number
  /** Where evidence is added. */
  evidenceTo: string
  submitLabel: string
  cancelTo: string
}

export function PolicyForm(props: PolicyFormProps) {
  const { texts, isTyped, options, errors = {}, seenVersion, evidenceTo, submitLabel, cancelTo } = props
  const navigation = useNavigation()
  const form = useUnsavedForm(isTyped)
  const isSending = navigation.state !== 'idle' && navigation.formMethod === 'POST'
  const field = (name: PolicyField) => ({
    ...{ name, id: name, error: errors[name], defaultValue: texts.fields[name] ?? '' },
  })
  const rows = (list: keyof PolicyTexts['lists']) => ({ rows: texts.lists[list], errors })
  return (
    <Form ref={form} method="post" noValidate className="max-w-measure">
      {seenVersion === undefined ? null : <input type="hidden" name="seenVersion" value={seenVersion} />}
      <FormErrorSummary problems={problemsOf(errors)} />
      <PageSection title="Insurer and broker">
        <div className="flex flex-col gap-5">
          <TextField {...field('insurer')} label="Insurer" autoComplete="off" />
          <ContactFields of="insurer" field={field} />
          <TextField {...field('broker')} label="Broker" optional autoComplete="off" />
          <ContactFields of="broker" field={field} />
        </div>
      </PageSection>
      <PageSection
        title="Period"
        lead="Cover begins and ends at 00:01 local time where the named insured is."
      >
        <div className="flex flex-col gap-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <DateField {...field('inceptionOn')} label="Inception" />
            <DateField {...field('expiresOn')} label="Expiry" />
          </div>
          <SelectField
            {...field('timeZone')}
            label="Time zone of the named insured"
            placeholder="Choose a time zone"
            options={withHeld(options.timeZones, texts.fields.timeZone).map((zone) => ({
              ...{ value: zone, label: zone.replaceAll('_', ' ') },
            }))}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField {...field('policyNumber')} label="Policy number" optional autoComplete="off" />
            <TextField {...field('quoteReference')} label="Quote" optional autoComplete="off" />
          </div>
        </div>
      </PageSection>
      <PageSection title="Amounts" lead="Enter them as the declarations name them.">
        <div className="mb-5 grid gap-5 sm:grid-cols-2">
          <TextField {...field('currency')} label="Currency" className="max-w-32" maxLength={3} />
          <NumberField {...field('retention')} label="Retention" optional decimals />
          <NumberField {...field('waitingPeriodHours')} label="Waiting period" optional unit="hours" />
          <DateField {...field('retroactiveOn')} label="Retroactive date" optional />
        </div>
        <AmountRows list="limits" {...rows('limits')} />
        <div className="mt-6">
          <AmountRows list="sublimits" {...rows('sublimits')} />
        </div>
      </PageSection>
      <PageSection
        title="Endorsements that depend on controls"
        lead="As this policy has them. The policy’s page warns as soon as readiness no longer supports a control that one of them depends on."
      >
        <EndorsementRows {...rows('endorsements')} groups={options.controlGroups} />
      </PageSection>
      <PageSection
        title="Duties to give notice"
        lead="What must be told to whom, and how soon: incidents, circumstances, changes in the middle of the term."
      >
        <NoticeRows {...rows('notices')} />
      </PageSection>
      <PageSection title="What it rests on">
        <div className="flex flex-col gap-5">
          <SelectField
            {...field('applicationId')}
            label="Application it was written on"
            optional
            placeholder="None of those here"
            options={options.applications.map(({ id, title }) => ({ value: id, label: title }))}
          />
          <TextField
            {...field('scanCadence')}
            label="Scans agreed on"
            hint="Such as “monthly by the insurer, weekly by us”."
            optional
            autoComplete="off"
          />
        </div>
        <h3 className="mt-6 mb-1 font-semibold">Files</h3>
        <p className="mb-3 text-ink-soft">
          Declarations, the policy and its endorsements are evidence like any other:{' '}
          <TextLink to={evidenceTo}>add them there</TextLink>, and attach them here.
        </p>
        <DocumentRows {...rows('documents')} evidence={options.evidence} />
      </PageSection>
      {seenVersion === undefined ? null : (
        <PageSection title="Why it changes">
          <TextField
            {...field('reason')}
            label="Reason"
            hint="The version before stays and can be compared."
            autoComplete="off"
          />
        </PageSection>
      )}
      <div className="mt-8 flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={isSending} loadingLabel="Saving">
          {submitLabel}
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}

function ContactFields({
  of,
  field,
}: {
  of: 'insurer' | 'broker'
  field: (name: PolicyField) => { name: string; id: string; error: string | undefined; defaultValue: string }
}) {
  return (
    <div className="grid items-end gap-5 sm:grid-cols-3">
      <TextField {...field(`${of}ContactName`)} label={`Contact at the ${of}`} optional autoComplete="off" />
      <TextField
        {...field(`${of}ContactEmail`)}
        label={`E-mail at the ${of}`}
        type="email"
        optional
        autoComplete="off"
      />
      <TextField
        {...field(`${of}ContactPhone`)}
        label={`Telephone at the ${of}`}
        type="tel"
        optional
        autoComplete="off"
      />
    </div>
  )
}

/** In the order of the form: fields first, then rows by their list. */
function problemsOf(errors: Readonly<Record<string, string>>) {
  const order = [...POLICY_FIELDS, ...Object.keys(POLICY_LISTS), 'form']
  const rank = (path: string) => order.indexOf(path.split('.')[0] ?? '')
  return Object.entries(errors)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([path, message]) => ({ fieldId: path === 'form' ? null : path, message }))
}

/** A zone that was kept under an older name stays chosen. */
const withHeld = (zones: readonly string[], held: string | undefined) =>
  held && !zones.includes(held) ? [...zones, held] : zones
