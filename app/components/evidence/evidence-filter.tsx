/** Narrows the evidence list; each choice acts at once, and without scripts the button does it. */
import { Form, useSubmit } from '@remix-run/react'
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { EVIDENCE_STANDINGS, type EvidenceQuery } from '#app/services/evidence-list.ts'
import { Button, ButtonLink } from '../button.tsx'
import { SelectField, TextField } from '../text-field.tsx'
import { standingLook } from './freshness-badge.tsx'

const PAUSE_MS = 250

interface EvidenceFilterProps {
  query: EvidenceQuery
  kinds: { value: string; label: string }[]
  controls: { value: string; label: string }[]
  /** Of the whole list. */
  here: string
}

const STANDINGS = EVIDENCE_STANDINGS.map((value) => ({ value, label: standingLook[value].word }))

export function EvidenceFilter({ query, kinds, controls, here }: EvidenceFilterProps) {
  const submit = useSubmit()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const isNarrowed = Boolean(query.text || query.kind || query.control || query.standing)
  return (
    <Form
      role="search"
      // Other values come by links as well; a new form shows them.
      key={`${query.kind} ${query.control} ${query.standing} ${isNarrowed}`}
      className="mb-5 flex flex-wrap items-end gap-3"
      onChange={(event) => {
        const form = event.currentTarget
        clearTimeout(timer.current)
        timer.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), PAUSE_MS)
      }}
      onSubmit={() => clearTimeout(timer.current)}
    >
      {query.sort === 'received' ? null : <input type="hidden" name="sort" value={query.sort} />}
      <TextField
        id="evidence-search"
        name="q"
        type="search"
        label="Find evidence"
        defaultValue={query.text}
        autoComplete="off"
        className="w-56 max-sm:w-full"
      />
      <SelectField
        id="evidence-kind"
        name="kind"
        label="Kind"
        defaultValue={query.kind}
        placeholder="Every kind"
        options={kinds}
        className="w-56 max-sm:w-full"
      />
      <SelectField
        id="evidence-control"
        name="of"
        label="Control"
        defaultValue={query.control}
        placeholder="Every control"
        options={controls}
        className="w-56 max-sm:w-full"
      />
      <SelectField
        id="evidence-standing"
        name="standing"
        label="Standing"
        defaultValue={query.standing}
        placeholder="Any"
        options={STANDINGS}
        className="w-40 max-sm:w-full"
      />
      <Button type="submit" icon={Search}>
        Find
      </Button>
      {isNarrowed ? (
        <ButtonLink variant="quiet" to={here}>
          Show all
        </ButtonLink>
      ) : null}
    </Form>
  )
}
