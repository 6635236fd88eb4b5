/** Which questions of a form are listed: by state, section and who usually knows. Plain addresses, without scripts. */
import { Form } from '@remix-run/react'
import type { QuestionFilter, QuestionView } from '#app/services/assignment-input.ts'
import { Button } from '../button.tsx'
import { LinkSwitch } from '../link-switch.tsx'
import { SelectField } from '../text-field.tsx'

interface QuestionFiltersProps {
  here: string
  filter: QuestionFilter
  counts: Record<QuestionView, number>
  sections: readonly { id: string; title: string }[]
  areas: readonly { id: string; label: string }[]
}

const VIEWS: Record<QuestionView, string> = { open: 'Open', assigned: 'Assigned', all: 'All' }

export function QuestionFilters({ here, filter, counts, sections, areas }: QuestionFiltersProps) {
  return (
    <div className="mb-5 flex flex-wrap items-end gap-4">
      <LinkSwitch
        label="Questions by state"
        options={(Object.keys(VIEWS) as QuestionView[]).map((view) => ({
          to: `${here}?${new URLSearchParams({ ...filter, view })}`,
          label: `${VIEWS[view]} (${counts[view]})`,
          isCurrent: view === filter.view,
        }))}
      />
      <Form method="get" key={filter.view} className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="view" value={filter.view} />
        <SelectField
          id="section"
          name="section"
          label="Section"
          defaultValue={filter.section}
          placeholder="All sections"
          options={sections.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <SelectField
          id="area"
          name="area"
          label="Who usually knows"
          defaultValue={filter.area}
          placeholder="Anybody"
          options={areas.map(({ id, label }) => ({ value: id, label }))}
        />
        <Button type="submit">Show</Button>
      </Form>
    </div>
  )
}
