import { Form } from '@remix-run/react'
import { CalendarSearch } from 'lucide-react'
import { Button, ButtonLink } from '../button.tsx'
import { DateField } from '../text-field.tsx'

interface PointFormProps {
  trueOn: string
  knownOn: string
  today: string
  errors: { trueOn?: string; knownOn?: string }
  hereHref: string
}

/** Chooses the point of both times from which the client is looked at. */
export function PointForm({ trueOn, knownOn, today, errors, hereHref }: PointFormProps) {
  return (
    <Form method="get" preventScrollReset noValidate className="flex flex-wrap items-end gap-3 no-print">
      <DateField
        id="true-on"
        name="trueOn"
        label="As of"
        hint="What was true then."
        className="w-52"
        max={today}
        defaultValue={trueOn}
        key={`true ${trueOn}`}
        error={errors.trueOn}
      />
      <DateField
        id="known-on"
        name="knownOn"
        label="As known on"
        hint="Nothing learned later."
        className="w-52"
        max={today}
        defaultValue={knownOn}
        key={`known ${knownOn}`}
        error={errors.knownOn}
      />
      <Button type="submit" icon={CalendarSearch}>
        Look
      </Button>
      {trueOn || knownOn ? (
        <ButtonLink variant="quiet" to={hereHref} preventScrollReset>
          Back to today
        </ButtonLink>
      ) : null}
    </Form>
  )
}
