/** How far a report's signatures are, in a word. */
import { CircleCheck, CircleX, Layers2, LoaderCircle, type LucideIcon, PenLine, Undo2 } from 'lucide-react'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../tone.ts'

export type ReportState =
  | 'answering'
  | 'rendering'
  | 'awaiting-attestation'
  | 'attesting'
  | 'signed'
  | 'failed'
  | 'withdrawn'
  | 'superseded'

const look: Record<ReportState, { word: string; icon: LucideIcon; tone: Tone }> = {
  answering: { word: 'With the officer', icon: PenLine, tone: 'warn' },
  rendering: { word: 'Being prepared', icon: LoaderCircle, tone: 'info' },
  'awaiting-attestation': { word: 'Waiting for the insured', icon: PenLine, tone: 'warn' },
  attesting: { word: 'Being signed', icon: LoaderCircle, tone: 'info' },
  signed: { word: 'Signed', icon: CircleCheck, tone: 'ok' },
  failed: { word: 'Failed', icon: CircleX, tone: 'bad' },
  withdrawn: { word: 'Withdrawn', icon: Undo2, tone: 'bad' },
  superseded: { word: 'Superseded', icon: Layers2, tone: 'neutral' },
}

export function ReportStateBadge({ state, shape }: { state: ReportState; shape?: 'inline' | 'stamp' }) {
  return <StatusBadge {...look[state]} shape={shape} />
}
