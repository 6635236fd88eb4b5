/** The chapter of the assessors: who reviewed this application, what lay before them, and what they found. */
import { Text, View } from '@react-pdf/renderer'
import type { ToldReview } from '../statement-reviews.ts'
import type { Account } from './account.ts'
import { COLOUR, reading, style } from './look.ts'
import { Hash } from './method.tsx'
import { Chapter, Subheading } from './page-frame.tsx'
import { factsOfReview } from './review-words.ts'
import { Labelled } from './rows.tsx'

export function Reviews(props: { account: Account; number: string; reviews: readonly ToldReview[] }) {
  const { account, number, reviews } = props
  const { say } = account.words
  return (
    <Chapter account={account} number={number} title={say('reviews.title')} lead={say('reviews.lead')}>
      {reviews.map((review) => (
        <Review key={review.reviewId} account={account} review={review} />
      ))}
    </Chapter>
  )
}

function Review({ account, review }: { account: Account; review: ToldReview }) {
  const { say } = account.words
  const { assessor, opinion, summary, decisionsSha256 } = review
  return (
    <>
      <Subheading>{say('reviews.who', assessor)}</Subheading>
      <View
        wrap={summary.length > 1000}
        style={{
          ...style.body,
          borderLeft: `2 solid ${COLOUR.ink}`,
          backgroundColor: COLOUR.wash,
          padding: 12,
          paddingBottom: 4,
          marginBottom: 10,
        }}
      >
        <Text style={style.label}>{say('reviews.opinion')}</Text>
        <Text style={[style.strong, { marginBottom: 8 }]}>{say(`opinion.${opinion}`)}</Text>
        <Text style={style.label}>{say('reviews.summary')}</Text>
        <Text style={[{ marginBottom: 8 }, reading(summary)]}>{summary}</Text>
      </View>
      <View style={[style.row, { flexWrap: 'wrap' }]}>
        {factsOfReview(account, review).map(({ label, lines }) => (
          <Labelled key={label} label={label} width={isShort(lines) ? '50%' : '100%'}>
            {lines.join('\n')}
          </Labelled>
        ))}
        <Hash label={say('reviews.hash')} value={decisionsSha256} />
      </View>
    </>
  )
}

const isShort = (lines: readonly string[]) => lines.join('').length < 60
