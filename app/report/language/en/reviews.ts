/** What assessors found who reviewed the application. */
export const reviews = {
  'reviews.title': 'Reviews by assessors',
  'reviews.lead':
    'Assessors looked at answers of this application and at the evidence beside them. Each opinion stands here as it was given. It is of the day on which it was signed off, and is no signature of this report.',
  'reviews.who': '{name}, {firm}',
  'reviews.opinion': 'Opinion',
  'opinion.satisfied': 'Satisfied',
  'opinion.with-conditions': 'Satisfied with conditions',
  'opinion.not-satisfied': 'Not satisfied',
  'reviews.summary': 'In the assessor’s words',
  'reviews.signed-off': 'Signed off on',
  'reviews.by': 'How they came in',
  'reviews.by.link': 'Invited as a person, by a link',
  'reviews.by.engagement': 'As a member of an organisation that was engaged for it',
  'reviews.sections': 'Sections that lay before them',
  'reviews.whole-form': 'The whole form',
  'reviews.evidence': 'Evidence that lay before them',
  'reviews.evidence-any': 'Of any day',
  'reviews.evidence-from': 'From {first} on',
  'reviews.evidence-until': 'Up to {last}',
  'reviews.evidence-between': 'From {first} to {last}',
  'reviews.sample': 'Drawn by lot',
  'reviews.no-sample': 'Nothing was drawn by lot.',
  'reviews.drawn':
    '{drawn, number} of {count, plural, one {# question} other {# questions}} with the seed “{seed}”: {items}',
  'reviews.decided': 'Decided',
  'reviews.decided-of': '{decided, number} of {count, plural, one {# question} other {# questions}}',
  'reviews.by-others':
    '{count, plural, one {# of these decisions is another assessor’s.} other {# of these decisions are other assessors’.}}',
  'reviews.kind.accepted': 'Accepted: {count, number}',
  'reviews.kind.accepted-with-note': 'Accepted with a note: {count, number}',
  'reviews.kind.asked': 'Asked: {count, number}',
  'reviews.kind.rejected': 'Rejected: {count, number}',
  'reviews.kind.contradiction': 'Contradiction raised: {count, number}',
  'reviews.since': 'Changed since',
  'reviews.changed':
    '{count, plural, =0 {Nothing that was decided on has changed since.} one {For # of the decided answers, the answer, its status or its evidence has changed since.} other {For # of the decided answers, the answer, its status or its evidence has changed since.}}',
  'reviews.hash': 'SHA-256 of the decisions, as in the preparer’s ledger',
  'headline.review.satisfied': '{name} of {firm} reviewed this application and was satisfied.',
  'headline.review.with-conditions':
    '{name} of {firm} reviewed this application and was satisfied with conditions.',
  'headline.review.not-satisfied': '{name} of {firm} reviewed this application and was not satisfied.',
  'headline.reviews':
    '{count, number} reviews by assessors were signed off: {satisfied, number} satisfied, {conditions, number} satisfied with conditions, {unsatisfied, number} not satisfied.',
  'headline.review-changed': 'What was decided on has changed in part since.',
} as const
