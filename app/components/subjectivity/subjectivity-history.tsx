/** Everything that was said about a condition, the newest first. */
import type { ReactNode } from 'react'
import { OUTCOME_WORDS } from '#app/services/subjectivity-input.ts'
import { type Cited, CitedList } from '../evidence/cited-list.tsx'
import { Time } from '../time.tsx'

export interface History {
  recordedByName: string
  recordedAt: Date
  withdrawnAt: Date | null
  withdrawnByName: string | null
  withdrawnReason: string | null
  responses: readonly {
    id: string
    answer: string
    cited: Cited[]
    respondedByName: string
    respondedAt: Date
  }[]
  decisions: readonly {
    id: string
    outcome: keyof typeof OUTCOME_WORDS
    why: string | null
    decidedBy: string
    decidedOn: string
    recordedByName: string
    recordedAt: Date
  }[]
  extensions: readonly {
    id: string
    dueOn: string
    earlierDueOn: string | null
    grantedBy: string
    grantedOn: string
    reason: string
    recordedByName: string
    recordedAt: Date
  }[]
}

interface Event {
  key: string
  at: Date
  title: ReactNode
  by: string
  body?: ReactNode
}

export function SubjectivityHistory({ history }: { history: History }) {
  return (
    <ol className="flex flex-col">
      {eventsOf(history).map(({ key, at, title, by, body }) => (
        <li key={key} className="border-rule border-t py-4">
          <h3 className="wrap-anywhere font-medium">{title}</h3>
          <p className="text-caption text-ink-soft">
            Recorded by {by} on <Time at={at} show="moment" />
          </p>
          {body ? <div className="mt-2">{body}</div> : null}
        </li>
      ))}
    </ol>
  )
}

const told = (text: string) => <p className="wrap-anywhere max-w-measure whitespace-pre-line">{text}</p>

function eventsOf(history: History): Event[] {
  const { recordedAt, recordedByName, withdrawnAt, withdrawnByName, withdrawnReason } = history
  const events: Event[] = [
    { key: 'recorded', at: recordedAt, title: 'Condition recorded', by: recordedByName },
    ...history.responses.map((row) => ({
      key: row.id,
      at: row.respondedAt,
      title: 'Answered',
      by: row.respondedByName,
      body: (
        <>
          {told(row.answer)}
          <CitedList cited={row.cited} />
        </>
      ),
    })),
    ...history.decisions.map((row) => ({
      key: row.id,
      at: row.recordedAt,
      title: (
        <>
          {OUTCOME_WORDS[row.outcome]}: {row.decidedBy} at the insurer, <Time at={row.decidedOn} />
        </>
      ),
      by: row.recordedByName,
      body: row.why ? told(row.why) : undefined,
    })),
    ...history.extensions.map((row) => ({
      key: row.id,
      at: row.recordedAt,
      title: (
        <>
          More time until <Time at={row.dueOn} />
          {row.earlierDueOn ? (
            <>
              {' '}
              instead of <Time at={row.earlierDueOn} />
            </>
          ) : null}
          : {row.grantedBy}, <Time at={row.grantedOn} />
        </>
      ),
      by: row.recordedByName,
      body: told(row.reason),
    })),
  ]
  if (withdrawnAt)
    events.push({
      key: 'withdrawn',
      at: withdrawnAt,
      title: 'Withdrawn',
      by: withdrawnByName ?? '',
      body: told(withdrawnReason ?? ''),
    })
  return events.sort((a, b) => b.at.getTime() - a.at.getTime())
}
