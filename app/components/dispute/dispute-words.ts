/** A dispute as the texts of its forms, and how its states are marked. */
import { CircleCheck, CircleDot, CircleMinus, CircleX, OctagonX } from 'lucide-react'
import type { DisputeState } from '#app/services/dispute-input.ts'
import type { ShownDispute } from '#app/services/dispute-standing.ts'
import { countOf } from '../counts.ts'
import type { StatusLook } from '../status-badge.tsx'
import { typedTextsOf } from '../typed-texts.ts'

export const DISPUTE_FIELDS = [
  'insurer',
  'reference',
  'ground',
  'explanation',
  'raisedOn',
  'answerBy',
] as const
export const SETTLEMENT_FIELDS = ['state', 'outcome', 'answeredBy', 'answeredOn'] as const
export type DisputeTexts = Partial<Record<(typeof DISPUTE_FIELDS)[number], string>>
export type SettlementTexts = Partial<Record<(typeof SETTLEMENT_FIELDS)[number], string>>

export const disputeTexts = typedTextsOf(DISPUTE_FIELDS)
export const settlementTexts = typedTextsOf(SETTLEMENT_FIELDS)

const LOOK: Record<DisputeState, StatusLook> = {
  open: { word: 'Disputed', icon: CircleDot, tone: 'info' },
  corrected: { word: 'Insurer corrected it', icon: CircleCheck, tone: 'ok' },
  upheld: { word: 'Insurer upholds it', icon: CircleX, tone: 'warn' },
  withdrawn: { word: 'Dispute withdrawn', icon: CircleMinus, tone: 'neutral' },
}

export const disputeLook = ({ state, isLate }: Pick<ShownDispute, 'state' | 'isLate'>): StatusLook =>
  isLate ? { word: 'Disputed', icon: OctagonX, tone: 'bad' } : LOOK[state]

/** "Answer expected in 2 days"; null once it is settled. */
export function answerClock({ daysLeft }: Pick<ShownDispute, 'daysLeft'>): string | null {
  if (daysLeft === null) return null
  if (daysLeft < 0) return `Answer ${countOf(-daysLeft, 'day')} late`
  return daysLeft === 0 ? 'Answer expected today' : `Answer expected in ${countOf(daysLeft, 'day')}`
}
