/** What the report says of an assessor's review, for its pages and for the page beside it. */
import type { Words } from '../language/words.ts'
import { TOLD_DECISIONS, type ToldReview } from '../statement-reviews.ts'
import type { Reading } from './account.ts'

/** One sentence for all of them, and whether they are still about what this report says. */
export function opinionsOf({ say }: Words, reviews: readonly ToldReview[]): string {
  const [only] = reviews
  const having = (opinion: ToldReview['opinion']) => reviews.filter((one) => one.opinion === opinion).length
  return [
    only && reviews.length === 1
      ? say(`headline.review.${only.opinion}`, only.assessor)
      : say('headline.reviews', {
          count: reviews.length,
          satisfied: having('satisfied'),
          conditions: having('with-conditions'),
          unsatisfied: having('not-satisfied'),
        }),
    ...(reviews.some(({ changedSince }) => changedSince > 0) ? [say('headline.review-changed')] : []),
  ].join(' ')
}

/** Everything but opinion and summary: a label and one or more lines each. */
export function factsOfReview({ words, answerById }: Reading, review: ToldReview) {
  const { say, date } = words
  const { samples, sections, decided, questions, decidedByOthers } = review
  const itemOf = (questionId: string) => answerById.get(questionId)?.item ?? questionId
  return [
    { label: say('reviews.signed-off'), lines: [date(review.signedOffAt)] },
    { label: say('reviews.by'), lines: [say(`reviews.by.${review.by}`)] },
    {
      label: say('reviews.sections'),
      lines: sections.length === 0 ? [say('reviews.whole-form')] : [...sections],
    },
    { label: say('reviews.evidence'), lines: [daysOf(words, review)] },
    {
      label: say('reviews.sample'),
      lines:
        samples.length === 0
          ? [say('reviews.no-sample')]
          : samples.map(({ seed, population, drawn }) =>
              say('reviews.drawn', {
                drawn: drawn.length,
                count: population.length,
                seed,
                items: drawn.map(itemOf).join(', '),
              }),
            ),
    },
    {
      label: say('reviews.decided'),
      lines: [
        say('reviews.decided-of', { decided, count: questions }),
        ...TOLD_DECISIONS.flatMap((kind) => {
          const count = review.byKind[kind]
          return count > 0 ? [say(`reviews.kind.${kind}`, { count })] : []
        }),
        ...(decidedByOthers > 0 ? [say('reviews.by-others', { count: decidedByOthers })] : []),
      ],
    },
    { label: say('reviews.since'), lines: [say('reviews.changed', { count: review.changedSince })] },
  ]
}

function daysOf({ say, date }: Words, { evidenceFrom, evidenceUntil }: ToldReview): string {
  const first = evidenceFrom && date(evidenceFrom)
  const last = evidenceUntil && date(evidenceUntil)
  if (first && last) return say('reviews.evidence-between', { first, last })
  if (first) return say('reviews.evidence-from', { first })
  return last ? say('reviews.evidence-until', { last }) : say('reviews.evidence-any')
}
