/** How a reminder that was written down stands; the page and its export share it. */
export type WentStanding = 'sent' | 'on-its-way' | 'kept' | 'dead' | 'shown' | 'overtaken'

export function standingOfWent({
  outcome,
  mailState,
}: {
  outcome: 'notice' | 'mail' | 'collapsed'
  mailState: 'queued' | 'sent' | 'kept' | 'failed' | null
}): WentStanding {
  if (outcome === 'collapsed') return 'overtaken'
  if (outcome === 'notice' || mailState === null) return 'shown'
  return ({ queued: 'on-its-way', sent: 'sent', kept: 'kept', failed: 'dead' } as const)[mailState]
}
