/** How a piece of evidence stands today, the same judgement that readiness uses, and the day on which that changes. */
import { CalendarX2, CircleCheck, CircleQuestionMark, Clock, Hourglass } from 'lucide-react'
import type { EvidenceListItem, EvidenceStanding } from '#app/services/evidence-list.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export const standingLook: Record<EvidenceStanding, StatusLook> = {
  fresh: { word: 'Fresh', icon: CircleCheck, tone: 'ok' },
  expiring: { word: 'Expiring', icon: Hourglass, tone: 'info' },
  stale: { word: 'Stale', icon: Clock, tone: 'warn' },
  expired: { word: 'Expired', icon: CalendarX2, tone: 'bad' },
  ignored: { word: 'Not counted', icon: CircleQuestionMark, tone: 'neutral' },
}

export function FreshnessBadge({ state, shape }: { state: EvidenceStanding; shape?: 'inline' | 'stamp' }) {
  return <StatusBadge {...standingLook[state]} shape={shape} />
}

type Change = Pick<EvidenceListItem, 'standing' | 'changesAt' | 'becomes' | 'validUntil'>

export function StandingChange({ standing, changesAt, becomes, validUntil }: Change) {
  if (standing === 'expired' && validUntil) {
    return (
      <>
        Ended on <Time at={validUntil} />
      </>
    )
  }
  if (!changesAt || !becomes) return null
  if (becomes === 'ended' || (becomes === 'expiring' && validUntil && isEndNear(changesAt, validUntil))) {
    return (
      <>
        Ends on <Time at={validUntil ?? changesAt} />
      </>
    )
  }
  const words = { expiring: 'Expiring from', stale: 'Stale from', fresh: 'Counts from' } as const
  return (
    <>
      {words[becomes]} <Time at={changesAt} />
    </>
  )
}

/** It begins to expire because of its own end and not because of its age. */
function isEndNear(changesAt: Date, validUntil: Date): boolean {
  return Math.abs(validUntil.getTime() - changesAt.getTime() - 30 * 86_400_000) < 1000
}
