/** How an assigned question stands, in words; seen from whoever asks. */
import { Check, CircleAlert, Clock, Inbox, Undo2, UserX } from 'lucide-react'
import type { StatusLook } from '../status-badge.tsx'

export type AssignmentState = 'open' | 'answered' | 'not-mine' | 'accepted' | 'taken-back'

const LOOKS: Record<AssignmentState, StatusLook> = {
  open: { word: 'Asked', icon: Clock, tone: 'info' },
  answered: { word: 'Answered, to be checked', icon: Inbox, tone: 'warn' },
  'not-mine': { word: 'Not theirs', icon: UserX, tone: 'warn' },
  accepted: { word: 'Accepted', icon: Check, tone: 'ok' },
  'taken-back': { word: 'Taken back', icon: Undo2, tone: 'neutral' },
}
const OVERDUE: StatusLook = { word: 'Overdue', icon: CircleAlert, tone: 'bad' }

export const assignmentLook = ({
  state,
  isOverdue = false,
}: {
  state: AssignmentState
  isOverdue?: boolean
}): StatusLook => (state === 'open' && isOverdue ? OVERDUE : LOOKS[state])

export const TRAIL_WORDS = {
  assigned: 'asked',
  changed: 'asked again, with another day or note',
  answered: 'answered',
  cleared: 'took the answer away',
  'not-mine': 'passed it on',
  returned: 'returned it',
  accepted: 'accepted it',
  'taken-back': 'took the question back',
} as const
