/** One control and who answers for it; saved by itself, so that a long list loses nothing. */
import { useFetcher } from '@remix-run/react'
import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import {
  PARTY_WORDS,
  RESPONSIBLE_PARTIES,
  type ResponsibleParty,
} from '#app/services/responsibility-input.ts'
import {
  describeParty,
  type HeldResponsibility,
  type MatrixRow,
} from '#app/services/responsibility-matrix.ts'
import { Button } from '../button.tsx'
import { countOf } from '../counts.ts'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { DateField, SelectField, TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import type { RowReply } from './row-reply.ts'

type Held = Omit<HeldResponsibility, 'recordedAt'> & { recordedAt: Date | string }
export type ShownRow = Omit<MatrixRow, 'current' | 'earlier'> & { current: Held | null; earlier: Held[] }

interface ResponsibilityRowProps {
  row: ShownRow
  /** What the provider takes on in general has no day on which it was agreed. */
  isTemplate?: boolean
  isReadOnly?: boolean
  /** Of a post without scripts. */
  posted?: RowReply
}

export function ResponsibilityRow({
  row,
  isTemplate = false,
  isReadOnly = false,
  posted,
}: ResponsibilityRowProps) {
  const { controlId, label, domain, askedBy, current } = row
  return (
    <li className="border-hairline border-b py-4" id={controlId}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium">{label}</h3>
        <Standing row={row} isTemplate={isTemplate} />
      </div>
      <p className="text-caption text-ink-soft">
        {domain}
        {askedBy[0] ? (
          <>
            {' · asked by '}
            <TextLink to={askedBy[0].href}>
              {askedBy[0].formTitle}, {askedBy[0].item}
            </TextLink>
            {askedBy.length > 1 ? ` and ${countOf(askedBy.length - 1, 'further question')}` : ''}
          </>
        ) : null}
      </p>
      {isReadOnly ? (
        <p className="wrap-anywhere mt-1 text-caption">{current?.note}</p>
      ) : (
        <RowForm row={row} isTemplate={isTemplate} posted={posted} />
      )}
      <Earlier row={row} />
    </li>
  )
}

function Standing({ row: { current, place }, isTemplate }: { row: ShownRow; isTemplate: boolean }) {
  if (isTemplate)
    return (
      <StatusBadge
        word={current ? describeParty(current) : 'Not set'}
        tone={current ? 'accent' : 'neutral'}
      />
    )
  if (place !== 'agreed')
    return (
      <StatusBadge
        word={describeParty(current)}
        icon={CircleX}
        tone={place === 'asked-gap' ? 'bad' : 'warn'}
      />
    )
  return (
    <span className="text-caption">
      <StatusBadge
        word={describeParty(current)}
        icon={CircleCheck}
        tone={current?.agreedOn ? 'ok' : 'info'}
      />
      {current?.agreedOn ? (
        <>
          {', agreed on '}
          <Time at={current.agreedOn} />
        </>
      ) : (
        ', day of the agreement not recorded'
      )}
    </span>
  )
}

function RowForm({ row, isTemplate, posted }: { row: ShownRow; isTemplate: boolean; posted?: RowReply }) {
  const fetcher = useFetcher<RowReply>()
  const reply = fetcher.data ?? posted
  const typed = reply && 'typed' in reply ? reply.typed : null
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  const conflict = reply && 'conflict' in reply ? reply.conflict : null
  const { controlId, label, current } = row
  const [party, setParty] = useState<string>(typed?.party ?? current?.party ?? 'unset')
  const field = (name: 'party' | 'thirdParty' | 'note' | 'agreedOn', words: string) => ({
    id: `${controlId}-${name}`,
    name,
    label: words,
    error: errors[name],
  })
  return (
    <fetcher.Form method="post" noValidate className="mt-2" aria-label={`Who is responsible: ${label}`}>
      <input type="hidden" name="controlId" value={controlId} />
      <input type="hidden" name="seenVersion" value={conflict?.version ?? current?.version ?? 0} />
      {conflict ? (
        <div className="mb-3">
          <Notice kind="warning" announce title={`${conflict.by} changed this row meanwhile`}>
            It now says: {conflict.shown}. What you chose is still in the form below. Save again to put it in
            its place.
          </Notice>
        </div>
      ) : null}
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      <div className="flex flex-wrap items-end gap-3 max-sm:flex-col max-sm:items-stretch">
        <SelectField
          {...field('party', 'Responsible')}
          className="sm:w-44"
          value={party}
          onChange={(event) => setParty(event.target.value)}
          options={RESPONSIBLE_PARTIES.map((value) => ({
            value,
            label: PARTY_WORDS[value as ResponsibleParty],
          }))}
        />
        {party === 'third-party' ? (
          <TextField
            {...field('thirdParty', 'Who')}
            className="sm:w-48"
            defaultValue={typed?.thirdParty ?? current?.thirdParty ?? ''}
            autoComplete="off"
          />
        ) : null}
        <TextField
          {...field('note', 'Note')}
          optional
          className="min-w-40 grow"
          defaultValue={typed?.note ?? current?.note ?? ''}
          autoComplete="off"
        />
        {isTemplate ? null : (
          <DateField
            {...field('agreedOn', 'Agreed on')}
            optional
            className="sm:w-44"
            defaultValue={typed?.agreedOn ?? current?.agreedOn ?? ''}
          />
        )}
        <div className="flex items-center gap-3">
          <Button type="submit" loading={fetcher.state !== 'idle'} loadingLabel="Saving">
            Save<span className="sr-only">: {label}</span>
          </Button>
          <span role="status" className="min-w-12 text-caption text-ok">
            {fetcher.state === 'idle' && reply && 'outcome' in reply ? 'Saved' : ''}
          </span>
        </div>
      </div>
    </fetcher.Form>
  )
}

function Earlier({ row: { current, earlier } }: { row: ShownRow }) {
  if (!current) return null
  return (
    <details className="mt-2 text-caption">
      <summary className="cursor-pointer text-ink-soft hover:text-ink">
        Recorded by {current.recordedByName}
        {earlier.length > 0 ? `; ${countOf(earlier.length, 'earlier version')}` : ''}
      </summary>
      <ol className="mt-2 flex flex-col gap-1">
        {[current, ...earlier].map((held) => (
          <li key={held.version} className="wrap-anywhere">
            <Time at={held.recordedAt} />, {held.recordedByName}: {describeParty(held)}
            {held.agreedOn ? (
              <>
                , agreed on <Time at={held.agreedOn} />
              </>
            ) : null}
            {held.fromTemplate ? ', from the template' : ''}
            {held.note ? `. ${held.note}` : ''}
          </li>
        ))}
      </ol>
    </details>
  )
}
