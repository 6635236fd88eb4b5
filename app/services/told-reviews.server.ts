/** What a report tells of the reviews of its application: each that was signed off, and what has changed since. */
import { z } from 'zod'
import type { ToldReview } from '#app/report/statement-reviews.ts'
import type { Tx } from '#db/client.server.ts'
import { listEntriesOfInstant } from '#db/queries/ledger.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { editionOf } from './editions.server.ts'
import { readDesk } from './review-desk.server.ts'

type SignedOff = reviews.ReviewRow & {
  signedOffAt: Date
  opinion: NonNullable<reviews.ReviewRow['opinion']>
  signOff: NonNullable<reviews.ReviewRow['signOff']>
}

// Closing the link afterwards takes no opinion back: whoever prepares the report must not be able to lose a bad one.
const isSignedOff = (row: reviews.ReviewRow): row is SignedOff =>
  row.signedOffAt !== null && row.opinion !== null && row.signOff !== null

/** @returns undefined where no review of this application was signed off; the earliest first */
export async function readToldReviews(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<ToldReview[] | undefined> {
  const rows = (await reviews.listReviews(tx, organisationId, applicationId)).filter(isSignedOff)
  if (rows.length === 0) return undefined
  const edition = await editionOf(tx, await getApplicationRow(tx, organisationId, applicationId))
  const { items } = await readDesk(tx, organisationId, applicationId)
  const basisOf = new Map(items.map(({ questionId, basisSha256 }) => [questionId, basisSha256]))
  const decisions = await reviews.listDecisions(tx, organisationId, applicationId)
  const decisionOf = new Map(decisions.map((row) => [keyOf(row), row]))
  const told: ToldReview[] = []
  for (const row of rows) {
    const signedOff = await decisionsOf(tx, organisationId, row)
    const stood = signedOff.flatMap((one) => decisionOf.get(keyOf(one)) ?? [])
    const samples = await reviews.listSamples(tx, organisationId, row.id)
    const { summary, typedName, questions, decided, byKind, decisionsSha256 } = row.signOff
    told.push({
      reviewId: row.id,
      // The members of an engaged organisation share a review; who signed it off is who typed their name.
      assessor: { name: row.engagementId ? typedName : row.assessorName, firm: row.assessorFirm },
      by: row.engagementId ? 'engagement' : 'link',
      signedOffAt: row.signedOffAt.toISOString(),
      sections: edition.sections.filter(({ id }) => row.sectionIds.includes(id)).map(({ title }) => title),
      evidenceFrom: row.evidenceFrom,
      evidenceUntil: row.evidenceUntil,
      samples: samples.reverse().map(({ seed, population, drawn }) => ({ seed, population, drawn })),
      questions,
      decided,
      byKind: { ...NO_DECISIONS, ...byKind },
      decidedByOthers: stood.filter(({ reviewId }) => reviewId !== row.id).length,
      changedSince: stood.filter(({ questionId, basisSha256 }) => basisOf.get(questionId) !== basisSha256)
        .length,
      opinion: row.opinion,
      summary,
      decisionsSha256,
    })
  }
  return told.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

const orderOf = ({ signedOffAt, reviewId }: ToldReview) => `${signedOffAt} ${reviewId}`

const NO_DECISIONS: ToldReview['byKind'] = {
  accepted: 0,
  'accepted-with-note': 0,
  asked: 0,
  rejected: 0,
  contradiction: 0,
}

const keyOf = ({ questionId, sequence }: { questionId: string; sequence: number }) =>
  `${questionId}\n${sequence}`

const SignedOffEntry = z.object({
  reviewId: z.uuid(),
  decisions: z.array(z.object({ questionId: z.string(), sequence: z.number().int() })),
})

/** Which decisions stood at the time, only the ledger says: what has changed since cannot be told from what had before. */
async function decisionsOf(tx: Tx, organisationId: string, { id, signedOffAt }: SignedOff) {
  const entries = await listEntriesOfInstant(tx, organisationId, 'review.signed-off', signedOffAt)
  const entry = entries
    .map(({ payload }) => SignedOffEntry.parse(JSON.parse(payload)))
    .find(({ reviewId }) => reviewId === id)
  if (!entry) throw new Error(`The ledger does not say what stood when the review ${id} was signed off`)
  return entry.decisions
}
