/** Kinds and states of engagements in words. */
import { CircleCheck, CircleDashed, CircleX, Clock, Link2Off, MailWarning } from 'lucide-react'
import type { EngagementKind, EngagementState } from '#app/services/engagement-input.ts'
import type { StatusLook } from '../status-badge.tsx'

export const KIND_WORDS: Record<EngagementKind, string> = {
  'insurer-review': 'Review by an insurer',
  'independent-assessment': 'Independent assessment',
}

export const engagementStateLook: Record<EngagementState, StatusLook> = {
  offered: { word: 'Offered', icon: CircleDashed, tone: 'info' },
  lapsed: { word: 'Not taken up', icon: MailWarning, tone: 'neutral' },
  withdrawn: { word: 'Taken back', icon: Link2Off, tone: 'neutral' },
  accepted: { word: 'In force', icon: CircleCheck, tone: 'ok' },
  expired: { word: 'Last day over', icon: Clock, tone: 'neutral' },
  ended: { word: 'Ended', icon: CircleX, tone: 'neutral' },
}

export interface Grants {
  mayDownload: boolean
  maySign: boolean
}

/** "Review; download evidence". */
export function grantWords({ mayDownload, maySign }: Grants): string {
  return [
    'Review each answer with its evidence',
    mayDownload ? 'download evidence' : null,
    maySign ? 'sign the report as reviewer' : null,
  ]
    .filter(Boolean)
    .join('; ')
}
