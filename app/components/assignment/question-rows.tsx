/** The questions of a form as rows to tick, section by section. */
import { Link } from '@remix-run/react'
import type { AssignableQuestion } from '#app/services/assignment-page.server.ts'
import { countOf } from '../counts.ts'
import { FieldError } from '../field.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { assignmentLook } from './assignment-words.ts'

interface QuestionRowsProps {
  questions: readonly AssignableQuestion[]
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
  error: string | undefined
}

export function QuestionRows({ questions, chosen, onChoose, error }: QuestionRowsProps) {
  const choosable = questions.filter(({ isFile }) => !isFile)
  const sections = [...new Map(questions.map(({ sectionId, sectionTitle }) => [sectionId, sectionTitle]))]
  const set = (ids: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (isChosen) next.add(id)
      else next.delete(id)
    }
    onChoose(next)
  }
  const idsOf = (rows: readonly AssignableQuestion[]) => rows.map(({ id }) => id)
  return (
    <fieldset id="questionIds" tabIndex={-1} className="min-w-0">
      <legend className="sr-only">Questions to assign</legend>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-rule border-b pb-2">
        <Tick
          label={`All ${countOf(choosable.length, 'question')} shown`}
          ids={idsOf(choosable)}
          {...{ chosen, set }}
        />
        <p role="status" className="text-caption text-ink-soft">
          {countOf(choosable.filter(({ id }) => chosen.has(id)).length, 'question')} chosen
        </p>
      </div>
      <FieldError fieldId="questionIds" error={error} />
      {sections.map(([sectionId, title]) => {
        const rows = questions.filter((question) => question.sectionId === sectionId)
        const ids = idsOf(rows.filter(({ isFile }) => !isFile))
        return (
          <div key={sectionId} className="mt-5">
            {ids.length > 0 ? (
              <Tick label={title} ids={ids} isHeading {...{ chosen, set }} />
            ) : (
              <p className="font-semibold">{title}</p>
            )}
            <ul className="mt-1 border-hairline border-t">
              {rows.map((question) => (
                <Row
                  key={question.id}
                  question={question}
                  isChosen={chosen.has(question.id)}
                  onChange={(isChosen) => set([question.id], isChosen)}
                />
              ))}
            </ul>
          </div>
        )
      })}
    </fieldset>
  )
}

function Tick({
  label,
  ids,
  chosen,
  set,
  isHeading = false,
}: {
  label: string
  ids: readonly string[]
  chosen: ReadonlySet<string>
  set: (ids: readonly string[], isChosen: boolean) => void
  isHeading?: boolean
}) {
  const count = ids.filter((id) => chosen.has(id)).length
  return (
    <label className={isHeading ? 'flex items-start gap-3 font-semibold' : 'flex items-start gap-3'}>
      <input
        type="checkbox"
        className="mt-1 size-4 shrink-0"
        checked={ids.length > 0 && count === ids.length}
        ref={(element) => {
          if (element) element.indeterminate = count > 0 && count < ids.length
        }}
        onChange={(event) => set(ids, event.target.checked)}
      />
      {label}
    </label>
  )
}

interface RowProps {
  question: AssignableQuestion
  isChosen: boolean
  onChange: (isChosen: boolean) => void
}

function Row({ question, isChosen, onChange }: RowProps) {
  const { id, item, prompt, answered, isUndecided, isFile, holder } = question
  return (
    <li className="border-hairline border-b py-2.5">
      <div className="flex items-start gap-3">
        <input
          type="checkbox"
          id={`choose-${id}`}
          name="questionIds[]"
          value={id}
          disabled={isFile}
          checked={isChosen}
          onChange={(event) => onChange(event.target.checked)}
          className="mt-1 size-4 shrink-0"
        />
        <div className="min-w-0 grow">
          <label htmlFor={`choose-${id}`} className="block max-w-measure">
            <span className="text-ink-soft">{item}</span> {prompt}
          </label>
          <p className="wrap-anywhere flex flex-wrap gap-x-4 text-caption text-ink-soft">
            <span>{answered ? `On file: ${answered}` : 'No answer yet'}</span>
            {isUndecided ? <span>Asked only if another answer says so</span> : null}
            {isFile ? <span>Asks for a file: ask for it by a request</span> : null}
          </p>
          {holder ? (
            <p className="mt-0.5 flex flex-wrap items-baseline gap-x-4 text-caption">
              <StatusBadge {...assignmentLook(holder)} />
              <span>
                {holder.name}, by <Time at={holder.dueOn} />
              </span>
              {holder.state === 'answered' || holder.state === 'not-mine' ? (
                <Link to={`#check-${id}`} className="text-link">
                  Look at it
                </Link>
              ) : null}
            </p>
          ) : null}
        </div>
      </div>
    </li>
  )
}
