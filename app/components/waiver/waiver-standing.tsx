/** Where a waiver stands, as a badge. */
import { CircleCheck, CircleX, Clock, OctagonX, PenLine, Undo2 } from 'lucide-react'
import { STANDING_WORDS, type WaiverStanding } from '#app/services/waiver-register.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'

const LOOK: Record<WaiverStanding, Pick<StatusLook, 'icon' | 'tone'>> = {
  overdue: { icon: OctagonX, tone: 'bad' },
  offered: { icon: Clock, tone: 'warn' },
  draft: { icon: PenLine, tone: 'neutral' },
  'in-force': { icon: CircleCheck, tone: 'info' },
  refused: { icon: CircleX, tone: 'warn' },
  withdrawn: { icon: Undo2, tone: 'neutral' },
}

export function WaiverStandingBadge({
  standing,
  shape,
}: {
  standing: WaiverStanding
  shape?: 'inline' | 'stamp'
}) {
  return <StatusBadge word={STANDING_WORDS[standing]} {...LOOK[standing]} shape={shape} />
}
