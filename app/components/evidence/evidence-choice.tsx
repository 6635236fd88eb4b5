/** Which pieces of the client's evidence are cited: plain checkboxes, with a filter over many. */
import { useState } from 'react'
import { Fieldset } from '../field.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'

export interface CitableEvidence {
  id: string
  title: string
  observedOn: string
  controlIds: readonly string[]
}

interface EvidenceChoiceProps {
  evidence: readonly CitableEvidence[]
  chosen: readonly string[]
  /** Evidence for it stands first. */
  controlId: string | null
  /** Where evidence is added. */
  addTo: string
  error?: string
}

const MANY = 12

export function EvidenceChoice({ evidence, chosen, controlId, addTo, error }: EvidenceChoiceProps) {
  const [sought, setSought] = useState('')
  const fits = ({ controlIds }: CitableEvidence) => controlId !== null && controlIds.includes(controlId)
  const ordered = [...evidence.filter(fits), ...evidence.filter((item) => !fits(item))]
  const isShown = ({ title }: CitableEvidence) => title.toLowerCase().includes(sought.trim().toLowerCase())
  return (
    <Fieldset
      label="Evidence"
      optional
      id="evidenceIds"
      error={error}
      hint="It is cited as it stands now, with the digest of its file."
    >
      {evidence.length === 0 ? (
        <p className="text-ink-soft">
          This client has no evidence yet. <TextLink to={addTo}>Add some</TextLink>
        </p>
      ) : null}
      {evidence.length > MANY ? (
        <label className="max-w-72">
          <span className="sr-only">Filter the evidence</span>
          <input
            type="search"
            placeholder="Filter by title"
            className="control-surface"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
        </label>
      ) : null}
      {evidence.length > 0 ? (
        <ul className="max-h-72 overflow-y-auto border-rule border-y">
          {ordered.map((item) => (
            // Hidden and not left out: what is ticked is sent whether it is shown or not.
            <li key={item.id} className="border-hairline not-first:border-t" hidden={!isShown(item)}>
              <label className="flex cursor-pointer items-baseline gap-2.5 py-2">
                <input
                  type="checkbox"
                  name="evidenceIds[]"
                  value={item.id}
                  defaultChecked={chosen.includes(item.id)}
                  className="size-4 shrink-0 self-center"
                />
                <span className="wrap-anywhere min-w-0 grow">{item.title}</span>
                <span className="text-caption text-ink-soft">
                  {fits(item) ? 'For this control, ' : ''}
                  <Time at={item.observedOn} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      ) : null}
    </Fieldset>
  )
}
