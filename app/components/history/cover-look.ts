/** How a control's state on a day is told and drawn; hatching keeps the states apart without colour. */
import { CircleCheck, CircleDashed, CircleOff, Minus, OctagonX, ShieldQuestion } from 'lucide-react'
import type { CoverState } from '#app/readiness/timeline.ts'
import type { StatusLook } from '../status-badge.tsx'

export const COVER_ORDER: readonly CoverState[] = [
  'proved',
  'unproved',
  'contradicted',
  'excepted',
  'not-claimed',
  'unrecorded',
]

export const coverLook: Record<CoverState, StatusLook & { pattern: 'solid' | 'hatched' | 'none' }> = {
  proved: { word: 'Proved', icon: CircleCheck, tone: 'ok', pattern: 'solid' },
  unproved: { word: 'Unproved', icon: CircleDashed, tone: 'warn', pattern: 'hatched' },
  contradicted: { word: 'Contradicted', icon: OctagonX, tone: 'bad', pattern: 'solid' },
  excepted: { word: 'Excepted', icon: ShieldQuestion, tone: 'bad', pattern: 'hatched' },
  'not-claimed': { word: 'Not claimed', icon: Minus, tone: 'neutral', pattern: 'hatched' },
  unrecorded: { word: 'No record', icon: CircleOff, tone: 'neutral', pattern: 'none' },
}
