/** What became of a signed answer, in a word: every mark with an icon, the gravest first. */
import {
  ArrowUpCircle,
  CircleAlert,
  CircleCheck,
  Clock,
  type LucideIcon,
  OctagonX,
  PencilLine,
} from 'lucide-react'
import type { Mark } from '#app/readiness/reattestation-marks.ts'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../tone.ts'

const look: Record<Mark, { icon: LucideIcon; tone: Tone }> = {
  contradicted: { icon: OctagonX, tone: 'bad' },
  changed: { icon: PencilLine, tone: 'warn' },
  'evidence-expired': { icon: Clock, tone: 'warn' },
  weakened: { icon: CircleAlert, tone: 'warn' },
  'supported-newly': { icon: ArrowUpCircle, tone: 'ok' },
  unchanged: { icon: CircleCheck, tone: 'neutral' },
}

export function MarkBadges({ marks, wordOf }: { marks: readonly Mark[]; wordOf: (mark: Mark) => string }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {marks.map((mark) => (
        <StatusBadge key={mark} {...look[mark]} word={wordOf(mark)} />
      ))}
    </span>
  )
}
