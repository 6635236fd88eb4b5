/** Field by field: which answer goes into it. Suggestions are offered and never taken without a person. */
import { useFetcher } from '@remix-run/react'
import {
  type KeyboardEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { DocumentReading, FieldMapping } from '#app/documents/carrier-document.ts'
import { fieldsInWords, isFillable } from '#app/documents/field-counts.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { TextField } from '../text-field.tsx'
import { useToast } from '../toast.tsx'
import { fitsQuery } from './find-fields.ts'
import { MappingRow, type Suggestion, withoutScore } from './mapping-row.tsx'
import { listTargets } from './mapping-targets.ts'

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
  const [query, setQuery] = useState('')
  const sought = useDeferredValue(query)
  const list = useRef<HTMLOListElement>(null)
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
  const prompts = useMemo(
    () => new Map(listQuestions(edition).map(({ id, prompt }) => [id, prompt])),
    [edition],
  )
  const fillable = useMemo(() => reading.fields.filter(isFillable), [reading])
  const left = reading.fields.filter(({ kind }) => kind === 'signature')
  const open = fillable.filter(({ name }) => !chosen.has(name))
  const offered = open.filter(({ name }) => suggested.has(name))
  const isShown = ({ name, label }: (typeof fillable)[number]) => {
    if (shows === 'open' && chosen.has(name)) return false
    const source = chosen.get(name) ?? suggested.get(name)
    return fitsQuery([label, name, source ? (prompts.get(source.questionId) ?? '') : ''], sought)
  }
  const shown = new Set(fillable.filter(isShown).map(({ name }) => name))
  const searchKeys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setQuery('')
    if (event.key !== 'Enter') return
    event.preventDefault()
    list.current?.querySelector<HTMLElement>('li:not([hidden]) select')?.focus()
  }
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
          {fillable.length < reading.fields.length ? (
            <span className="text-ink-soft"> The form has {fieldsInWords(reading.fields)}.</span>
          ) : null}
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
      <TextField
        type="search"
        label="Find a field"
        hint="By its words, its name in the file or the question that fills it. Enter goes to the first."
        autoComplete="off"
        className="mt-6 max-w-measure"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={searchKeys}
      />
      <p role="status" className="mt-1.5 min-h-6 text-caption text-ink-soft">
        {sought.trim() === '' ? '' : foundInWords(shown.size, fillable.length)}
      </p>
      <ol ref={list} className="mt-3 border-rule border-t">
        {fillable.map((field) => (
          <MappingRow
            key={field.name}
            field={field}
            targets={targets}
            mapped={chosen.get(field.name) ?? null}
            suggestion={chosen.has(field.name) ? null : (suggested.get(field.name) ?? null)}
            isHidden={!shown.has(field.name)}
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

function foundInWords(found: number, all: number): string {
  if (found === 0) return 'No field fits. Try fewer words.'
  return `${found} of ${all} fields ${found === 1 ? 'fits' : 'fit'}.`
}
