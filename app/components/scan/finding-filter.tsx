/** Narrows the findings by severity and words; a plain form, so that the address keeps the choice. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { Search } from 'lucide-react'
import { Button } from '../button.tsx'
import { SelectField, TextField } from '../text-field.tsx'
import { SEVERITIES, severityLook } from './severity.tsx'

interface FindingFilterProps {
  severity: string
  text: string
  /** The page without any filter. */
  clearHref: string
}

export function FindingFilter({ severity, text, clearHref }: FindingFilterProps) {
  const navigation = useNavigation()
  return (
    <Form
      method="get"
      preventScrollReset
      // Another address brings other choices into the same fields.
      key={`${severity} ${text}`}
      className="mb-4 flex flex-wrap items-end gap-3"
    >
      <SelectField
        name="severity"
        id="severity"
        label="Severity"
        className="max-sm:w-full sm:w-40"
        defaultValue={severity}
        placeholder="All"
        options={SEVERITIES.map((value) => ({ value, label: severityLook[value].word }))}
      />
      <TextField
        name="q"
        id="q"
        type="search"
        label="Title, host or check"
        className="max-sm:w-full sm:w-72"
        defaultValue={text}
        maxLength={100}
      />
      <Button type="submit" icon={Search} loading={navigation.state === 'loading'} loadingLabel="Searching">
        Search
      </Button>
      {severity || text ? (
        <Link to={clearHref} preventScrollReset className="text-link py-2">
          Clear
        </Link>
      ) : null}
    </Form>
  )
}
