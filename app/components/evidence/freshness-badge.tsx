/** How a piece of evidence stands today: the same judgement that readiness uses. */
import { CircleCheck, CircleQuestionMark, Clock, Hourglass } from 'lucide-react'
import type { Standing } from '#app/readiness/standing.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'

const look: Record<Standing['state'], StatusLook> = {
  fresh: { word: 'Fresh', icon: CircleCheck, tone: 'ok' },
  expiring: { word: 'Expiring', icon: Hourglass, tone: 'info' },
  stale: { word: 'Stale', icon: Clock, tone: 'warn' },
  ignored: { word: 'Not counted', icon: CircleQuestionMark, tone: 'neutral' },
}

export function FreshnessBadge({ state, shape }: { state: Standing['state']; shape?: 'inline' | 'stamp' }) {
  return <StatusBadge {...look[state]} shape={shape} />
}
