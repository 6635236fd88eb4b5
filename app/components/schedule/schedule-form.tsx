/** What one level says of a schedule; what it leaves to the level above stays empty. */
import { Form, useNavigation } from '@remix-run/react'
import { PLACES, WEEKDAYS } from '#app/schedule/rule-words.ts'
import { Button, ButtonLink } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, NumberField, SelectField, TextField } from '../text-field.tsx'
import { useUnsavedForm } from '../use-unsaved-form.ts'
import { HOURS } from './schedule-words.ts'

/** As typed. */
export type ScheduleTexts = Record<
  'isOn' | 'how' | 'months' | 'day' | 'place' | 'weekday' | 'rule' | 'startsOn' | 'timeZone' | 'localHour',
  string
>

export interface ScheduleFormProps {
  texts: ScheduleTexts
  seenVersion: number
  /** What counts where nothing is said here. */
  inherited: { isOn: string; rule: string; startsOn: string; timeZone: string; localHour: string }
  timeZones: readonly string[]
  fieldErrors: Record<string, string>
  cancelTo: string
}

export function ScheduleForm(props: ScheduleFormProps) {
  const { texts, seenVersion, inherited, timeZones, fieldErrors, cancelTo } = props
  const form = useUnsavedForm(Object.keys(fieldErrors).length > 0)
  const isSending = useNavigation().state !== 'idle'
  const field = (name: keyof ScheduleTexts) => ({
    ...{ id: name, name, defaultValue: texts[name], error: fieldErrors[name] },
  })
  const problems = Object.entries(fieldErrors).map(([name, message]) => ({
    ...{ fieldId: name === 'form' ? null : name, message },
  }))
  return (
    // What the other choices of “How often” ask for is away, also where no script runs.
    <Form ref={form} method="post" noValidate className="group flex max-w-measure flex-col gap-6">
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="seenVersion" value={seenVersion} />
      <FormErrorSummary problems={problems} />
      <ChoiceCards
        {...field('isOn')}
        label="Does it recur"
        options={[
          { value: 'inherit', label: `As above: ${inherited.isOn}` },
          { value: 'on', label: 'On' },
          { value: 'off', label: 'Off' },
        ]}
      />
      <ChoiceCards
        {...field('how')}
        label="How often"
        options={[
          { value: 'inherit', label: `As above: ${inherited.rule}` },
          { value: 'month-day', label: 'On a day of the month' },
          { value: 'weekday', label: 'On a weekday of the month, such as the first Monday' },
          { value: 'rule', label: 'By a rule, for experts' },
        ]}
      />
      <div className="hidden gap-4 border-hairline border-s-2 ps-4 group-has-[[name=how]:is([value=month-day],[value=weekday]):checked]:grid sm:grid-cols-2">
        <NumberField {...field('months')} label="Every" unit="months" hint="3 for every quarter." />
        <div className="hidden group-has-[[name=how][value=month-day]:checked]:block">
          <NumberField {...field('day')} label="On day" hint="29 to 31: the last day of shorter months." />
        </div>
        <div className="hidden gap-4 group-has-[[name=how][value=weekday]:checked]:grid sm:grid-cols-2">
          <SelectField
            {...field('place')}
            label="On the"
            options={PLACES.map(({ value, label }) => ({ value: String(value), label }))}
          />
          <SelectField
            {...field('weekday')}
            label="Weekday"
            options={WEEKDAYS.map((label, index) => ({ value: String(index), label }))}
          />
        </div>
      </div>
      <div className="hidden border-hairline border-s-2 ps-4 group-has-[[name=how][value=rule]:checked]:block">
        <TextField
          {...field('rule')}
          label="Rule"
          autoComplete="off"
          spellCheck={false}
          hint="RFC 5545, for instance FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO. At most once a day; the hour stands below."
        />
      </div>
      <DateField
        {...field('startsOn')}
        label="Counted from"
        optional
        hint={`The first day that may be one. As above: ${inherited.startsOn}.`}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          {...field('localHour')}
          label="Hour"
          optional
          placeholder={`As above: ${inherited.localHour}`}
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
      <div className="flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={isSending} loadingLabel="Saving">
          Save
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}
