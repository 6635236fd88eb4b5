/** The side of whoever prepares an application: inviting assessors, following what they decide, answering. */
import type { Tx } from '#db/client.server.ts'
import { listRequests } from '#db/queries/evidence-requests.server.ts'
import * as guests from '#db/queries/guests.server.ts'
import { isMemberAddress } from '#db/queries/members.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { type Delivery, revokeGuestLinks, sendGuestLink } from './guest-links.server.ts'
import { type LedgerKind, recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { endOfDay, lastDayAtMost, lastDayOf, proposedLastDay } from './report-share-rules.ts'
import { readDesk } from './review-desk.server.ts'
import type { InviteInput, ReplyInput, ReviewChange } from './review-input.ts'
import { writeInviteMail } from './review-mails.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Invites an assessor to one application by a link with a one-time code.
 * @param origin where browsers reach us, without a slash at the end
 * @throws NotFoundError; RefusedError `last-day`, `section`, `own-review` for somebody who had a part in it
 */
export async function inviteAssessor(
  member: Member,
  applicationId: string,
  { lastDay, ...input }: InviteInput,
  origin: string,
): Promise<{ reviewId: string; delivery: Delivery; href: string }> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  requirePossibleDay(lastDay, at)
  const id = newId()
  return database.inOrganisation(organisationId, async (tx) => {
    const application = await getApplicationRow(tx, organisationId, applicationId)
    await requireIndependent(tx, organisationId, application.clientId, input.assessorEmail)
    const edition = await editionOf(tx, application)
    const known = new Set(edition.sections.map((section) => section.id))
    if (!input.sectionIds.every((section) => known.has(section)))
      throw new RefusedError('section', 'Choose sections of this form. Reload the page to see them.')
    const expiresAt = endOfDay(lastDay)
    const review = {
      ...input,
      organisationId,
      id,
      clientId: application.clientId,
      applicationId,
      invitedBy: member.userId,
      invitedByName: member.name,
      invitedAt: at,
      expiresAt,
    }
    await reviews.insertReview(tx, review)
    const sent = await mailInvitation(tx, member, review, origin)
    await recordInLedger(tx, organisationId, {
      kind: 'review.invited',
      actor: actorOf(member),
      at,
      payload: {
        reviewId: id,
        applicationId,
        clientId: application.clientId,
        ...input,
        expiresAt: expiresAt.toISOString(),
        linkId: sent.linkId,
        delivery: sent.delivery,
      },
    })
    return { reviewId: id, delivery: sent.delivery, href: sent.href }
  })
}

/** Who prepared an application, gave evidence for it or belongs to the insured does not review it. */
export async function requireIndependent(tx: Tx, organisationId: string, clientId: string, email: string) {
  const client = await getClientRow(tx, organisationId, clientId)
  const ours = await isMemberAddress(tx, organisationId, email)
  const asked = (await listRequests(tx, organisationId, { clientId })).some(
    ({ request }) => request.recipientEmail.toLowerCase() === email,
  )
  if (!ours && !asked && client.contactEmail?.toLowerCase() !== email) return
  throw new RefusedError(
    'own-review',
    'Nobody reviews what they prepared or gave evidence for. Invite somebody who had no part in it.',
  )
}

export function requirePossibleDay(lastDay: string, now: Date): void {
  if (endOfDay(lastDay) <= now || lastDay > lastDayAtMost(now))
    throw new RefusedError('last-day', 'Choose a last day from today to a year from now.')
}

async function mailInvitation(
  tx: Tx,
  member: Member,
  review: Pick<
    reviews.ReviewRow,
    | 'id'
    | 'organisationId'
    | 'clientId'
    | 'applicationId'
    | 'assessorName'
    | 'assessorEmail'
    | 'expiresAt'
    | 'instructions'
  >,
  origin: string,
) {
  const { organisationId, assessorName, assessorEmail, expiresAt } = review
  const client = await getClientRow(tx, organisationId, review.clientId)
  const edition = await editionOf(tx, await getApplicationRow(tx, organisationId, review.applicationId))
  const about = {
    assessorName,
    senderName: member.name,
    organisationName: member.organisationName,
    clientName: client.legalName,
    formTitle: edition.form.title,
    lastDay: lastDayOf(expiresAt),
    instructions: review.instructions,
  }
  return sendGuestLink(
    tx,
    member,
    {
      kind: 'review',
      subjectId: review.id,
      recipientName: assessorName,
      recipientEmail: assessorEmail,
      expiresAt,
      mailKind: 'guest-link',
      write: (href) => writeInviteMail(about, href),
    },
    origin,
  )
}

const REVIEW_LEDGER = {
  revoke: 'review.revoked',
  extend: 'review.extended',
  'send-again': 'review.sent-again',
} as const satisfies Record<ReviewChange['intent'], LedgerKind>

