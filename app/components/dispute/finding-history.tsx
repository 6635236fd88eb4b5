/** What happened to one finding: seen, judged, disputed, fixed; the newest first. */
import type { ReactNode } from 'react'
import { GROUND_WORDS } from '#app/services/dispute-input.ts'
import type { ShownDispute } from '#app/services/dispute-standing.ts'
import { CitedList } from '../evidence/cited-list.tsx'
import { standingLook } from '../register/standing.tsx'
import { Time } from '../time.tsx'

interface Judgement {
  id: string
  decision: 'accepted' | 'false-positive' | null
  untilDay: string | null
  reason: string
  decidedByName: string
  decidedAt: Date
  undoneByName: string | null
}

interface FindingHistoryProps {
  finding: { tool: string; firstSeenAt: string; lastSeenAt: string; fixedAt: string | null }
  disputes: readonly ShownDispute[]
  decisions: readonly Judgement[]
}

interface Event {
  key: string
  at: Date
  title: ReactNode
  detail?: ReactNode
  body?: ReactNode
}

export function FindingHistory(props: FindingHistoryProps) {
  return (
    <ol className="flex flex-col">
      {eventsOf(props).map(({ key, at, title, detail, body }) => (
        <li key={key} className="border-rule border-t py-4">
          <h3 className="wrap-anywhere font-medium">{title}</h3>
          <p className="text-caption text-ink-soft">
            {detail ? <>{detail}, </> : null}
            <Time at={at} />
          </p>
          {body ? <div className="mt-2">{body}</div> : null}
        </li>
      ))}
    </ol>
  )
}

const told = (text: string) => <p className="wrap-anywhere max-w-measure whitespace-pre-line">{text}</p>

function eventsOf({ finding, disputes, decisions }: FindingHistoryProps): Event[] {
  const { tool, firstSeenAt, lastSeenAt, fixedAt } = finding
  const events: Event[] = [
    ...(lastSeenAt === firstSeenAt ? [] : [{ key: 'last', at: new Date(lastSeenAt), title: 'Seen last' }]),
    { key: 'first', at: new Date(firstSeenAt), title: `First seen by ${tool}` },
    ...(fixedAt ? [{ key: 'fixed', at: new Date(fixedAt), title: 'No longer found' }] : []),
    ...disputes.flatMap(disputeEvents),
    ...decisions.map((row) => ({
      key: row.id,
      at: row.decidedAt,
      title: (
        <>
          Judged: {row.decision ? standingLook[row.decision].word.toLowerCase() : 'open after all'}
          {row.untilDay ? (
            <>
              {' '}
              until <Time at={row.untilDay} />
            </>
          ) : null}
          {row.undoneByName ? `, undone by ${row.undoneByName}` : ''}
        </>
      ),
      detail: row.decidedByName,
      body: told(row.reason),
    })),
  ]
  return events.sort((a, b) => b.at.getTime() - a.at.getTime())
}

const ENDED = { corrected: 'corrected its finding', upheld: 'upholds its finding' } as const

function disputeEvents(dispute: ShownDispute): Event[] {
  const { id, insurer, reference, ground, raisedOn, recordedAt, state, settledAt } = dispute
  const raised: Event = {
    key: id,
    at: recordedAt,
    title: (
      <>
        Disputed with {insurer}: {GROUND_WORDS[ground].toLowerCase()}
      </>
    ),
    detail: (
      <>
        {reference ? `Insurer’s number ${reference}, r` : 'R'}aised on <Time at={raisedOn} />, recorded by{' '}
        {dispute.raisedByName}
      </>
    ),
    body: (
      <>
        {told(dispute.explanation)}
        <CitedList cited={dispute.cited} />
      </>
    ),
  }
  if (!settledAt || state === 'open') return [raised]
  const settled: Event = {
    key: `${id} settled`,
    at: settledAt,
    title: state === 'withdrawn' ? `Dispute with ${insurer} withdrawn` : `${insurer} ${ENDED[state]}`,
    detail: (
      <>
        {dispute.answeredBy && dispute.answeredOn ? (
          <>
            {dispute.answeredBy} at the insurer on <Time at={dispute.answeredOn} />,{' '}
          </>
        ) : null}
        recorded by {dispute.settledByName}
      </>
    ),
    body: told(dispute.outcome ?? ''),
  }
  return [settled, raised]
}
