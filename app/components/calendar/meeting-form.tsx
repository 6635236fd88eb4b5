/** A review meeting: when and where, and who is invited. */
import { Form, useNavigation } from '@remix-run/react'
import { Button, ButtonLink } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { PageSection } from '../page-header.tsx'
import { RowList } from '../row-list.tsx'
import { DateField, NumberField, SelectField, TextAreaField, TextField } from '../text-field.tsx'
import { typedTextsOf } from '../typed-texts.ts'
import { useUnsavedForm } from '../use-unsaved-form.ts'

const MEETING_FIELDS = [
  'title',
  'heldOn',
  'startsAt',
  'minutes',
  'timeZone',
  'place',
  'agenda',
  'organiserName',
  'organiserEmail',
] as const
type MeetingField = (typeof MEETING_FIELDS)[number]
export interface MeetingTexts {
  fields: Partial<Record<MeetingField, string>>
  attendees: { name: string; email: string }[]
}

const fieldsOf = typedTextsOf(MEETING_FIELDS)
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** What was posted, to fill the form again. */
export const typedMeeting = (
  values: Readonly<Record<string, unknown>>,
  attendees: readonly Record<string, unknown>[],
): MeetingTexts => ({
  fields: fieldsOf(values),
  attendees: attendees.map(({ name, email }) => ({ name: textOf(name), email: textOf(email) })),
})

interface MeetingFormProps {
  texts: MeetingTexts
  /** Whether the texts are what somebody typed and could not be saved. */
  isTyped: boolean
  timeZones: string[]
  errors?: Readonly<Record<string, string>>
  /** Of a change: the number it is made on. */
  seenSequence?: number
  submitLabel: string
  leaveLabel: string
  leaveTo: string
}

export function MeetingForm(props: MeetingFormProps) {
  const { texts, isTyped, timeZones, errors = {}, seenSequence, submitLabel, leaveLabel, leaveTo } = props
  const navigation = useNavigation()
  const form = useUnsavedForm(isTyped)
  const isSending = navigation.state !== 'idle' && navigation.formMethod === 'POST'
  const field = (name: MeetingField) => ({
    ...{ name, id: name, error: errors[name], defaultValue: texts.fields[name] ?? '' },
  })
  return (
    <Form ref={form} method="post" noValidate className="max-w-measure">
      <input type="hidden" name="intent" value="save" />
      {seenSequence === undefined ? null : <input type="hidden" name="seenSequence" value={seenSequence} />}
      <FormErrorSummary
        problems={Object.entries(errors).map(([name, message]) => ({
          ...{ fieldId: name === 'form' ? null : name, message },
        }))}
      />
      <div className="flex flex-col gap-5">
        <TextField {...field('title')} label="Meeting" autoComplete="off" />
        <div className="grid gap-5 sm:grid-cols-3">
          <DateField {...field('heldOn')} label="Day" />
          <TextField {...field('startsAt')} type="time" label="Begins at" />
          <NumberField {...field('minutes')} label="Lasts" unit="minutes" />
        </div>
        <SelectField
          {...field('timeZone')}
          label="Time zone"
          placeholder="Choose a time zone"
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        <TextField
          {...field('place')}
          label="Where"
          hint="A room, or the link of a call."
          optional
          autoComplete="off"
        />
        <TextAreaField {...field('agenda')} label="Agenda" optional rows={4} />
      </div>
      <PageSection title="Who invites">
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField {...field('organiserName')} label="Name" autoComplete="off" />
          <TextField {...field('organiserEmail')} label="E-mail" type="email" autoComplete="off" />
        </div>
      </PageSection>
      <PageSection title="Who is invited">
        <RowList
          list="attendees"
          noun="Person"
          addLabel="Invite another person"
          rows={texts.attendees}
          most={30}
          errors={errors}
        >
          {(row, of) => (
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField {...of('name')} label="Name" defaultValue={row?.name} autoComplete="off" />
              <TextField
                {...of('email')}
                label="E-mail"
                type="email"
                defaultValue={row?.email}
                autoComplete="off"
              />
            </div>
          )}
        </RowList>
      </PageSection>
      <div className="mt-8 flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={isSending} loadingLabel="Saving">
          {submitLabel}
        </Button>
        <ButtonLink to={leaveTo}>{leaveLabel}</ButtonLink>
      </div>
    </Form>
  )
}
