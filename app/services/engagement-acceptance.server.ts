/** How an engagement begins and ends: each writes in both tenants and both ledgers at once. */
import type { Tx } from '#db/client.server.ts'
import { listContributions } from '#db/queries/contributions.server.ts'
import * as engagements from '#db/queries/engagements.server.ts'
import { getOrganisationName, listMembers } from '#db/queries/members.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import { acrossEngagement, acrossOffer, type Crossing, getHeld } from './engagement-crossing.server.ts'
import type { EndInput, EngagementState } from './engagement-input.ts'
import { DECLARATIONS, GUEST_KIND, stateOfEngagement } from './engagement-rules.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { forgetMail } from './mail-outbox.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import { lastDayOf } from './report-share-rules.ts'
import { getRuntime } from './runtime.server.ts'

/** What whoever holds the link is told, signed in or not. @throws NotFoundError */
export async function readOffer(token: string | undefined, member: Member | null) {
  return acrossOffer(null, token, async ({ tx, hostId, engagement, now }) => {
    const { kind, instructions, offeredByName, mayDownload, maySign } = engagement
    const granted = await engagements.listEngagementApplications(tx, hostId, [engagement.id])
    const hostName = await getOrganisationName(tx, hostId)
    return {
      kind,
      state: stateOfEngagement(engagement, now),
      hostName,
      offeredByName,
      instructions,
      applications: granted.length,
      mayDownload,
      maySign,
      lastDay: lastDayOf(engagement.expiresAt),
      offerExpiresAt: engagement.offerExpiresAt,
      declaration: member ? DECLARATIONS[kind]({ hostName, guestName: member.organisationName }) : null,
    }
  })
}

/**
 * Accepts for the member's organisation.
 * @throws NotFoundError; RefusedError `owner`, `offer-over`, `kind`, `shared-member`, `own-review`
 */
export async function acceptOffer(member: Member, token: string | undefined): Promise<string> {
  requireOwner(member, 'accepts an engagement')
  return acrossOffer(member, token, async ({ tx, enter, hostId, engagement, now }) => {
    const { id, kind, expiresAt } = engagement
    const { organisationId, organisationName } = member
    const state = stateOfEngagement(engagement, now)
    if (state !== 'offered') throw noOffer(state)
    requireGuestKind(member, engagement)
    await enter(organisationId)
    const firm = await listMembers(tx, organisationId)
    await enter(hostId)
    const granted = await engagements.listEngagementApplications(tx, hostId, [id])
    await requireUnconflicted(tx, { hostId, firm, granted: granted.map((one) => one.granted) })
    const hostName = await getOrganisationName(tx, hostId)
    const declaration = DECLARATIONS[kind]({ hostName, guestName: organisationName })
    await engagements.updateEngagement(tx, hostId, id, {
      acceptedAt: now,
      guestOrganisationId: organisationId,
      guestName: organisationName,
      acceptedByName: member.name,
      acceptedByEmail: member.email,
      declaration,
    })
    for (const { granted: one } of granted) await openReview(tx, member, engagement, one)
    await forgetMail(tx, hostId, engagement.mailId)
    const payload = {
      engagementId: id,
      kind,
      guest: { organisationId, name: organisationName },
      declaration,
      expiresAt: expiresAt.toISOString(),
    }
    const entry = { kind: 'engagement.accepted', actor: actorOf(member), at: now } as const
    await recordInLedger(tx, hostId, { ...entry, payload })
    await enter(organisationId)
    await engagements.insertHeldEngagement(tx, {
      organisationId,
      id,
      hostOrganisationId: hostId,
      hostName,
      kind,
      acceptedByName: member.name,
      acceptedAt: now,
      declaration,
      expiresAt,
    })
    const host = { organisationId: hostId, name: hostName }
    await recordInLedger(tx, organisationId, { ...entry, payload: { ...payload, host } })
    return id
  })
}

const NO_OFFER: Record<Exclude<EngagementState, 'offered'>, string> = {
  lapsed: 'This offer has lapsed: its link was good for a while only. Ask the sender for another.',
  withdrawn: 'This offer was taken back. Ask the sender why, or for another.',
  accepted: 'This offer was accepted already, and its link accepts once. Ask the sender for another.',
  expired: 'This offer was accepted, and its last day is over. Ask the sender for another.',
  ended: 'This offer was accepted, and the engagement has ended. Ask the sender for another.',
}
const noOffer = (state: Exclude<EngagementState, 'offered'>) =>
  new RefusedError('offer-over', NO_OFFER[state])

function requireGuestKind(member: Member, { kind }: engagements.EngagementRow): void {
  if (member.organisationKind === GUEST_KIND[kind]) return
  throw new RefusedError(
    'kind',
    kind === 'insurer-review'
      ? 'This offer is for an insurer. Sign in as an owner of an insurer’s organisation, or create one.'
      : 'This offer is for an assessment firm. Sign in as an owner of a firm’s organisation, or create one.',
  )
}

/**
 * Nobody works on both sides, and nobody of the firm had a part in what it is to review.
 * @param firm who works in the firm now
 * @throws RefusedError `shared-member`, `own-review`
 */
