/** Which clients and which kinds a calendar shows. */
import { Form } from '@remix-run/react'
import { ChevronDown } from 'lucide-react'
import { CALENDAR_KIND_IDS, CALENDAR_KINDS, type CalendarSearch } from '#app/services/calendar-entries.ts'
import { Button } from '../button.tsx'
import { SelectField } from '../text-field.tsx'

interface CalendarFilterProps {
  search: CalendarSearch
  clients: { id: string; legalName: string }[]
}

export function CalendarFilter({ search, clients }: CalendarFilterProps) {
  const { kinds } = search
  return (
    <Form
      method="get"
      key={JSON.stringify(search)}
      className="mb-5 flex flex-wrap items-end gap-3 max-sm:*:w-full"
    >
      {search.view === 'month' ? null : <input type="hidden" name="view" value={search.view} />}
      <input type="hidden" name="month" value={search.month} />
      <SelectField
        name="client"
        id="client"
        label="Client"
        className="sm:w-64"
        placeholder="All clients"
        defaultValue={search.client ?? ''}
        options={clients.map(({ id, legalName }) => ({ value: id, label: legalName }))}
      />
      <details className="relative sm:min-w-48">
        <summary className="control-surface flex cursor-pointer list-none items-center justify-between gap-2 [&::-webkit-details-marker]:hidden">
          {kinds.length === 0 ? 'All kinds' : kinds.map((kind) => CALENDAR_KINDS[kind].plural).join(', ')}
          <ChevronDown aria-hidden size={16} className="shrink-0 text-ink-soft" />
        </summary>
        <fieldset className="z-10 mt-1 rounded-small border border-control bg-raised px-3 py-2 sm:absolute sm:w-64">
          <legend className="sr-only">Kinds of entries; all where none is ticked</legend>
          {CALENDAR_KIND_IDS.map((kind) => (
            <label key={kind} htmlFor={`kind-${kind}`} className="flex items-center gap-2.5 py-1">
              <input
                type="checkbox"
                name="kind"
                id={`kind-${kind}`}
                value={kind}
                defaultChecked={kinds.includes(kind)}
                className="size-4 shrink-0"
              />
              {CALENDAR_KINDS[kind].plural}
            </label>
          ))}
        </fieldset>
      </details>
      <Button type="submit">Show</Button>
    </Form>
  )
}
