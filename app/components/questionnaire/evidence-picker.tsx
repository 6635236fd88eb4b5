/** Picks one revision of the client's evidence; what fits the question stands first. */
import { Paperclip } from 'lucide-react'
import { useState } from 'react'
import type { AttachedFile } from '#questionnaires/answers.ts'
import { Button } from '../button.tsx'

/** A revision of the client's evidence that can be attached. */
export interface EvidenceChoice extends AttachedFile {
  title: string
  kind: string
  kindLabel: string
  /** ISO date or moment. */
  observedOn: string
}

interface EvidencePickerProps {
  fieldId: string
  /** Not attached yet. */
  choices: readonly EvidenceChoice[]
  fittingKinds: readonly string[]
  hasAny: boolean
  inputRef: (element: HTMLSelectElement | null) => void
  onPick: (choice: EvidenceChoice) => void
}

/** A list and a button: a list that acts as soon as an arrow key moves in it cannot be used from the keyboard. */
export function EvidencePicker({
  fieldId,
  choices,
  fittingKinds,
  hasAny,
  inputRef,
  onPick,
}: EvidencePickerProps) {
  const [picked, setPicked] = useState('')
  const fitting = choices.filter(({ kind }) => fittingKinds.includes(kind))
  const others = choices.filter((choice) => !fitting.includes(choice))
  const chosen = choices.find(({ revisionId }) => revisionId === picked)
  if (choices.length === 0) {
    return (
      <p className="mt-2 text-ink-soft">
        {hasAny ? 'All evidence of this client is attached.' : 'This client has no evidence yet.'}
      </p>
    )
  }
  return (
    <div className="mt-2 flex flex-wrap items-end gap-2.5">
      <div className="min-w-0 grow basis-64">
        <label htmlFor={`${fieldId}-file`} className="mb-1.5 block font-medium">
          File to attach
        </label>
        <select
          ref={inputRef}
          id={`${fieldId}-file`}
          value={chosen ? picked : ''}
          onChange={(event) => setPicked(event.target.value)}
          className="control-surface"
        >
          <option value="">Choose a file</option>
          {fittingKinds.length > 0 ? (
            <>
              <FileOptions label="Fits this question" choices={fitting} />
              <FileOptions label="Other evidence" choices={others} />
            </>
          ) : (
            others.map((choice) => <FileOption key={choice.revisionId} choice={choice} />)
          )}
        </select>
      </div>
      <Button
        icon={Paperclip}
        disabled={!chosen}
        onClick={() => {
          if (!chosen) return
          setPicked('')
          onPick(chosen)
          // The button is about to be disabled, which would drop the focus.
          document.getElementById(`${fieldId}-file`)?.focus()
        }}
      >
        Attach
      </Button>
    </div>
  )
}

function FileOptions({ label, choices }: { label: string; choices: readonly EvidenceChoice[] }) {
  if (choices.length === 0) return null
  return (
    <optgroup label={label}>
      {choices.map((choice) => (
        <FileOption key={choice.revisionId} choice={choice} />
      ))}
    </optgroup>
  )
}

function FileOption({ choice }: { choice: EvidenceChoice }) {
  return (
    <option value={choice.revisionId}>
      {choice.title} ({choice.kindLabel.toLowerCase()}, {choice.observedOn.slice(0, 10)})
    </option>
  )
}
