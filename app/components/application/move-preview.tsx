/** What a move to another edition does with each answer, before it is done. */
import { useState } from 'react'
import type { MoveOutcome, MovePreview } from '#app/services/edition-moves.server.ts'
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
  const [showsAll, setShowsAll] = useState(false)
  const isOfInterest = (question: PreviewQuestion) =>
    showsAll || question.outcome !== 'kept' || question.changes.length > 0
  return (
    <>
      <label className="inline-flex min-h-8 items-center gap-2.5 text-ink-soft">
        <input
          type="checkbox"
          className="size-4"
          checked={showsAll}
          onChange={(event) => setShowsAll(event.target.checked)}
        />
        Also show answers that stay as they are
      </label>
      {preview.sections.map((section) => {
        const shown = section.questions.filter(isOfInterest)
        if (shown.length === 0) return null
        return (
          <section key={section.title} className="mt-6">
            <h3 className="border-rule border-b pb-1.5 font-semibold">{section.title}</h3>
            <ul>
              {shown.map((question) => (
                <li key={question.id} className="border-hairline border-b py-4" data-question={question.id}>
                  <QuestionMove question={question} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

function QuestionMove({ question }: { question: PreviewQuestion }) {
  const { before, proposed, outcome } = question
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-caption text-ink-faint">Item {question.item}</p>
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
            <div key={old.item}>
              <dt className="text-ink-faint">
                Item {old.item} before: {old.prompt}
              </dt>
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
