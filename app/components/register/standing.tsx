/** What a finding is: its word and mark. */
import { CircleCheck, CircleDot, CircleSlash, EyeOff, Handshake } from 'lucide-react'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'

export type Standing = 'open' | 'fixed' | 'accepted' | 'false-positive' | 'suppressed'

export const standingLook: Record<Standing, StatusLook> = {
  open: { word: 'Open', icon: CircleDot, tone: 'bad' },
  fixed: { word: 'Fixed', icon: CircleCheck, tone: 'ok' },
  accepted: { word: 'Accepted', icon: Handshake, tone: 'warn' },
  'false-positive': { word: 'False positive', icon: CircleSlash, tone: 'neutral' },
  suppressed: { word: 'Passed over by the tool', icon: EyeOff, tone: 'warn' },
}
export const STANDINGS = Object.keys(standingLook) as Standing[]

export function StandingBadge({ standing }: { standing: Standing }) {
  return <StatusBadge {...standingLook[standing]} />
}