/** @throws NotFoundError; RefusedError `engagement`, `revoked`, `signed-off`, `last-day` */
export async function changeReview(
  member: Member,
  reviewId: string,
  change: ReviewChange,
  origin: string,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const review = await reviews.lockReview(tx, organisationId, reviewId)
    if (!review) throw new NotFoundError('No such review')
    if (review.engagementId) {
      throw new RefusedError(
        'engagement',
        'This review belongs to an engagement with another organisation. Change it there.',
      )
    }
    if (review.revokedAt)
      throw new RefusedError('revoked', 'This invitation was taken back already. Invite anew instead.')
    const payload: Record<string, unknown> = { reviewId, applicationId: review.applicationId }
    const subject = { kind: 'review', subjectId: reviewId } as const
    if (change.intent === 'revoke') {
      await reviews.updateReview(tx, organisationId, reviewId, { revokedAt: at })
      await revokeGuestLinks(tx, organisationId, subject, at)
    } else if (change.intent === 'extend') {
      requirePossibleDay(change.lastDay, at)
      const expiresAt = endOfDay(change.lastDay)
      await reviews.updateReview(tx, organisationId, reviewId, { expiresAt })
      for (const link of await guests.listGuestLinks(tx, organisationId, subject))
        await guests.updateGuestLink(tx, organisationId, link.id, { expiresAt })
      payload.before = review.expiresAt.toISOString()
      payload.expiresAt = expiresAt.toISOString()
    } else {
      if (review.expiresAt <= at)
        throw new RefusedError('last-day', 'This invitation has ended. Choose a later last day first.')
      const sent = await mailInvitation(tx, member, review, origin)
      payload.linkId = sent.linkId
      payload.delivery = sent.delivery
    }
    await recordInLedger(tx, organisationId, {
      kind: REVIEW_LEDGER[change.intent],
      actor: actorOf(member),
      at,
      payload,
    })
  })
}

/** Says something to a decision; the assessor reads it on their desk. @throws NotFoundError */
export async function replyToDecision(
  member: Member,
  applicationId: string,
  { decisionId, text }: ReplyInput,
): Promise<void> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const decision = await reviews.findDecision(tx, organisationId, decisionId)
    if (decision?.applicationId !== applicationId) throw new NotFoundError('No such decision')
    const { questionId } = decision
    await reviews.insertReply(tx, {
      organisationId,
      id: newId(),
      decisionId,
      text,
      authorName: member.name,
      authorEmail: member.email,
      at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'review.replied',
      actor: actorOf(member),
      at,
      payload: { decisionId, applicationId, questionId, text },
    })
  })
}

export type ReviewState = 'open' | 'expired' | 'revoked' | 'signed-off'

export function stateOfReview(
  { revokedAt, signedOffAt, expiresAt }: Pick<reviews.ReviewRow, 'revokedAt' | 'signedOffAt' | 'expiresAt'>,
  now: Date,
): ReviewState {
  if (signedOffAt) return 'signed-off'
  if (revokedAt) return 'revoked'
  return expiresAt <= now ? 'expired' : 'open'
}

/** The reviews of an application with the desk as the preparer sees it. */
export async function getReviews(member: Member, applicationId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const application = await getApplicationRow(tx, organisationId, applicationId)
    const edition = await editionOf(tx, application)
    const rows = await reviews.listReviews(tx, organisationId, applicationId)
    const decisions = await reviews.listDecisions(tx, organisationId, applicationId)
    const listed = []
    for (const row of rows) {
      const access = await guests.listGuestAccess(tx, organisationId, { kind: 'review', subjectId: row.id })
      listed.push({
        row,
        state: stateOfReview(row, now),
        lastSeenAt: access.at(-1)?.access.at ?? null,
        decided: decisions.filter(({ reviewId }) => reviewId === row.id).length,
      })
    }
    return {
      edition,
      reviews: listed,
      desk: await readDesk(tx, organisationId, applicationId),
      lastDay: proposedLastDay(now),
    }
  })
}

/** One review, with its samples and everything that was done with its links. @throws NotFoundError */
export async function getReview(member: Member, reviewId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await reviews.findReview(tx, organisationId, reviewId)
    if (!row) throw new NotFoundError('No such review')
    const subject = { kind: 'review', subjectId: reviewId } as const
    const decisions = await reviews.listDecisions(tx, organisationId, row.applicationId)
    return {
      review: row,
      state: stateOfReview(row, now),
      client: await getClientRow(tx, organisationId, row.clientId),
      desk: await readDesk(tx, organisationId, row.applicationId, row),
      decisions: decisions.filter((decision) => decision.reviewId === reviewId),
      samples: await reviews.listSamples(tx, organisationId, reviewId),
      links: await guests.listMailedLinks(tx, organisationId, subject),
      access: (await guests.listGuestAccess(tx, organisationId, subject)).map(({ access }) => access),
      now,
    }
  })
}
