/** Two views of one day side by side: what was true, and what could have been known. */
import { DataTable } from '../data-table.tsx'
import type { AnswerAtPoint } from '../history/point-view.tsx'
import { answerStatusLook, StatusBadge } from '../status-badge.tsx'

export interface DayAnswer {
  questionId: string
  item: string
  prompt: string
  shown: string
  asIs: Pick<AnswerAtPoint, 'status' | 'isExcepted'> | null
  asKnown: Pick<AnswerAtPoint, 'status' | 'isExcepted'> | null
  reasons: string[]
}

export function DaySummary({ rows }: { rows: DayAnswer[] }) {
  return (
    <DataTable
      caption="Answers on the day"
      rows={rows}
      rowKey={({ questionId }) => questionId}
      empty="Nothing of this kind."
      columns={[
        {
          id: 'question',
          header: 'Question',
          isRowHeader: true,
          cell: ({ item, prompt, shown }) => (
            <>
              <span className="text-ink-soft">{item}</span> {prompt}
              <span className="mt-0.5 block font-normal text-ink-soft wrap-anywhere">{shown}</span>
            </>
          ),
        },
        { id: 'as-is', header: 'True on the day', cell: ({ asIs }) => <Standing at={asIs} /> },
        { id: 'as-known', header: 'Known on the day', cell: ({ asKnown }) => <Standing at={asKnown} /> },
        {
          id: 'reasons',
          header: 'Why',
          cell: ({ reasons }) => (
            <ul className="max-w-measure text-caption">
              {reasons.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}

function Standing({ at }: { at: DayAnswer['asIs'] }) {
  if (!at) return <span className="text-ink-soft">No answer then</span>
  return (
    <span className="inline-flex flex-col gap-0.5">
      <StatusBadge {...answerStatusLook[at.status]} />
      {at.isExcepted ? <span className="text-caption">covered by an exception</span> : null}
    </span>
  )
}
