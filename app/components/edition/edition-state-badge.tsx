import { Archive, CalendarClock, CircleCheck, History } from 'lucide-react'
import { StatusBadge } from '../status-badge.tsx'

const looks = {
  current: { word: 'Current', icon: CircleCheck, tone: 'ok' },
  upcoming: { word: 'Not in force yet', icon: CalendarClock, tone: 'info' },
  superseded: { word: 'Superseded', icon: History, tone: 'neutral' },
  retired: { word: 'Retired', icon: Archive, tone: 'warn' },
} as const

export function EditionStateBadge({ state }: { state: keyof typeof looks }) {
  return <StatusBadge {...looks[state]} />
}