export async function requireUnconflicted(
  tx: Tx,
  {
    hostId,
    firm,
    granted,
  }: {
    hostId: string
    firm: { userId: string; name: string; email: string }[]
    granted: readonly { applicationId: string; clientId: string }[]
  },
): Promise<void> {
  const people = {
    userIds: firm.map(({ userId }) => userId),
    emails: firm.map(({ email }) => email.toLowerCase()),
    names: firm.map(({ name }) => name.toLowerCase()),
  }
  const hosts = await listMembers(tx, hostId)
  const shared = hosts.find(
    ({ userId, email }) => people.userIds.includes(userId) || people.emails.includes(email.toLowerCase()),
  )
  if (shared) {
    throw new RefusedError(
      'shared-member',
      `${shared.name} works in both organisations, so one cannot review the other. Another organisation has to.`,
    )
  }
  for (const { applicationId, clientId } of granted) {
    const parts = await listContributions(tx, hostId, { applicationId, clientId }, people)
    if (parts.length === 0) continue
    throw new RefusedError(
      'own-review',
      `Somebody of your organisation had a part in what is to be reviewed (${parts.join(', ')}). Nobody reviews their own work: another organisation has to.`,
    )
  }
}

/** The members of the firm work on it under their own names; it bears that of whoever accepted. */
async function openReview(
  tx: Tx,
  member: Member,
  engagement: engagements.EngagementRow,
  { applicationId, clientId, sectionIds }: engagements.EngagementApplicationRow,
): Promise<void> {
  const { organisationId, id, evidenceFrom, evidenceUntil, mayDownload, instructions } = engagement
  await reviews.insertReview(tx, {
    organisationId,
    id: getRuntime().newId(),
    engagementId: id,
    applicationId,
    clientId,
    sectionIds,
    evidenceFrom,
    evidenceUntil,
    mayDownload,
    instructions,
    assessorName: member.name,
    assessorFirm: member.organisationName,
    assessorEmail: member.email,
    invitedBy: engagement.offeredBy,
    invitedByName: engagement.offeredByName,
    invitedAt: engagement.offeredAt,
    expiresAt: engagement.expiresAt,
  })
}

/**
 * The host takes an offer back, or ends what was accepted: whoever works on it finds it closed at their next step.
 * @throws NotFoundError; RefusedError `ended`
 */
export async function endAsHost(member: Member, engagementId: string, { reason }: EndInput): Promise<void> {
  const hostId = member.organisationId
  await acrossEngagement({ hostId, engagementId }, async (crossing) => {
    const { tx, engagement, now } = crossing
    const state = stateOfEngagement(engagement, now)
    if (engagement.endedAt) throw alreadyEnded()
    if (engagement.acceptedAt) return endBoth(crossing, member, 'host', reason)
    await engagements.updateEngagement(tx, hostId, engagementId, endOf(member, 'host', reason, now))
    await forgetMail(tx, hostId, engagement.mailId)
    await recordInLedger(tx, hostId, {
      kind: 'engagement.withdrawn',
      actor: actorOf(member),
      at: now,
      payload: { engagementId, reason, state },
    })
  })
}

/** The insurer or the firm gives back what it holds. @throws NotFoundError; RefusedError `ended` */
export async function endAsGuest(member: Member, engagementId: string, { reason }: EndInput): Promise<void> {
  requireOwner(member, 'ends an engagement')
  const { hostOrganisationId: hostId } = await getHeld(member, engagementId)
  await acrossEngagement({ hostId, engagementId, guest: member }, async (crossing) => {
    if (crossing.engagement.endedAt) throw alreadyEnded()
    await endBoth(crossing, member, 'guest', reason)
  })
}

const alreadyEnded = () =>
  new RefusedError('ended', 'This has ended already. Reload the page to see when and why.')

const endOf = (member: Member, endedBySide: 'host' | 'guest', endReason: string, endedAt: Date) => ({
  endedAt,
  endedBySide,
  endedByName: member.name,
  endReason,
})

/** Ends it in both tenants and both ledgers; with what is handed over, where somebody hands over. */
export async function endBoth(
  { tx, enter, hostId, engagement, now }: Crossing,
  member: Member,
  side: 'host' | 'guest',
  reason: string,
  handover?: engagements.Handover,
): Promise<void> {
  const { id, guestOrganisationId, guestName } = engagement
  if (!guestOrganisationId) throw new Error('Nobody holds it')
  const end = { ...endOf(member, side, reason, now), ...(handover ? { handover } : {}) }
  await engagements.updateEngagement(tx, hostId, id, end)
  for (const { review } of await engagements.listEngagementApplications(tx, hostId, [id])) {
    if (review && !review.signedOffAt) await reviews.updateReview(tx, hostId, review.id, { revokedAt: now })
  }
  const entry = {
    kind: handover ? 'engagement.handed-over' : 'engagement.ended',
    actor: actorOf(member),
    at: now,
    payload: {
      engagementId: id,
      guest: { organisationId: guestOrganisationId, name: guestName },
      side,
      reason,
      ...(handover ? { handover } : {}),
    },
  } as const
  await recordInLedger(tx, hostId, entry)
  await enter(guestOrganisationId)
  await engagements.updateHeldEngagement(tx, guestOrganisationId, id, end)
  await recordInLedger(tx, guestOrganisationId, entry)
}
