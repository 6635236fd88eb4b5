/** How a request for evidence stands, in words. */
import { CalendarClock, CircleCheck, CircleMinus, Inbox, TriangleAlert } from 'lucide-react'
import type { StatusLook } from '../status-badge.tsx'

export type RequestState = 'open' | 'answered' | 'fulfilled' | 'cancelled'

const LOOKS: Record<RequestState, StatusLook> = {
  open: { word: 'Open', icon: CalendarClock, tone: 'info' },
  answered: { word: 'Answered, look at it', icon: Inbox, tone: 'warn' },
  fulfilled: { word: 'Fulfilled', icon: CircleCheck, tone: 'ok' },
  cancelled: { word: 'Cancelled', icon: CircleMinus, tone: 'neutral' },
}

const OVERDUE: StatusLook = { word: 'Overdue', icon: TriangleAlert, tone: 'bad' }

export const requestLook = ({ state, isOverdue }: { state: RequestState; isOverdue: boolean }): StatusLook =>
  isOverdue ? OVERDUE : LOOKS[state]
