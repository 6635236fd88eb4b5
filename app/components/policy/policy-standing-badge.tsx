import { CircleCheck, CircleMinus, Clock, History } from 'lucide-react'
import { POLICY_STANDING_WORDS, type PolicyStanding } from '#app/services/policy-standing.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'

const LOOKS: Record<PolicyStanding, Pick<StatusLook, 'icon' | 'tone'>> = {
  upcoming: { icon: Clock, tone: 'info' },
  'in-force': { icon: CircleCheck, tone: 'ok' },
  expired: { icon: History, tone: 'neutral' },
}

export function PolicyStandingBadge({
  standing,
  isWithdrawn = false,
}: {
  standing: PolicyStanding
  isWithdrawn?: boolean
}) {
  if (isWithdrawn) return <StatusBadge word="Withdrawn" icon={CircleMinus} tone="neutral" shape="stamp" />
  return <StatusBadge word={POLICY_STANDING_WORDS[standing]} {...LOOKS[standing]} shape="stamp" />
}
