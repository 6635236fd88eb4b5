/** How a member wants to be reminded. */
import { Form, useNavigation } from '@remix-run/react'
import { CHANNELS } from '#app/schedule/habits.ts'
import { WEEKDAYS } from '#app/schedule/rule-words.ts'
import { Button } from '../button.tsx'
import { CheckboxField, ChoiceCards } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { HOURS } from '../schedule/schedule-words.ts'
import { SelectField } from '../text-field.tsx'
import { CHANNEL_WORDS } from './reminder-words.ts'

export interface PreferenceFormProps {
  texts: Record<string, string>
  timeZones: readonly string[]
  fieldErrors: Record<string, string>
}

export function PreferenceForm({ texts, timeZones, fieldErrors }: PreferenceFormProps) {
  const isSending = useNavigation().state !== 'idle'
  const field = (name: string) => ({
    ...{ id: name, name, defaultValue: texts[name] ?? '', error: fieldErrors[name] },
  })
  const problems = Object.entries(fieldErrors).map(([name, message]) => ({ fieldId: name, message }))
  return (
    <Form method="post" noValidate className="group flex max-w-measure flex-col gap-6">
      <FormErrorSummary problems={problems} />
      <ChoiceCards
        {...field('channel')}
        label="How"
        hint="The bell shows everything, whatever you choose here."
        options={CHANNELS.map((value) => ({ value, label: CHANNEL_WORDS[value] }))}
      />
      <div className="hidden group-has-[[name=channel][value=weekly]:checked]:block">
        <SelectField
          {...field('digestWeekday')}
          label="Day of the weekly mail"
          options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
        />
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField {...field('localHour')} label="Reminders go at" options={HOURS} />
        <SelectField
          {...field('timeZone')}
          label="Your time zone"
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        <SelectField
          {...field('quietFrom')}
          label="Quiet from"
          hint="Nothing goes then: what falls into it goes at its end. The same hour twice: no quiet hours."
          options={HOURS}
        />
        <SelectField {...field('quietUntil')} label="Quiet until" options={HOURS} />
      </div>
      <CheckboxField
        id="onWeekends"
        name="onWeekends"
        label="Remind me on Saturdays and Sundays, too"
        defaultChecked={texts.onWeekends === 'on'}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start max-sm:self-stretch"
        loading={isSending}
        loadingLabel="Saving"
      >
        Save
      </Button>
    </Form>
  )
}
