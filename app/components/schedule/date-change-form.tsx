/** A pause, or one date that is left out or moved. */
import { Form } from '@remix-run/react'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextField } from '../text-field.tsx'

export function DateChangeForm({
  texts,
  fieldErrors,
}: {
  texts: Record<string, string>
  fieldErrors: Record<string, string>
}) {
  const field = (name: string) => ({
    ...{ id: `change-${name}`, name, defaultValue: texts[name] ?? '', error: fieldErrors[name] },
  })
  const problems = Object.entries(fieldErrors).map(([name, message]) => ({
    ...{ fieldId: name === 'form' ? null : `change-${name}`, message },
  }))
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-5">
      <input type="hidden" name="intent" value="change-dates" />
      <FormErrorSummary problems={problems} />
      <ChoiceCards
        {...field('kind')}
        defaultValue={texts.kind ?? 'move'}
        label="What happens"
        options={[
          { value: 'move', label: 'Move one date' },
          { value: 'skip', label: 'Leave one date out' },
          { value: 'pause', label: 'Pause for a while' },
        ]}
      />
      <div className="grid gap-5 sm:grid-cols-3">
        <DateField {...field('fromOn')} label="Date, or first day of the pause" />
        <DateField {...field('movedTo')} label="Moved to" optional />
        <DateField {...field('untilOn')} label="Last day of the pause" optional />
      </div>
      <TextField {...field('reason')} label="Reason" autoComplete="off" />
      <Button type="submit" className="self-start max-sm:self-stretch">
        Change the dates
      </Button>
    </Form>
  )
}
