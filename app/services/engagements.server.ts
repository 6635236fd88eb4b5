/** The host's side of engagements: offering applications to an insurer or an assessment firm, following, ending. */
import * as engagements from '#db/queries/engagements.server.ts'
import { getOrganisationName } from '#db/queries/members.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { hashSecret, newLinkToken } from './attestation-secrets.server.ts'
import { editionOf } from './editions.server.ts'
import { listOfferable } from './engagement-choices.server.ts'
import type { OfferInput } from './engagement-input.ts'
import { writeOfferMail } from './engagement-mails.ts'
import { OFFER_DAYS, stateOfEngagement } from './engagement-rules.ts'
import { NotFoundError } from './errors.ts'
import type { Delivery } from './guest-links.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { mailsLeave, writeMail } from './mail-outbox.server.ts'
import { actorOf, type Member } from './member.ts'
import { endOfDay, proposedLastDay } from './report-share-rules.ts'
import { requireIndependent, requirePossibleDay } from './reviews.server.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Below it leads the mailed link. */
export const OFFER_PATH = '/offer'

/**
 * Offers a portfolio by a mailed link, which an owner of the other organisation accepts once.
 * @param origin where browsers reach us, without a slash at the end
 * @throws NotFoundError; RefusedError `last-day`, `own-review` for an address of somebody who had a part in it
 */
export async function offerEngagement(
  member: Member,
  { lastDay, applicationIds, sections, ...input }: OfferInput,
  origin: string,
): Promise<{ engagementId: string; delivery: Delivery; href: string }> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  requirePossibleDay(lastDay, at)
  const expiresAt = endOfDay(lastDay)
  const offerExpiresAt = new Date(Math.min(at.getTime() + OFFER_DAYS * DAY_MS, expiresAt.getTime()))
  return database.inOrganisation(organisationId, async (tx) => {
    const id = newId()
    const granted = []
    for (const applicationId of new Set(applicationIds)) {
      const application = await getApplicationRow(tx, organisationId, applicationId)
      const { clientId } = application
      await requireIndependent(tx, organisationId, clientId, input.recipientEmail)
      const { form, edition, sections: known } = await editionOf(tx, application)
      const sectionIds = known
        .map((section) => section.id)
        .filter((sectionId) => sections.includes(`${form.code}/${edition}/${sectionId}`))
      granted.push({ organisationId, engagementId: id, applicationId, clientId, sectionIds })
    }
    const token = newLinkToken(organisationId)
    const href = `${origin}${OFFER_PATH}/${token}`
    const leaves = mailsLeave(member)
    const delivery: Delivery = leaves ? 'mail-server' : 'preparer'
    const { kind, recipientEmail, instructions } = input
    const about = {
      kind,
      senderName: member.name,
      organisationName: member.organisationName,
      applications: granted.length,
      lastDay,
      offerExpiresAt,
      instructions,
    }
    const mail = { kind: 'engagement-offer', recipient: recipientEmail, expiresAt: offerExpiresAt } as const
    const mailId = await writeMail(tx, organisationId, { ...mail, ...writeOfferMail(about, href) }, leaves)
    const row = {
      ...input,
      // Kept for later: what a firm collects goes through a request until then.
      mayAddEvidence: false,
      organisationId,
      id,
      offeredBy: member.userId,
      offeredByName: member.name,
      offeredAt: at,
      expiresAt,
      tokenSha256: hashSecret(token),
      offerExpiresAt,
      delivery,
      mailId,
    }
    await engagements.insertEngagement(tx, row, granted)
    await recordInLedger(tx, organisationId, {
      kind: 'engagement.offered',
      actor: actorOf(member),
      at,
      payload: {
        engagementId: id,
        ...input,
        applications: granted.map(({ applicationId, sectionIds }) => ({ applicationId, sectionIds })),
        expiresAt: expiresAt.toISOString(),
        offerExpiresAt: offerExpiresAt.toISOString(),
        delivery,
      },
    })
    return { engagementId: id, delivery, href }
  })
}

/** What can be offered, and until when it is proposed. */
export async function getOfferForm(member: Member) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => ({
    applications: await listOfferable(tx, organisationId),
    lastDay: proposedLastDay(clock()),
  }))
}

/** Newest first. */
export async function listEngagements(member: Member) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const rows = await engagements.listEngagements(tx, organisationId)
    const granted = await engagements.listEngagementApplications(
      tx,
      organisationId,
      rows.map(({ id }) => id),
    )
    return rows.map((row) => {
      const own = granted.filter((one) => one.granted.engagementId === row.id)
      return {
        ...row,
        state: stateOfEngagement(row, now),
        clients: [...new Set(own.map(({ clientName }) => clientName))],
        applications: own.length,
      }
    })
  })
}

/** One engagement as its host sees it. @throws NotFoundError */
export async function getEngagement(member: Member, engagementId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await engagements.lockEngagement(tx, organisationId, engagementId, 'share')
    if (!row) throw new NotFoundError('No such engagement')
    const granted = await engagements.listEngagementApplications(tx, organisationId, [engagementId])
    const choices = new Map((await listOfferable(tx, organisationId)).map((one) => [one.id, one]))
    return {
      engagement: row,
      state: stateOfEngagement(row, now),
      hostName: await getOrganisationName(tx, organisationId),
      applications: granted.map((one) => ({
        ...one,
        formTitle: choices.get(one.granted.applicationId)?.formTitle ?? 'An application that was discarded',
        sections: one.granted.sectionIds.map(
          (sectionId) =>
            choices.get(one.granted.applicationId)?.sections.find(({ id }) => id === sectionId)?.title ??
            sectionId,
        ),
      })),
      access: await engagements.listEngagementAccess(tx, organisationId, engagementId),
    }
  })
}
