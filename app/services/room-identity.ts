/** Who decides in a room, and how that was made sure of: what every decision there keeps. */
import type { GuestLinkRow } from '#db/queries/guests.server.ts'
import { RefusedError } from './errors.ts'
import type { Member } from './member.ts'

export const methodOf = ({ delivery }: Pick<GuestLinkRow, 'delivery'>): string =>
  delivery === 'mail-server'
    ? 'link and one-time code, both mailed to the signer’s address'
    : 'link and one-time code, handed over by the preparer because no mail server is configured'

/**
 * @param alsoSignedIn the member whose session the same browser holds
 * @returns the address of a member of this organisation, which only a demo lets pass; null for everybody else
 * @throws RefusedError `both-sides`
 */
export function refuseBothSides(organisationId: string, alsoSignedIn: Member | null): string | null {
  if (alsoSignedIn?.organisationId !== organisationId) return null
  if (alsoSignedIn.organisationIsDemo) return alsoSignedIn.email
  throw new RefusedError(
    'both-sides',
    `This browser is signed in as ${alsoSignedIn.name} of ${alsoSignedIn.organisationName}. Nobody signs for both sides: open the link in a browser of your own.`,
  )
}
