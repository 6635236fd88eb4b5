import type { MailRow } from '#db/queries/mails.server.ts'

/** How a reminder that was written down stands; the page and its export share it. */
export type WentStanding = 'sent' | 'on-its-way' | 'kept' | 'dead' | 'shown' | 'overtaken'

export function standingOfWent({
  outcome,
  mailState,
}: {
  outcome: 'notice' | 'mail' | 'collapsed'
  mailState: MailRow['state'] | null
}): WentStanding {
  if (outcome === 'collapsed') return 'overtaken'
  if (outcome === 'notice' || mailState === null) return 'shown'
  return STANDING[mailState]
}

const STANDING = {
  ...{ queued: 'on-its-way', sent: 'sent', kept: 'kept' },
  ...{ failed: 'dead', bounced: 'dead', suppressed: 'dead' },
} as const satisfies Record<MailRow['state'], WentStanding>
