/** Records a condition in the insurer's words. */
import { Form } from '@remix-run/react'
import {
  SIDE_WORDS,
  SIDES,
  SubjectivityInput,
  TIMING_WORDS,
  TIMINGS,
} from '#app/services/subjectivity-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import type { ControlGroup } from '../evidence/control-picker.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, NumberField, SelectField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { SUBJECTIVITY_FIELDS, type Texts } from './subjectivity-words.ts'

interface SubjectivityFormProps {
  texts: Texts<typeof SUBJECTIVITY_FIELDS>
  fieldErrors?: Record<string, string>
  controlGroups: ControlGroup[]
  /** The day of the bind, where the binder is issued: then nothing can be open before it. */
  boundOn: string | null
  cancelTo: string
}

const TIMING_HINTS = {
  'pre-bind': 'It holds the quote: no binder while it is open.',
  'post-bind': 'Cover begins, but the binder is conditional until it is closed.',
}

export function SubjectivityForm(props: SubjectivityFormProps) {
  const { texts, fieldErrors, controlGroups, boundOn, cancelTo } = props
  const form = useCheckedForm(SubjectivityInput, SUBJECTIVITY_FIELDS, fieldErrors)
  const field = (name: (typeof SUBJECTIVITY_FIELDS)[number]) => ({
    ...form.field(name),
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="max-w-measure">
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <PageSection title="The condition">
        <div className="flex flex-col gap-5">
          <TextAreaField
            {...field('condition')}
            label="Condition"
            hint="In the insurer’s own words. One condition each; it can be withdrawn later, not reworded."
            rows={4}
          />
          <div className="flex flex-wrap gap-5">
            <TextField
              {...field('reference')}
              label="Insurer’s number"
              optional
              autoComplete="off"
              className="max-w-56"
            />
            <TextField
              {...field('source')}
              label="Source"
              hint="The quote, letter or dashboard where it stands."
              autoComplete="off"
              className="grow"
            />
          </div>
          <SelectField
            {...field('controlId')}
            label="Control"
            optional
            hint="Evidence for this control is then offered first."
            placeholder="None"
            options={controlGroups.flatMap(({ label, controls }) =>
              controls.map((control) => ({ value: control.id, label: `${label}: ${control.label}` })),
            )}
          />
        </div>
      </PageSection>
      <PageSection title="When it is due">
        <div className="flex flex-col gap-5">
          <ChoiceCards
            {...field('timing')}
            label="To be met"
            options={TIMINGS.map((value) => ({
              value,
              label: TIMING_WORDS[value],
              hint:
                value === 'pre-bind' && boundOn !== null
                  ? `The binder was issued on ${boundOn}.`
                  : TIMING_HINTS[value],
              disabled: value === 'pre-bind' && boundOn !== null,
            }))}
          />
          <div className="flex flex-wrap gap-5">
            <DateField
              {...field('dueOn')}
              label="Due on"
              optional
              hint="Before the bind: the day, where one is named."
            />
            <NumberField
              {...field('dueDays')}
              label="Due within"
              unit="days"
              optional
              hint="After the bind: how many days, often 30."
            />
          </div>
        </div>
      </PageSection>
      <PageSection title="Who sees to it">
        <div className="flex flex-wrap gap-5">
          <TextField {...field('ownerName')} label="Name" autoComplete="off" className="grow" />
          <SelectField
            {...field('ownerSide')}
            label="Side"
            placeholder="Choose"
            options={SIDES.map((value) => ({ value, label: SIDE_WORDS[value] }))}
          />
        </div>
      </PageSection>
      <div className="mt-8 flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={form.isSending} loadingLabel="Saving">
          Record condition
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}
