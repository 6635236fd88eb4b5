/** What a question's words mean: its own help and the terms of the form's glossary on which it rests. */
import { CircleHelp } from 'lucide-react'
import type { Question, Term } from '#questionnaires/definition.ts'

export function QuestionHelp({ question, terms }: { question: Question; terms: readonly Term[] }) {
  const used = terms.filter(({ id }) => question.terms?.includes(id))
  if (!question.help && used.length === 0) return null
  return (
    <details className="mt-2 max-w-measure text-caption">
      <summary className="inline-flex cursor-pointer items-center gap-1.5 py-1 text-accent">
        <CircleHelp aria-hidden size={14} />
        What counts, and what does not
        <span className="sr-only"> for item {question.reference.item}</span>
      </summary>
      {question.help ? <p className="mt-1 text-ink-soft">{question.help}</p> : null}
      {used.length > 0 ? (
        <dl className="mt-2 border-hairline border-s-2 ps-3">
          {used.map(({ id, term, meaning }) => (
            <div key={id} className="mt-1.5 first:mt-0">
              <dt className="font-medium">{term}</dt>
              <dd className="text-ink-soft">{meaning}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </details>
  )
}
