/** What the client's decision-maker said to an exception in their room, beside who is named as accepting it. */
import { Time } from '../time.tsx'

/** As a loader sends it: dates may be text. */
export interface ShownApproval {
  state: 'asked' | 'approved' | 'refused'
  name: string
  at: Date | string
  words: string
}

const SAID: Record<ShownApproval['state'], string> = {
  asked: 'Waits for the decision of',
  approved: 'Approved in their room by',
  refused: 'Refused by',
}

export function ApprovalLine({ approval }: { approval: ShownApproval | null }) {
  if (!approval) return null
  const { state, name, at, words } = approval
  return (
    <span className="wrap-anywhere block text-caption text-ink-soft">
      {SAID[state]} {name}, {state === 'asked' ? 'asked ' : ''}
      <Time at={at} show="moment" />
      {words ? `: “${words}”` : ''}
    </span>
  )
}
