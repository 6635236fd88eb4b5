/** Each answer that a workbook would change, before and after, with a tick for taking it over. */
import type { AnswerChange } from '#app/documents/answer-changes.ts'
import { StatusBadge } from '../status-badge.tsx'

interface WorkbookChangesProps {
  changes: readonly (AnswerChange & { seenVersion: number })[]
  /** Notes by question id, as somebody wrote them beside the answers. */
  notes: Readonly<Record<string, string>>
  disabled: boolean
}

const KINDS = {
  added: { word: 'New', tone: 'info' },
  changed: { word: 'Changed', tone: 'warn' },
  cleared: { word: 'Cleared', tone: 'bad' },
} as const

export function WorkbookChanges({ changes, notes, disabled }: WorkbookChangesProps) {
  const changed = new Set(changes.map(({ questionId }) => questionId))
  const others = Object.entries(notes).filter(([questionId]) => !changed.has(questionId))
  return (
    <>
      <ul className="border-rule border-t">
        {changes.map((change) => (
          <li key={change.questionId} className="border-hairline border-b py-4">
            <label className="flex items-start gap-3">
              <input
                type="checkbox"
                name="take"
                value={`${change.questionId} ${change.seenVersion}`}
                defaultChecked={change.kind !== 'cleared'}
                disabled={disabled}
                className="mt-1 size-4 shrink-0"
              />
              <span className="min-w-0 grow">
                <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <span className="text-caption text-ink-faint">Item {change.item}</span>
                  <StatusBadge {...KINDS[change.kind]} />
                </span>
                <span className="block max-w-measure font-medium">{change.prompt}</span>
                <span className="mt-1.5 grid max-w-measure gap-x-6 gap-y-1 text-caption sm:grid-cols-2">
                  <span className="break-words border-control border-s-2 ps-3 text-ink-soft">
                    <span className="text-ink-faint">Before: </span>
                    {change.before}
                  </span>
                  <span className="break-words border-accent border-s-2 ps-3">
                    <span className="text-ink-faint">Workbook: </span>
                    {change.after}
                  </span>
                </span>
                {notes[change.questionId] ? (
                  <span className="mt-1.5 block max-w-measure text-caption text-ink-soft">
                    Note: {notes[change.questionId]}
                  </span>
                ) : null}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {others.length > 0 ? (
        <section className="mt-6">
          <h3 className="font-semibold">Notes on other questions</h3>
          <ul className="mt-2 space-y-1 text-caption">
            {others.map(([questionId, note]) => (
              <li key={questionId}>
                {questionId}: {note}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}
