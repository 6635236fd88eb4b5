/** Field by field: which answer goes into it. Suggestions are offered and never taken without a person. */
import { useFetcher } from '@remix-run/react'
import { memo, useCallback, useEffect, useMemo, useState } from 'react'
import type { DocumentReading, FieldMapping } from '#app/documents/carrier-document.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { SelectField } from '../text-field.tsx'
import { useToast } from '../toast.tsx'
import { listTargets, sourceOf, type Target } from './mapping-targets.ts'

interface Suggestion extends FieldMapping {
  score: number
  why: string
}

interface MappingFormProps {
  reading: DocumentReading
  edition: Edition
  mapping: readonly FieldMapping[]
  suggestions: readonly Suggestion[]
  version: number
}

type Reply = { outcome: 'saved' } | { problems: string[] } | { refusal: { message: string } }

export function MappingForm({ reading, edition, mapping, suggestions, version }: MappingFormProps) {
  const [chosen, setChosen] = useState(() => new Map(mapping.map((item) => [item.field, item])))
  const [shows, setShows] = useState<'all' | 'open'>('all')
  const fetcher = useFetcher<Reply>()
  const notify = useToast()
  const targets = useMemo(() => listTargets(edition), [edition])
  const suggested = useMemo(() => new Map(suggestions.map((item) => [item.field, item])), [suggestions])
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const isSaved = reply !== undefined && 'outcome' in reply
  useEffect(() => {
    if (isSaved) notify({ kind: 'success', title: 'Mapping saved' })
  }, [isSaved, notify])

  const put = useCallback(
    (field: string, next: FieldMapping | null) =>
      setChosen((before) => {
        const after = new Map(before)
        if (next) after.set(field, next)
        else after.delete(field)
        return after
      }),
    [],
  )
  const fillable = reading.fields.filter(
    ({ kind, readOnly }) => kind !== 'signature' && kind !== 'button' && !readOnly,
  )
  const left = reading.fields.filter(({ kind }) => kind === 'signature')
  const open = fillable.filter(({ name }) => !chosen.has(name))
  const offered = open.filter(({ name }) => suggested.has(name))
  const takeAll = () => {
    for (const { name } of offered) {
      const suggestion = suggested.get(name)
      if (suggestion) put(name, withoutScore(suggestion))
    }
  }
  const save = () =>
    fetcher.submit(JSON.stringify({ mapping: [...chosen.values()], seenVersion: version }), {
      method: 'post',
      encType: 'application/json',
    })

  return (
    <>
      {reply && 'problems' in reply ? (
        <Notice kind="danger" title="Not saved yet" announce>
          <ul className="list-disc ps-5">
            {reply.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {reply && 'refusal' in reply ? (
        <Notice kind="danger" title="Not saved" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p aria-live="polite">
          {chosen.size} of {fillable.length} fields mapped
          {offered.length > 0 ? `, ${offered.length} with a suggestion` : ''}.
        </p>
        <div className="flex flex-wrap gap-2.5">
          <Button onClick={() => setShows(shows === 'all' ? 'open' : 'all')}>
            {shows === 'all' ? 'Show unmapped only' : 'Show all fields'}
          </Button>
          {offered.length > 0 ? (
            <Button onClick={takeAll}>Put in all suggestions to look through</Button>
          ) : null}
          <Button variant="primary" loading={fetcher.state !== 'idle'} loadingLabel="Saving" onClick={save}>
            Save mapping
          </Button>
        </div>
      </div>
      <ol className="mt-6 border-rule border-t">
        {(shows === 'all' ? fillable : open).map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            targets={targets}
            mapped={chosen.get(field.name) ?? null}
            suggestion={chosen.has(field.name) ? null : (suggested.get(field.name) ?? null)}
            onChange={put}
          />
        ))}
      </ol>
      {left.length > 0 ? (
        <p className="mt-5 max-w-measure text-ink-soft">
          Left empty on purpose, because a person signs there:{' '}
          {left.map(({ label, name }) => label || name).join(', ')}.
        </p>
      ) : null}
    </>
  )
}

interface FieldRowProps {
  field: DocumentReading['fields'][number]
  targets: Target[]
  mapped: FieldMapping | null
  suggestion: Suggestion | null
  onChange: (field: string, mapping: FieldMapping | null) => void
}

/** Forms have up to two thousand fields: only the row that changed is drawn, and what is far off is not laid out. */
const FieldRow = memo(function FieldRow({ field, targets, mapped, suggestion, onChange }: FieldRowProps) {
  // A list of a hundred answers in each of them would be too much for any browser; it appears with the focus.
  const [isOffering, setIsOffering] = useState(false)
  const place =
    'page' in field.place ? `Page ${field.place.page}` : `${field.place.sheet}, ${field.place.cell}`
  const target = mapped ? targets.find(({ value }) => value === sourceOf(mapped)) : undefined
  const tokens = target?.tokens ?? []
  const offered = isOffering ? targets : target ? [target] : []
  const wantsValues = field.options.length > 0 && mapped?.part === 'answer' && tokens.length > 0
  return (
    <li className="grid gap-x-8 gap-y-3 border-hairline border-b py-4 [contain-intrinsic-block-size:auto_6rem] [content-visibility:auto] md:grid-cols-2">
      <div className="min-w-0">
        <p className="break-words font-medium">{field.label || field.name}</p>
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

function withoutScore({ field, questionId, part, values }: Suggestion): FieldMapping {
  return values ? { field, questionId, part, values } : { field, questionId, part }
}
