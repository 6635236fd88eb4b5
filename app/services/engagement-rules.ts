/** When an engagement is open, who may accept which, and what is declared with it. */
import type { EngagementRow } from '#db/queries/engagements.server.ts'
import type { EngagementKind, EngagementState } from './engagement-input.ts'
import type { OrganisationKind } from './member.ts'

/** An offer that nobody takes up does not lie in a mailbox for ever. */
export const OFFER_DAYS = 14

/** Which kind of organisation accepts what. */
export const GUEST_KIND: Record<EngagementKind, OrganisationKind> = {
  'insurer-review': 'insurer',
  'independent-assessment': 'assessor',
}

export function stateOfEngagement(
  row: Pick<EngagementRow, 'acceptedAt' | 'endedAt' | 'expiresAt' | 'offerExpiresAt'>,
  now: Date,
): EngagementState {
  if (row.acceptedAt) {
    if (row.endedAt) return 'ended'
    return row.expiresAt <= now ? 'expired' : 'accepted'
  }
  if (row.endedAt) return 'withdrawn'
  return row.offerExpiresAt <= now ? 'lapsed' : 'offered'
}

interface Parties {
  hostName: string
  guestName: string
}

/** Recorded word for word with the acceptance. */
export const DECLARATIONS: Record<EngagementKind, (parties: Parties) => string> = {
  'insurer-review': ({ hostName, guestName }) =>
    `${guestName} reviews the applications that ${hostName} opens to it for its own decision on cover. Nobody of ${guestName} prepared them, answered them or gave evidence for them.`,
  'independent-assessment': ({ hostName, guestName }) =>
    `${guestName} is independent of ${hostName} and of the applicants: nobody of ${guestName} answered these applications, gave evidence for them, certified them or sold the services they describe, and no fee of ${guestName} depends on what it finds. Should that change, ${guestName} ends this engagement.`,
}
