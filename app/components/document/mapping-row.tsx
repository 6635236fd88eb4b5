/** One field of the insurer's form: what it is, and which answer goes into it. */
import { memo, useState } from 'react'
import type { DocumentReading, FieldMapping } from '#app/documents/carrier-document.ts'
import { SelectField } from '../text-field.tsx'
import { FieldName } from './field-name.tsx'
import { sourceOf, type Target } from './mapping-targets.ts'

export interface Suggestion extends FieldMapping {
  score: number
  why: string
}

interface MappingRowProps {
  field: DocumentReading['fields'][number]
  targets: Target[]
  mapped: FieldMapping | null
  suggestion: Suggestion | null
  /** Not among those that somebody looks for; what is chosen in it stays. */
  isHidden: boolean
  onChange: (field: string, mapping: FieldMapping | null) => void
}

/** Forms have up to two thousand fields: only the row that changed is drawn, and what is far off is not laid out. */
export const MappingRow = memo(function MappingRow(props: MappingRowProps) {
  const { field, targets, mapped, suggestion, isHidden, onChange } = props
  // A list of a hundred answers in each of them would be too much for any browser; it appears with the focus.
  const [isOffering, setIsOffering] = useState(false)
  const place =
    'page' in field.place ? `Page ${field.place.page}` : `${field.place.sheet}, ${field.place.cell}`
  const target = mapped ? targets.find(({ value }) => value === sourceOf(mapped)) : undefined
  const tokens = target?.tokens ?? []
  const offered = isOffering ? targets : target ? [target] : []
  const wantsValues = field.options.length > 0 && mapped?.part === 'answer' && tokens.length > 0
  return (
    <li
      hidden={isHidden}
      className="grid gap-x-8 gap-y-3 border-hairline border-b py-4 [contain-intrinsic-block-size:auto_6rem] [content-visibility:auto] md:grid-cols-2"
    >
      <div className="min-w-0">
        <p className="font-medium">
          <FieldName label={field.label} name={field.name} />
        </p>
        <p className="text-caption text-ink-soft">
          {place}, {field.kind}
          {field.options.length > 0 ? `: ${field.options.join(', ')}` : ''}
          {field.maxLength ? `, ${field.maxLength} characters` : ''}
        </p>
      </div>
      <div className="min-w-0 space-y-2.5">
        <SelectField
          label={
            <>
              Filled with<span className="sr-only"> for {field.label || field.name}</span>
            </>
          }
          value={mapped ? sourceOf(mapped) : ''}
          placeholder="Left empty"
          options={offered.map(({ value, label }) => ({ value, label }))}
          onPointerDown={() => setIsOffering(true)}
          onFocus={() => setIsOffering(true)}
          onChange={(event) => {
            const next = targets.find(({ value }) => value === event.target.value)
            onChange(
              field.name,
              next ? { field: field.name, questionId: next.questionId, part: next.part } : null,
            )
          }}
        />
        {suggestion ? (
          <p className="text-caption">
            <span className="text-ink-soft">Suggested: </span>
            {targets.find(({ value }) => value === sourceOf(suggestion))?.label ?? suggestion.questionId}
            <span className="text-ink-soft"> ({suggestion.why}) </span>
            <button
              type="button"
              className="text-link"
              onClick={() => onChange(field.name, withoutScore(suggestion))}
            >
              Put in<span className="sr-only"> for {field.label || field.name}</span>
            </button>
          </p>
        ) : null}
        {wantsValues ? (
          <fieldset className="space-y-2">
            <legend className="text-caption text-ink-soft">Which choice stands for which answer</legend>
            {tokens.map((token) => (
              <SelectField
                key={token.value}
                label={token.label}
                value={mapped.values?.[token.value] ?? ''}
                placeholder="Nothing"
                options={field.options.map((option) => ({ value: option, label: option }))}
                onChange={(event) => {
                  const { [token.value]: _before, ...rest } = mapped.values ?? {}
                  const values = event.target.value ? { ...rest, [token.value]: event.target.value } : rest
                  onChange(field.name, { ...mapped, values })
                }}
              />
            ))}
          </fieldset>
        ) : null}
      </div>
    </li>
  )
})

export function withoutScore({ field, questionId, part, values }: Suggestion): FieldMapping {
  return values ? { field, questionId, part, values } : { field, questionId, part }
}
