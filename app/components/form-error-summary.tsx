import { useNavigation } from '@remix-run/react'
import { CircleAlert } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { nameOfField } from './field-name.ts'

export interface FormProblem {
  /** The id of the field's control, or null where the problem belongs to the whole form. */
  fieldId: string | null
  message: string
}

/**
 * All problems of a form at its top, each a link to its field and with the field's name, since two fields can have the
 * same thing wrong with them. Takes focus when problems appear, and again with each try that fails.
 */
export function FormErrorSummary({
  problems,
  title = 'Please correct the following',
}: {
  problems: FormProblem[]
  title?: string
}) {
  const region = useRef<HTMLElement>(null)
  const titleId = useId()
  const hasProblems = problems.length > 0
  const fieldIds = problems.map(({ fieldId }) => fieldId ?? '').join(' ')
  // Read off the page once it is there: forms would have to say each label twice, and rows are numbered as they stand.
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())

  useEffect(() => {
    const found = new Map<string, string>()
    for (const id of fieldIds.split(' ')) {
      const name = nameOfField(id)
      if (name) found.set(id, name)
    }
    setNames(found)
  }, [fieldIds])

  const isSending = useNavigation().state === 'submitting'
  useEffect(() => {
    if (hasProblems && !isSending) region.current?.focus()
  }, [hasProblems, isSending])

  if (!hasProblems) return null
  return (
    <section
      ref={region}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="rounded-small border border-bad border-s-4 bg-bad-wash px-4 py-3"
    >
      <h2 id={titleId} className="flex items-center gap-2 font-semibold text-bad">
        <CircleAlert aria-hidden size={17} className="shrink-0" />
        {title}
      </h2>
      <ul className="mt-1.5 list-disc space-y-1 ps-11 marker:text-bad">
        {problems.map((problem) => (
          <li key={`${problem.fieldId}-${problem.message}`}>
            {problem.fieldId === null ? (
              problem.message
            ) : (
              <a
                href={`#${problem.fieldId}`}
                className="underline underline-offset-4"
                onClick={(event) => {
                  const target = document.getElementById(problem.fieldId ?? '')
                  if (!target) return
                  event.preventDefault()
                  target.focus()
                  target.scrollIntoView({ block: 'center' })
                }}
              >
                {names.has(problem.fieldId) ? `${names.get(problem.fieldId)}: ` : ''}
                {problem.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
