/** Decisions, grounds, opinions and states of reviews in words. */
import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Clock,
  FileSignature,
  Link2Off,
  MessageSquareText,
  OctagonX,
} from 'lucide-react'
import type { DecisionKind, RejectionGround, ReviewOpinion } from '#app/services/review-input.ts'
import type { StatusLook } from '../status-badge.tsx'

export const decisionLook: Record<DecisionKind, StatusLook> = {
  accepted: { word: 'Accepted', icon: CircleCheck, tone: 'ok' },
  'accepted-with-note': { word: 'Accepted with a note', icon: MessageSquareText, tone: 'ok' },
  asked: { word: 'Asked', icon: CircleHelp, tone: 'warn' },
  rejected: { word: 'Rejected', icon: CircleX, tone: 'bad' },
  contradiction: { word: 'Contradiction raised', icon: OctagonX, tone: 'bad' },
}

export const UNDECIDED: StatusLook = { word: 'Not reviewed', icon: CircleDashed, tone: 'neutral' }
export const OUTDATED: StatusLook = { word: 'Changed since', icon: Clock, tone: 'warn' }

export const GROUND_WORDS: Record<RejectionGround, string> = {
  'wrong-scope': 'Wrong scope',
  stale: 'Stale',
  unreadable: 'Unreadable',
  'not-theirs': 'Not theirs',
}

export const OPINION_WORDS: Record<ReviewOpinion, string> = {
  satisfied: 'Satisfied',
  'with-conditions': 'Satisfied with conditions',
  'not-satisfied': 'Not satisfied',
}

export const reviewStateLook: Record<'open' | 'expired' | 'revoked' | 'signed-off', StatusLook> = {
  open: { word: 'Open', icon: CircleDashed, tone: 'info' },
  expired: { word: 'Ended', icon: Clock, tone: 'neutral' },
  revoked: { word: 'Taken back', icon: Link2Off, tone: 'neutral' },
  'signed-off': { word: 'Signed off', icon: FileSignature, tone: 'ok' },
}

/** How the last decision on an answer stands. */
export const standingLook = (
  last: { kind: DecisionKind; isOutdated: boolean } | null | undefined,
): StatusLook => (last ? (last.isOutdated ? OUTDATED : decisionLook[last.kind]) : UNDECIDED)
