import { CircleCheck, CircleQuestionMark, OctagonX, TriangleAlert } from 'lucide-react'
import type { Verdict } from '#evidence/checks/reading.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'

const look: Record<Verdict, StatusLook> = {
  good: { word: 'Good', icon: CircleCheck, tone: 'ok' },
  weak: { word: 'Could be better', icon: TriangleAlert, tone: 'warn' },
  bad: { word: 'Insurers object', icon: OctagonX, tone: 'bad' },
  unknown: { word: 'Not known', icon: CircleQuestionMark, tone: 'info' },
}

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return <StatusBadge {...look[verdict]} />
}
