import { Check, Circle, CircleAlert, GitCompareArrows } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Spinner } from './spinner.tsx'
import { Time } from './time.tsx'
import { type Tone, toneText } from './tone.ts'

export type SaveStatus =
  | { state: 'idle' }
  /** Changed, and not yet an answer that can be saved. */
  | { state: 'unsaved' }
  | { state: 'saving' }
  | { state: 'saved'; at: Date | string }
  /** Somebody else saved the same answer in between. */
  | { state: 'conflict'; by: string; at: Date | string }
  | { state: 'error'; sentence: string }

interface SaveStateProps {
  status: SaveStatus
  onRetry?: () => void
  /** Opens the comparison of the two versions. */
  onReview?: () => void
}

/** What happened to the last edit, announced politely. The region is always there so that changes are heard. */
export function SaveState({ status, onRetry, onReview }: SaveStateProps) {
  return (
    <div role="status" aria-live="polite" className="min-h-6 text-caption text-ink-soft">
      <SaveStateText {...{ status, onRetry, onReview }} />
    </div>
  )
}

function SaveStateText({ status, onRetry, onReview }: SaveStateProps) {
  switch (status.state) {
    case 'idle':
      return null
    case 'unsaved':
      return <Line icon={<Circle aria-hidden size={14} />}>Not saved yet</Line>
    case 'saving':
      return <Line icon={<Spinner size={14} />}>Saving</Line>
    case 'saved':
      return (
        <Line icon={<Check aria-hidden size={14} className="text-ok" />}>
          Saved <Time at={status.at} show="clock" />
        </Line>
      )
    case 'conflict':
      return (
        <Line icon={<GitCompareArrows aria-hidden size={14} />} tone="warn">
          Not saved: {status.by} changed this answer at <Time at={status.at} show="clock" />.{' '}
          {onReview ? <Action onClick={onReview}>Compare the two</Action> : null}
        </Line>
      )
    case 'error':
      return (
        <Line icon={<CircleAlert aria-hidden size={14} />} tone="bad">
          Not saved: {status.sentence} {onRetry ? <Action onClick={onRetry}>Try again</Action> : null}
        </Line>
      )
  }
}

function Line({ icon, tone, children }: { icon: ReactNode; tone?: Tone; children: ReactNode }) {
  return (
    <span className={classNames('flex items-start gap-1.5', tone && toneText[tone])}>
      <span className="mt-1 shrink-0">{icon}</span>
      <span className="min-w-0">{children}</span>
    </span>
  )
}

function Action({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className="text-link whitespace-nowrap font-medium">
      {children}
    </button>
  )
}
