/**
 * The one place where work goes from one organisation's tenant into another's (a named exception to design §6, decision
 * 0040). A member of an insurer or assessment firm comes into the host's tenant here and nowhere else, and only as far
 * as the host's own row says that an engagement of their organisation is in force.
 */
import type { Enter, Tx } from '#db/client.server.ts'
import * as engagements from '#db/queries/engagements.server.ts'
import { listMembers } from '#db/queries/members.server.ts'
import { hashSecret } from './attestation-secrets.server.ts'
import { readToken } from './attestation-token.ts'
import type { EngagementState } from './engagement-input.ts'
import { stateOfEngagement } from './engagement-rules.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export interface AtHost {
  /** The host's. */
  organisationId: string
  engagement: engagements.EngagementRow
  now: Date
}

/**
 * Whoever sees the evidence of many organisations does so only in a session that passed a second factor. Accepting,
 * opening and working all come through here, so that it holds whatever a page forgets.
 * @throws RefusedError `second-factor`
 */
function requireSecondFactorForEngagements({ hasSecondFactor }: Member): void {
  if (hasSecondFactor) return
  throw new RefusedError(
    'second-factor',
    'Engagements open only after a second factor. Set one up under Account, Second factors, or sign in with yours, and try again.',
  )
}

/**
 * Goes into the tenant of whoever granted an engagement, and locks it there: ending it waits, or comes first.
 * @throws NotFoundError for what the member's organisation does not hold; RefusedError `second-factor`,
 *   `engagement-over`
 */
export async function atHostOf<T>(
  member: Member,
  engagementId: string,
  work: (tx: Tx, host: AtHost) => Promise<T>,
): Promise<T> {
  const { database, clock } = getRuntime()
  const held = await getHeld(member, engagementId)
  requireSecondFactorForEngagements(member)
  const now = clock()
  const organisationId = held.hostOrganisationId
  return database.inOrganisation(organisationId, async (tx) => {
    const engagement = await engagements.lockEngagement(tx, organisationId, engagementId, 'share')
    // What is held says where to look, no more: a row of the guest's tenant opens nothing by itself.
    if (engagement?.guestOrganisationId !== member.organisationId) throw noSuchEngagement()
    const state = stateOfEngagement(engagement, now)
    if (state !== 'accepted') throw over(state)
    return work(tx, { organisationId, engagement, now })
  })
}

export const over = (state: EngagementState) =>
  new RefusedError(
    'engagement-over',
    state === 'expired'
      ? 'The last day of this engagement is over. Ask whoever granted it for another.'
      : 'This engagement has ended, so nothing is open any more.',
  )

const noSuchEngagement = () => new NotFoundError('No such engagement')

/** What the member's organisation holds, as its own tenant has it. @throws NotFoundError */
export async function getHeld(member: Member, engagementId: string): Promise<engagements.HeldEngagementRow> {
  const { organisationId } = member
  const held = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    engagements.findHeldEngagement(tx, organisationId, engagementId),
  )
  if (!held) throw noSuchEngagement()
  return held
}

/**
 * Who works at the guest's now, for whoever granted the engagement to compare with those who had a part in it.
 * @throws Error for one that nobody has accepted
 */
export async function atGuestOf({ guestOrganisationId: id, guestName: name }: engagements.EngagementRow) {
  if (!id || !name) throw new Error('Nobody holds it')
  const members = await getRuntime().database.inOrganisation(id, (tx) => listMembers(tx, id))
  return { id, name, members }
}

export interface Crossing {
  tx: Tx
  enter: Enter
  hostId: string
  engagement: engagements.EngagementRow
  now: Date
}

/**
 * A transaction that writes at the host's and at the guest's; it starts at the host's, with the engagement locked. The
 * host's ledger is written first, so that no two of them wait for each other.
 * @param guest the member of the guest's organisation who asks; left out where the host does
 * @throws NotFoundError also for what that organisation does not hold; RefusedError `second-factor` for a guest
 */
export async function acrossEngagement<T>(
  { hostId, engagementId, guest }: { hostId: string; engagementId: string; guest?: Member },
  work: (crossing: Crossing) => Promise<T>,
): Promise<T> {
  if (guest) requireSecondFactorForEngagements(guest)
  const { database, clock } = getRuntime()
  const now = clock()
  return database.acrossOrganisations(async (tx, enter) => {
    await enter(hostId)
    const engagement = await engagements.lockEngagement(tx, hostId, engagementId, 'update')
    if (!engagement) throw noSuchEngagement()
    if (guest && engagement.guestOrganisationId !== guest.organisationId) throw noSuchEngagement()
    return work({ tx, enter, hostId, engagement, now })
  })
}

/**
 * As `acrossEngagement`, for the offer that a mailed link leads to.
 * @param member null where the offer is only read
 * @throws NotFoundError for a link that never was, or that leads to something of another kind; RefusedError
 *   `second-factor`
 */
export async function acrossOffer<T>(
  member: Member | null,
  token: string | undefined,
  work: (crossing: Crossing) => Promise<T>,
): Promise<T> {
  if (member) requireSecondFactorForEngagements(member)
  const read = readToken(token)
  if (!read || token === undefined) throw noSuchOffer()
  const hostId = read.organisationId
  const { database, clock } = getRuntime()
  const now = clock()
  return database.acrossOrganisations(async (tx, enter) => {
    await enter(hostId)
    const engagement = await engagements.lockEngagementByToken(tx, hostId, hashSecret(token))
    if (!engagement) throw noSuchOffer()
    return work({ tx, enter, hostId, engagement, now })
  })
}

const noSuchOffer = () =>
  new NotFoundError(
    'This link leads nowhere. Open it from the mail again, or copy all of it: a letter may be missing.',
  )
