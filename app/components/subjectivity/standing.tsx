/** How a condition stands, and how long there is. */
import { CircleCheck, CircleDot, CircleMinus, Handshake, OctagonX, Send } from 'lucide-react'
import {
  type ShownSubjectivity,
  type SubjectivityStanding,
  URGENT_DAYS,
} from '#app/services/subjectivity-standing.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { type Tone, toneText } from '../tone.ts'
import { clockWords } from './subjectivity-words.ts'

export const standingLook: Record<SubjectivityStanding, StatusLook> = {
  open: { word: 'Open', icon: CircleDot, tone: 'warn' },
  submitted: { word: 'Submitted', icon: Send, tone: 'info' },
  lapsed: { word: 'Lapsed', icon: OctagonX, tone: 'bad' },
  closed: { word: 'Closed', icon: CircleCheck, tone: 'ok' },
  waived: { word: 'Waived', icon: Handshake, tone: 'ok' },
  withdrawn: { word: 'Withdrawn', icon: CircleMinus, tone: 'neutral' },
}

type Clocked = Pick<ShownSubjectivity, 'standing' | 'state' | 'daysLeft' | 'dueNow' | 'timing' | 'dueDays'>

export function SubjectivityBadge({
  condition: { standing, state },
  shape,
}: {
  condition: Pick<Clocked, 'standing' | 'state'>
  shape?: 'inline' | 'stamp'
}) {
  const detail = standing === 'lapsed' && state === 'submitted' ? '(answered)' : undefined
  return <StatusBadge {...standingLook[standing]} shape={shape} detail={detail} />
}

/** The day that counts and how far off it is. */
export function DueClock({ condition }: { condition: Clocked }) {
  const { dueNow, daysLeft } = condition
  const words = clockWords(condition)
  const tone: Tone | null =
    words === null || daysLeft === null || daysLeft > URGENT_DAYS ? null : daysLeft < 0 ? 'bad' : 'warn'
  return (
    <>
      {dueNow ? <Time at={dueNow} /> : null}
      {words ? (
        <span
          className={
            tone ? `block font-medium text-caption ${toneText[tone]}` : 'block text-caption text-ink-soft'
          }
        >
          {words}
        </span>
      ) : null}
    </>
  )
}
