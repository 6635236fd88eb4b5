/** Whether what is told of the assessors' reviews can be so: counts, days, and samples drawn again. */
import { sha256Hex } from '#evidence/canonical.ts'
import { drawSample, type Statement, type ToldReview } from '../statement.ts'

/** Sentences on what cannot be; none for a statement without reviews. */
export function listReviewFaults({ reviews = [], createdAt }: Statement): string[] {
  return reviews.flatMap((review) =>
    faultsOf(review, createdAt).map((fault) => `${nameOf(review)}: ${fault}`),
  )
}

const nameOf = ({ assessor }: ToldReview) => `The review by ${assessor.name}, ${assessor.firm}`

function faultsOf(review: ToldReview, createdAt: string): string[] {
  const { questions, decided, byKind, decidedByOthers, changedSince } = review
  const counted = Object.values(byKind).reduce((sum, count) => sum + count, 0)
  const { evidenceFrom, evidenceUntil, samples, signedOffAt } = review
  return [
    ...(counted === decided ? [] : ['The decisions by kind are not as many as were decided.']),
    ...(decided > questions ? ['More questions were decided than there were.'] : []),
    ...(decided === 0 ? ['It was signed off without a decision.'] : []),
    ...(decidedByOthers > decided ? ['Others decided more than was decided.'] : []),
    ...(changedSince > decided ? ['More answers have changed than were decided.'] : []),
    ...(signedOffAt > createdAt ? ['It was signed off after the statement was made.'] : []),
    ...(evidenceFrom && evidenceUntil && evidenceFrom > evidenceUntil
      ? ['The days of its evidence end before they begin.']
      : []),
    ...(samples.every(isDrawn) ? [] : ['A sample is not the one that its seed draws.']),
  ]
}

function isDrawn({ seed, population, drawn }: ToldReview['samples'][number]): boolean {
  const again = drawSample(population, drawn.length, seed, sha256Hex)
  return (
    new Set(population).size === population.length &&
    again.length === drawn.length &&
    again.every((id, index) => id === drawn[index])
  )
}
