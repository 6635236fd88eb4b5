import type { AnswerStatus, Reason } from '#app/readiness/status.ts'
import { DataTable } from '../data-table.tsx'
import { answerStatusLook, StatusBadge } from '../status-badge.tsx'

export interface AnswerAtPoint {
  questionId: string
  item: string
  prompt: string
  shown: string
  status: AnswerStatus
  isExcepted: boolean
  reasons: Pick<Reason, 'sentence'>[]
}

/** Each answer as it stood at the chosen point, with what was known of it. */
export function PointView({ rows }: { rows: AnswerAtPoint[] }) {
  return (
    <DataTable
      caption="Answers at the chosen point"
      rows={rows}
      rowKey={({ questionId }) => questionId}
      empty="No question had an answer then."
      columns={[
        {
          id: 'question',
          header: 'Question',
          isRowHeader: true,
          cell: ({ item, prompt }) => (
            <>
              <span className="text-ink-soft">{item}</span> {prompt}
            </>
          ),
        },
        {
          id: 'answer',
          header: 'Answer',
          cell: ({ shown }) => <span className="wrap-anywhere">{shown}</span>,
        },
        {
          id: 'status',
          header: 'Evidence',
          cell: ({ status, isExcepted }) => (
            <span className="inline-flex flex-col gap-0.5">
              <StatusBadge {...answerStatusLook[status]} />
              {isExcepted ? <span className="text-caption">covered by an exception</span> : null}
            </span>
          ),
        },
        {
          id: 'reasons',
          header: 'Why',
          cell: ({ reasons }) => (
            <ul className="max-w-measure text-caption">
              {reasons.map(({ sentence }) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}
