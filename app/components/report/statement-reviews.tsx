/** The chapter of the assessors for reading on a page: who reviewed, what lay before them, and what they found. */
import type { Reading } from '#app/report/pdf/account.ts'
import { factsOfReview } from '#app/report/pdf/review-words.ts'
import { DefinitionList } from '../definition-list.tsx'
import { PageSection } from '../page-header.tsx'
import { InReportLanguage, Said, Worded } from './report-language.tsx'

export function StatementReviews({ reading }: { reading: Reading }) {
  const { reviews } = reading.statement
  const { say } = reading.words
  if (!reviews) return null
  return (
    <InReportLanguage reading={reading}>
      <PageSection title={say('reviews.title')} lead={say('reviews.lead')}>
        {reviews.map((review) => (
          <div key={review.reviewId} className="mb-6 max-w-measure">
            <h3 className="mb-2 font-semibold">
              <Said>{review.assessor.name}</Said>, <Said>{review.assessor.firm}</Said>
            </h3>
            <DefinitionList
              items={[
                {
                  term: say('reviews.opinion'),
                  value: <strong className="font-semibold">{say(`opinion.${review.opinion}`)}</strong>,
                },
                {
                  term: say('reviews.summary'),
                  value: (
                    <span className="wrap-anywhere whitespace-pre-line">
                      <Said>{review.summary}</Said>
                    </span>
                  ),
                },
                ...factsOfReview(reading, review).map(({ label, lines }) => ({
                  term: label,
                  value: lines.map((line) => (
                    <span key={line} className="wrap-anywhere block">
                      <Worded>{line}</Worded>
                    </span>
                  )),
                })),
                {
                  term: say('reviews.hash'),
                  value: <code className="break-all font-mono text-micro">{review.decisionsSha256}</code>,
                },
              ]}
            />
          </div>
        ))}
      </PageSection>
    </InReportLanguage>
  )
}
