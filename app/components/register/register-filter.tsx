/** Narrows the register; a plain form, so that the address keeps the choice. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { Search } from 'lucide-react'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { SEVERITIES, severityLook } from '../scan/severity.tsx'
import { SelectField, TextField } from '../text-field.tsx'
import { STANDINGS, standingLook } from './standing.tsx'

export interface RegisterChoice {
  standing: string
  severity: string
  asset: string
  tool: string
  kev: boolean
  q: string
  sort: string
}

interface RegisterFilterProps {
  choice: RegisterChoice
  tools: string[]
  assetName: string | null
  clearHref: string
}

export function RegisterFilter({ choice, tools, assetName, clearHref }: RegisterFilterProps) {
  const navigation = useNavigation()
  return (
    <Form
      method="get"
      preventScrollReset
      // Another address brings other choices into the same fields.
      key={JSON.stringify(choice)}
      className="mb-4 flex flex-wrap items-end gap-3"
    >
      <SelectField
        name="standing"
        id="standing"
        label="State"
        className="max-sm:w-full sm:w-44"
        defaultValue={choice.standing}
        options={STANDINGS.map((value) => ({ value, label: standingLook[value].word }))}
      />
      <SelectField
        name="severity"
        id="severity"
        label="Severity"
        className="max-sm:w-full sm:w-36"
        defaultValue={choice.severity}
        placeholder="All"
        options={SEVERITIES.map((value) => ({ value, label: severityLook[value].word }))}
      />
      {tools.length > 1 ? (
        <SelectField
          name="tool"
          id="tool"
          label="Tool"
          className="max-sm:w-full sm:w-44"
          defaultValue={choice.tool}
          placeholder="All"
          options={tools.map((value) => ({ value, label: value }))}
        />
      ) : null}
      <SelectField
        name="sort"
        id="sort"
        label="Order"
        className="max-sm:w-full sm:w-44"
        defaultValue={choice.sort}
        options={[
          { value: 'severity', label: 'Worst first' },
          { value: 'oldest', label: 'Seen longest first' },
          { value: 'newest', label: 'Newest first' },
        ]}
      />
      <TextField
        name="q"
        id="q"
        type="search"
        label="Title, asset or check"
        className="max-sm:w-full sm:w-56"
        defaultValue={choice.q}
        maxLength={100}
      />
      <CheckboxField
        name="kev"
        id="kev"
        value="1"
        label="Known to be exploited"
        defaultChecked={choice.kev}
        className="py-2"
      />
      {choice.asset ? <input type="hidden" name="asset" value={choice.asset} /> : null}
      <Button type="submit" icon={Search} loading={navigation.state === 'loading'} loadingLabel="Searching">
        Search
      </Button>
      <Link to={clearHref} preventScrollReset className="text-link py-2">
        Clear
      </Link>
      {assetName ? <p className="w-full text-caption text-ink-soft">Only findings of {assetName}.</p> : null}
    </Form>
  )
}
