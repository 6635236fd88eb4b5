import { CircleAlert } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'

export interface FormProblem {
  /** The id of the field's control, or null where the problem belongs to the whole form. */
  fieldId: string | null
  message: string
}

/** All problems of a form at its top, each a link to its field. Takes focus when problems appear. */
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

  useEffect(() => {
    if (hasProblems) region.current?.focus()
  }, [hasProblems])

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
                {problem.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
