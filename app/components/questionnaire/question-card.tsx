/** One question: prompt, what counts, its answer and what the evidence says. */
import { memo } from 'react'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import type { Question, Term } from '#questionnaires/definition.ts'
import { ReasonList } from '../reason-list.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { AnswerEditor, type AnswerEditorProps } from './answer-editor.tsx'
import { QuestionHelp } from './question-help.tsx'
import { HolderLine, type QuestionHolder } from './question-holder.tsx'

export type { HeldAnswer } from './use-answer-saving.ts'

export interface QuestionCardProps extends AnswerEditorProps {
  readiness: AnswerReadiness | null
  /** Who at the client has it; nobody where absent. */
  holder?: QuestionHolder | null
  peopleHref?: string
  /** The edition's glossary. */
  terms?: readonly Term[]
}

const NO_TERMS: readonly Term[] = []

/** Rendered again only when one of its own props changes: saving one answer leaves the other questions alone. */
export const QuestionCard = memo(function QuestionCard(props: QuestionCardProps) {
  const { readiness, holder, peopleHref = '', terms = NO_TERMS, ...editor } = props
  const { question, now } = editor
  const promptId = `${question.id}_prompt`
  const isJudged = readiness !== null && readiness.status !== 'not-claimed'
  return (
    <section
      id={question.id}
      aria-labelledby={promptId}
      className="scroll-mt-20 border-hairline border-t py-7"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-caption text-ink-faint">
          {itemOf(question)}
          {question.required ? <NotBefore day={question.requiredFrom} now={now} /> : ' (optional)'}
        </p>
        {isJudged ? (
          <AnswerStatusBadge
            status={readiness.status}
            detail={readiness.weakened ? '(weakened)' : undefined}
          />
        ) : null}
      </div>
      <h3 id={promptId} className="mt-1 max-w-measure font-semibold text-lead">
        {question.prompt}
      </h3>
      {question.scope ? (
        <p className="mt-1 max-w-measure text-caption text-ink-soft">Covers: {question.scope}</p>
      ) : null}
      <QuestionHelp question={question} terms={terms} />
      {holder ? <HolderLine holder={holder} questionId={question.id} peopleHref={peopleHref} /> : null}
      <AnswerEditor {...editor} />
      {isJudged && readiness.reasons.length > 0 ? (
        <details className="mt-3" open={readiness.status === 'contradicted'}>
          <summary className="cursor-pointer py-1 text-caption text-ink-soft">
            What the evidence says<span className="sr-only"> about item {question.reference.item}</span>
          </summary>
          <ReasonList reasons={readiness.reasons} />
        </details>
      ) : null}
    </section>
  )
})

/** The number by which the insurer's own document knows the question. */
function itemOf({ reference: { item, form, edition } }: Question): string {
  return [`Item ${item}`, form && `of ${form}`, edition && `edition ${edition}`].filter(Boolean).join(' ')
}

function NotBefore({ day, now }: { day: string | undefined; now: Date }) {
  if (!day || now.toISOString().slice(0, 10) >= day) return null
  return (
    <>
      {' '}
      (not required before <Time at={day} />)
    </>
  )
}
