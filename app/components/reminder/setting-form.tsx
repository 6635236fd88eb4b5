/** Who is reminded how early; what is left empty comes from above. */
import { Form, useNavigation } from '@remix-run/react'
import { NOBODY } from '#app/services/reminder-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { HOURS, hourWords } from '../schedule/schedule-words.ts'
import { SelectField, TextField } from '../text-field.tsx'
import { offsetsWords } from './reminder-words.ts'

export const SETTING_FIELDS = ['ownerDays', 'leadDays', 'sponsorDays', 'leadUserId', 'sponsorName'].concat([
  'sponsorEmail',
  'timeZone',
  'localHour',
])

export interface SettingFormProps {
  texts: Record<string, string>
  seenVersion: number
  inherited: {
    ownerDays: readonly number[]
    leadDays: readonly number[]
    sponsorDays: readonly number[]
    timeZone: string
    localHour: number
  }
  members: readonly { userId: string; name: string }[]
  timeZones: readonly string[]
  fieldErrors: Record<string, string>
  cancelTo: string
}

export function SettingForm(props: SettingFormProps) {
  const { texts, seenVersion, inherited, members, timeZones, fieldErrors, cancelTo } = props
  const isSending = useNavigation().state !== 'idle'
  const field = (name: string) => ({
    ...{ id: name, name, defaultValue: texts[name] ?? '', error: fieldErrors[name], autoComplete: 'off' },
  })
  const problems = Object.entries(fieldErrors).map(([name, message]) => ({
    ...{ fieldId: name === 'form' ? null : name, message },
  }))
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-6">
      <input type="hidden" name="seenVersion" value={seenVersion} />
      <FormErrorSummary problems={problems} />
      <TextField
        {...field('ownerDays')}
        label="Whoever sees to it: on which days"
        optional
        hint={`Counted from the due day, with commas between: -14, -3, 0 is 14 days before, 3 days before, and on the day. ${NOBODY} for nobody. Empty as above: ${offsetsWords(inherited.ownerDays)}.`}
      />
      <TextField
        {...field('leadDays')}
        label="Then whoever leads: on which days"
        optional
        hint={`When it was not seen to: 3 is three days after the due day. Empty as above: ${offsetsWords(inherited.leadDays)}.`}
      />
      <TextField
        {...field('sponsorDays')}
        label="Then the client’s sponsor: on which days"
        optional
        hint={`Somebody at the client who can decide: 10 is ten days after the due day. Empty as above: ${offsetsWords(inherited.sponsorDays)}.`}
      />
      <SelectField
        {...field('leadUserId')}
        label="Who leads"
        optional
        placeholder="As above: an owner of the organisation, unless somebody else is named"
        options={members.map(({ userId, name }) => ({ value: userId, label: name }))}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          {...field('sponsorName')}
          label="Sponsor"
          optional
          hint="The client’s contact where empty."
        />
        <TextField {...field('sponsorEmail')} type="email" label="Their e-mail" optional />
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          {...field('localHour')}
          label="Hour"
          optional
          placeholder={`As above: ${hourWords(inherited.localHour)}`}
          options={HOURS}
        />
        <SelectField
          {...field('timeZone')}
          label="Time zone"
          optional
          placeholder={`As above: ${inherited.timeZone}`}
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
      </div>
      <p className="text-caption text-ink-soft">
        Hour and time zone are those of people without an account, and of members who chose nothing.
      </p>
      <div className="flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={isSending} loadingLabel="Saving">
          Save
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}
