/** The assessor's side, once the code opened the door: reading, deciding, drawing a sample, signing off. */
import type { Tx } from '#db/client.server.ts'
import { getOrganisationName } from '#db/queries/members.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import type { Key } from './attestation-door.server.ts'
import { isSameName } from './attestation-rules.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { atGuestDoor, type GuestDoor, requireOpenGuest } from './guest-door.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { type Desk, type DeskDecision, readDesk } from './review-desk.server.ts'
import type { DecisionInput, SampleInput, SignOffInput } from './review-input.ts'
import { drawSample } from './review-sampling.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'
import { tellReviewDecision } from './webhook-news.server.ts'

export interface ReviewVisit {
  review: reviews.ReviewRow
  organisationName: string
  desk: Desk
  /** Newest first. */
  samples: reviews.SampleRow[]
  now: Date
}

/** @throws NotFoundError; RefusedError `code-needed`, `link` */
export async function visitReview(key: Key): Promise<ReviewVisit> {
  return atGuestDoor('review', key, async (tx, door, now) => {
    const review = await requireReview(tx, door, 'share')
    const { organisationId } = door
    return {
      review,
      organisationName: await getOrganisationName(tx, organisationId),
      desk: await readDesk(tx, organisationId, review.applicationId, review),
      samples: await reviews.listSamples(tx, organisationId, review.id),
      now,
    }
  })
}

/** The review that a door leads to. An invitation that was revoked or ended has no open door any more. */
export async function requireReview(tx: Tx, door: GuestDoor, strength: 'update' | 'share') {
  requireOpenGuest(door)
  const review = await reviews.lockReview(tx, door.organisationId, door.link.subjectId, strength)
  if (!review) throw new NotFoundError('No such review')
  return review
}

function requireUnsigned({ signedOffAt }: reviews.ReviewRow): void {
  if (signedOffAt) {
    throw new RefusedError(
      'signed-off',
      'You have signed this review off: what you decided stays as it is. Ask for another invitation to go on.',
    )
  }
}

export type DecideOutcome =
  | { outcome: 'decided' }
  /** Somebody has decided meanwhile, or what lies there has changed: nothing was written. */
  | { outcome: 'conflict'; why: 'decided' | 'changed'; latest: DeskDecision | null }

/**
 * Adds a decision behind the last one that its author has seen; nothing is overwritten.
 * @throws NotFoundError for a question outside the invitation; RefusedError `signed-off`
 */
export async function decide(key: Key, input: DecisionInput): Promise<DecideOutcome> {
  const { newId } = getRuntime()
  const { questionId, seen, basis, kind, ground, note } = input
  return atGuestDoor('review', key, async (tx, door, at): Promise<DecideOutcome> => {
    const review = await requireReview(tx, door, 'share')
    requireUnsigned(review)
    const { organisationId } = door
    const { applicationId } = review
    const desk = await readDesk(tx, organisationId, applicationId, review)
    const item = desk.items.find((one) => one.questionId === questionId)
    if (!item) throw new NotFoundError('No such question in this review')
    const latest = item.decisions.at(-1) ?? null
    if ((latest?.sequence ?? 0) !== seen) return { outcome: 'conflict', why: 'decided', latest }
    if (item.basisSha256 !== basis) return { outcome: 'conflict', why: 'changed', latest }
    const decision = {
      applicationId,
      questionId,
      sequence: seen + 1,
      reviewId: review.id,
      kind,
      ground,
      note,
    }
    const id = newId()
    const isNext = await reviews.insertDecision(tx, {
      ...decision,
      organisationId,
      id,
      authorName: review.assessorName,
      authorFirm: review.assessorFirm,
      authorEmail: review.assessorEmail,
      at,
      basisSha256: basis,
    })
    if (!isNext) {
      const again = await readDesk(tx, organisationId, applicationId, review)
      const now = again.items.find((one) => one.questionId === questionId)?.decisions.at(-1) ?? null
      return { outcome: 'conflict', why: 'decided', latest: now }
    }
    await tellReviewDecision(tx, review, { kind, prompt: item.prompt, note })
    await recordInLedger(tx, organisationId, {
      kind: 'review.decided',
      actor: actorOfReview(review),
      at,
      payload: { decisionId: id, ...decision, basisSha256: basis, linkId: door.link.id },
    })
    return { outcome: 'decided' }
  })
}

const actorOfReview = ({ assessorName, assessorFirm, assessorEmail }: reviews.ReviewRow) =>
  `${assessorName}, ${assessorFirm} <${assessorEmail}>, by link`

/** Draws from all questions of the invitation; list, seed and what was drawn are kept. @throws RefusedError `signed-off` */
export async function takeSample(key: Key, { size, seed }: SampleInput): Promise<void> {
  const { newId } = getRuntime()
  await atGuestDoor('review', key, async (tx, door, at) => {
    const review = await requireReview(tx, door, 'update')
    requireUnsigned(review)
    const { organisationId } = door
    const desk = await readDesk(tx, organisationId, review.applicationId, review)
    const population = desk.items.map(({ questionId }) => questionId)
    const drawn = drawSample(population, size, seed, sha256Hex)
    const sample = { reviewId: review.id, seed, population, drawn }
    await reviews.insertSample(tx, { ...sample, organisationId, id: newId(), at })
    await recordInLedger(tx, organisationId, {
      kind: 'review.sampled',
      actor: actorOfReview(review),
      at,
      payload: { ...sample, applicationId: review.applicationId },
    })
  })
}

/**
 * Ends the review with an opinion; its decisions stay as they are from now on.
 * @throws RefusedError `signed-off`, `name`, `nothing-decided`, `decided-meanwhile`
 */
export async function signOffReview(key: Key, input: SignOffInput, caller: Caller): Promise<void> {
  await atGuestDoor('review', key, async (tx, door, at) => {
    const review = await requireReview(tx, door, 'update')
    requireUnsigned(review)
    const { organisationId } = door
    const { opinion, summary, typedName } = input
    if (!isSameName(review.assessorName, typedName))
      throw new RefusedError('name', `Type your name as the invitation has it: ${review.assessorName}.`)
    const desk = await readDesk(tx, organisationId, review.applicationId, review)
    const stand = desk.items.flatMap(({ questionId, standing }) =>
      standing ? [{ questionId, standing }] : [],
    )
    if (stand.length === 0)
      throw new RefusedError('nothing-decided', 'Nothing is decided yet. Look at the answers first.')
    if (stand.length !== input.decided) {
      throw new RefusedError(
        'decided-meanwhile',
        'What is decided has changed since you opened this page. Look at the counts again, then sign off.',
      )
    }
    const decisions = stand.map(({ questionId, standing: { sequence, kind, ground } }) => ({
      questionId,
      sequence,
      kind,
      ground,
    }))
    const byKind: Partial<Record<DecisionInput['kind'], number>> = {}
    for (const { kind } of decisions) byKind[kind] = (byKind[kind] ?? 0) + 1
    const signOff = {
      summary,
      typedName,
      questions: desk.items.length,
      decided: stand.length,
      byKind,
      decisionsSha256: sha256Hex(canonicalJson(decisions)),
      address: caller.address,
      userAgent: caller.userAgent,
    }
    await reviews.updateReview(tx, organisationId, review.id, { signedOffAt: at, opinion, signOff })
    await recordInLedger(tx, organisationId, {
      kind: 'review.signed-off',
      actor: actorOfReview(review),
      at,
      payload: {
        reviewId: review.id,
        applicationId: review.applicationId,
        opinion,
        ...signOff,
        decisions,
        linkId: door.link.id,
      },
    })
  })
}
