import { Form } from '@remix-run/react'
import { CalendarSearch } from 'lucide-react'
import { Button } from '../button.tsx'
import { formatDay, toDate } from '../dates.ts'
import { DownloadLink } from '../download-link.tsx'
import { TextLink } from '../link.tsx'
import { DateField } from '../text-field.tsx'

interface PeriodFormProps {
  asked: { from: string; until: string }
  errors: { from?: string; until?: string }
  quarters: { first: string; last: string }[]
  /** The last day that a period may have. */
  yesterday: string
  here: string
  /** A pack stands below, so that there is one to take along. */
  isShown: boolean
}

const dayInWords = (day: string) => {
  const date = toDate(day)
  return date ? formatDay(date) : day
}

/** Chooses the period: one of the last quarters, or any two days. */
export function PeriodForm({ asked, errors, quarters, yesterday, here, isShown }: PeriodFormProps) {
  const search = new URLSearchParams(asked)
  return (
    <div className="mt-5 no-print">
      <Form method="get" preventScrollReset noValidate className="flex flex-wrap items-end gap-3">
        <DateField
          id="from"
          name="from"
          label="First day"
          className="w-52"
          max={yesterday}
          defaultValue={asked.from}
          key={`from ${asked.from}`}
          error={errors.from}
        />
        <DateField
          id="until"
          name="until"
          label="Last day"
          className="w-52"
          max={yesterday}
          defaultValue={asked.until}
          key={`until ${asked.until}`}
          error={errors.until}
        />
        <Button type="submit" icon={CalendarSearch}>
          Show
        </Button>
        {isShown ? <DownloadLink href={`${here}/file?${search}`}>Download as PDF</DownloadLink> : null}
      </Form>
      <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-caption" aria-label="Last quarters">
        {quarters.map(({ first, last }) => (
          <li key={first}>
            <TextLink to={`${here}?${new URLSearchParams({ from: first, until: last })}`}>
              {dayInWords(first)} to {dayInWords(last)}
            </TextLink>
          </li>
        ))}
      </ul>
    </div>
  )
}
