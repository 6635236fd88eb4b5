/** What a move to another edition does with each answer, before it is done. */
import type { MoveAsking, MoveOutcome, MovePreview } from '#app/services/move-preview.server.ts'
import { BeforeAfter, ChangeBadge } from '../edition/difference-list.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../tone.ts'

const OUTCOMES: Record<MoveOutcome, { word: string; tone: Tone }> = {
  kept: { word: 'Stays answered', tone: 'ok' },
  proposed: { word: 'Proposed, to be confirmed', tone: 'info' },
  'ask-again': { word: 'Answer anew', tone: 'warn' },
  open: { word: 'Unanswered', tone: 'neutral' },
}

type PreviewQuestion = MovePreview['sections'][number]['questions'][number]

export function MovePreviewList({ preview }: { preview: MovePreview }) {
  return (
    <>
      {preview.sections.map(({ title, questions }) => {
        const isSteady = ({ outcome, changes }: PreviewQuestion) => outcome === 'kept' && changes.length === 0
        const steady = questions.filter(isSteady)
        return (
          <section key={title} className="mt-6">
            <h3 className="border-rule border-b pb-1.5 font-semibold">{title}</h3>
            <QuestionMoves questions={questions.filter((question) => !isSteady(question))} />
            {steady.length > 0 ? (
              <details>
                <summary className="cursor-pointer py-2.5 text-accent">
                  {steady.length === 1
                    ? '1 answer stays as it is'
                    : `${steady.length} answers stay as they are`}
                </summary>
                <QuestionMoves questions={steady} />
              </details>
            ) : null}
          </section>
        )
      })}
    </>
  )
}

function QuestionMoves({ questions }: { questions: PreviewQuestion[] }) {
  if (questions.length === 0) return null
  return (
    <ul>
      {questions.map((question) => (
        <li key={question.id} className="border-hairline border-b py-4" data-question={question.id}>
          <QuestionMove question={question} />
        </li>
      ))}
    </ul>
  )
}

const ASKING: Record<MoveAsking, string> = {
  'at-once': '',
  later: ', comes up when the proposed answers are confirmed',
  not: ', not asked, or only after other answers',
}

function QuestionMove({ question }: { question: PreviewQuestion }) {
  const { before, proposed, outcome } = question
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-caption text-ink-faint">
          Item {question.item}
          {ASKING[question.asking]}
        </p>
        <StatusBadge {...OUTCOMES[outcome]} />
      </div>
      <p className="mt-0.5 max-w-measure font-medium">{question.prompt}</p>
      {question.changes.map((change) => (
        <div key={`${change.kind} ${change.sentence}`} className="mt-2">
          <ChangeBadge kind={change.kind} />
          <p className="max-w-measure text-ink-soft">{change.sentence}</p>
          {change.kind === 'added' ? null : <BeforeAfter change={change} />}
        </div>
      ))}
      {before.length > 0 ? (
        <dl className="mt-2.5 max-w-measure space-y-1.5 text-caption">
          {before.map((old) => (
            <div key={old.label}>
              <dt className="text-ink-faint">{old.label}</dt>
              <dd className="break-words">{old.shown}</dd>
            </div>
          ))}
          {outcome === 'proposed' && proposed ? (
            <div>
              <dt className="text-ink-faint">Proposed now</dt>
              <dd className="break-words">{proposed}</dd>
            </div>
          ) : null}
        </dl>
      ) : null}
      {question.lost.length > 0 ? (
        <ul className="mt-1.5 max-w-measure list-disc ps-5 text-caption text-warn">
          {question.lost.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
