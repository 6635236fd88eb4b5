/** What an assessor does at a desk, whichever door they came through: reading, deciding, drawing a sample, signing off. */

import { drawSample } from '#app/report/statement-sampling.ts'
import type { Tx } from '#db/client.server.ts'
import { getOrganisationName } from '#db/queries/members.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { isSameName } from './attestation-rules.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { type Desk, type DeskDecision, type DeskEvidence, readDesk } from './review-desk.server.ts'
import type { DecisionInput, SampleInput, SignOffInput } from './review-input.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'
import { tellReviewDecision } from './webhook-news.server.ts'

/** Somebody who was let in to one review. */
export interface Assessor {
  /** Whose application it is. */
  organisationId: string
  review: reviews.ReviewRow
  name: string
  firm: string
  email: string
  /** As the ledger names them. */
  actor: string
  /** How they came in, as the ledger keeps it. */
  door: { linkId: string } | { engagementId: string; userId: string }
  at: Date
}

export interface ReviewVisit {
  review: reviews.ReviewRow
  assessor: { name: string; email: string }
  organisationName: string
  desk: Desk
  /** Newest first. */
  samples: reviews.SampleRow[]
  now: Date
}

export async function visitDesk(tx: Tx, { organisationId, review, name, email, at }: Assessor) {
  return {
    review,
    assessor: { name, email },
    organisationName: await getOrganisationName(tx, organisationId),
    desk: await readDesk(tx, organisationId, review.applicationId, review),
    samples: await reviews.listSamples(tx, organisationId, review.id),
    now: at,
  } satisfies ReviewVisit
}

/** @throws NotFoundError for a file that does not lie on this desk */
export async function takeFromDesk(
  tx: Tx,
  { organisationId, review }: Assessor,
  revisionId: string,
): Promise<DeskEvidence> {
  const desk = await readDesk(tx, organisationId, review.applicationId, review)
  const file = desk.items.flatMap(({ evidence }) => evidence).find((one) => one.revisionId === revisionId)
  if (!file) throw new NotFoundError('No such evidence in this review')
  return file
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
export async function decideAtDesk(
  tx: Tx,
  assessor: Assessor,
  { questionId, seen, basis, kind, ground, note }: DecisionInput,
): Promise<DecideOutcome> {
  const { organisationId, review, at } = assessor
  requireUnsigned(review)
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
  const id = getRuntime().newId()
  const isNext = await reviews.insertDecision(tx, {
    ...decision,
    organisationId,
    id,
    authorName: assessor.name,
    authorFirm: assessor.firm,
    authorEmail: assessor.email,
    at,
    basisSha256: basis,
  })
  if (!isNext) {
    const again = await readDesk(tx, organisationId, applicationId, review)
    const now = again.items.find((one) => one.questionId === questionId)?.decisions.at(-1) ?? null
    return { outcome: 'conflict', why: 'decided', latest: now }
  }
  await tellReviewDecision(tx, assessor, { kind, prompt: item.prompt, note })
  await recordInLedger(tx, organisationId, {
    kind: 'review.decided',
    actor: assessor.actor,
    at,
    payload: { decisionId: id, ...decision, basisSha256: basis, ...assessor.door },
  })
  return { outcome: 'decided' }
}

/** Draws from all questions of the invitation; list, seed and what was drawn are kept. @throws RefusedError `signed-off` */
export async function sampleAtDesk(tx: Tx, assessor: Assessor, { size, seed }: SampleInput): Promise<void> {
  const { organisationId, review, at } = assessor
  requireUnsigned(review)
  const desk = await readDesk(tx, organisationId, review.applicationId, review)
  const population = desk.items.map(({ questionId }) => questionId)
  const drawn = drawSample(population, size, seed, sha256Hex)
  const sample = { reviewId: review.id, seed, population, drawn }
  await reviews.insertSample(tx, { ...sample, organisationId, id: getRuntime().newId(), at })
  await recordInLedger(tx, organisationId, {
    kind: 'review.sampled',
    actor: assessor.actor,
    at,
    payload: { ...sample, applicationId: review.applicationId },
  })
}

/**
 * Ends the review with an opinion; its decisions stay as they are from now on.
 * @throws RefusedError `signed-off`, `name`, `nothing-decided`, `decided-meanwhile`
 */
export async function signOffAtDesk(
  tx: Tx,
  assessor: Assessor,
  input: SignOffInput,
  caller: Caller,
): Promise<void> {
  const { organisationId, review, at } = assessor
  requireUnsigned(review)
  const { opinion, summary, typedName } = input
  if (!isSameName(assessor.name, typedName))
    throw new RefusedError('name', `Type your name as it stands here: ${assessor.name}.`)
  const desk = await readDesk(tx, organisationId, review.applicationId, review)
  const stand = desk.items.flatMap(({ questionId, standing }) => (standing ? [{ questionId, standing }] : []))
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
    actor: assessor.actor,
    at,
    payload: {
      reviewId: review.id,
      applicationId: review.applicationId,
      opinion,
      ...signOff,
      decisions,
      ...assessor.door,
    },
  })
}
