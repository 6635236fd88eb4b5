import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleQuestionMark,
  CircleX,
  Clock,
  Contrast,
  type LucideIcon,
  OctagonX,
} from 'lucide-react'
import type { AnswerStatus, ControlStatus } from '#app/readiness/status.ts'
import { classNames } from './class-names.ts'
import { type Tone, toneText, toneWash } from './tone.ts'

export interface StatusLook {
  word: string
  icon: LucideIcon
  tone: Tone
}

export const answerStatusLook: Record<AnswerStatus, StatusLook> = {
  supported: { word: 'Supported', icon: CircleCheck, tone: 'ok' },
  unsupported: { word: 'Unsupported', icon: CircleDashed, tone: 'info' },
  stale: { word: 'Stale', icon: Clock, tone: 'warn' },
  contradicted: { word: 'Contradicted', icon: OctagonX, tone: 'bad' },
  'not-claimed': { word: 'Not claimed', icon: CircleMinus, tone: 'neutral' },
}

export const controlStatusLook: Record<ControlStatus, StatusLook> = {
  met: { word: 'Met', icon: CircleCheck, tone: 'ok' },
  partly: { word: 'Partly met', icon: Contrast, tone: 'warn' },
  unmet: { word: 'Unmet', icon: CircleX, tone: 'bad' },
  unknown: { word: 'Unknown', icon: CircleQuestionMark, tone: 'info' },
  'not-applicable': { word: 'Not applicable', icon: CircleMinus, tone: 'neutral' },
}

interface BadgeStyle {
  /** `stamp` stands alone (page headers, cards); `inline` sits in rows and sentences. */
  shape?: 'inline' | 'stamp'
  /** Added to the word, such as "(weakened)". */
  detail?: string
}

/** Icon and word in one colour; never colour alone. */
export function StatusBadge({
  word,
  icon: Icon = Circle,
  tone = 'neutral',
  shape = 'inline',
  detail,
}: Partial<StatusLook> & { word: string } & BadgeStyle) {
  return (
    <span
      className={classNames(
        'inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium text-caption',
        toneText[tone],
        shape === 'stamp' && 'rounded-small px-2 py-1',
        shape === 'stamp' && toneWash[tone],
      )}
    >
      <Icon aria-hidden size={15} strokeWidth={2} className="shrink-0 self-center" />
      {word}
      {detail ? <span className="font-normal">{detail}</span> : null}
    </span>
  )
}

export function AnswerStatusBadge({
  status,
  ...style
}: { status: AnswerStatus /** In another language than the page's. */; word?: string } & BadgeStyle) {
  return <StatusBadge {...answerStatusLook[status]} {...style} />
}

export function ControlStatusBadge({ status, ...style }: { status: ControlStatus } & BadgeStyle) {
  return <StatusBadge {...controlStatusLook[status]} {...style} />
}
