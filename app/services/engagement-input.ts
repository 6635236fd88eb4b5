/** What is asked when an engagement is offered, accepted and ended; forms and actions share these schemas. */
import { z } from 'zod'
import { Day, optionalDay } from './form-texts.ts'
import { prose, proseOrNothing } from './plain-words.ts'
import { REVIEW_OPINIONS } from './review-input.ts'

export const ENGAGEMENT_KINDS = ['insurer-review', 'independent-assessment'] as const
export type EngagementKind = (typeof ENGAGEMENT_KINDS)[number]

export type EngagementState = 'offered' | 'lapsed' | 'withdrawn' | 'accepted' | 'expired' | 'ended'

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')

// One ticked box alone comes as a text, none not at all.
const several = (item: z.ZodType<string, string>, most: number) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value || []), z.array(item).max(most))

/** More would make a portfolio page slow: each application is judged anew when it is shown. */
export const MOST_APPLICATIONS = 50

export const OfferInput = z
  .object({
    kind: z.enum(ENGAGEMENT_KINDS, 'Choose what for'),
    recipientEmail: z
      .string()
      .trim()
      .toLowerCase()
      .max(254, 'Use at most 254 characters')
      .pipe(z.email('Enter the e-mail address that the offer goes to')),
    applicationIds: several(z.uuid('Reload the page and choose again'), 500).pipe(
      z
        .array(z.string())
        .min(1, 'Choose at least one application')
        .max(
          MOST_APPLICATIONS,
          `Choose at most ${MOST_APPLICATIONS} applications, and offer the others apart`,
        ),
    ),
    /** As `form/edition/section`. None chosen of a form: all of it. */
    sections: several(z.string().max(200), 500),
    evidenceFrom: optionalDay,
    evidenceUntil: optionalDay,
    mayDownload: ticked,
    maySign: ticked,
    instructions: proseOrNothing(4000),
    lastDay: Day,
  })
  .refine(
    ({ evidenceFrom, evidenceUntil }) => !evidenceFrom || !evidenceUntil || evidenceFrom <= evidenceUntil,
    { path: ['evidenceUntil'], message: 'The last day lies before the first' },
  )
  .refine(({ kind, maySign }) => kind !== 'insurer-review' || !maySign, {
    path: ['kind'],
    message: 'An insurer reviews. Only an assessment firm signs reports.',
  })
export type OfferInput = z.output<typeof OfferInput>

export const AcceptInput = z.object({
  declare: z.literal('on', { error: 'Confirm the declaration, or leave the offer' }),
})

export const EndInput = z.object({
  reason: prose('Say why: both sides and their ledgers keep it'),
})
export type EndInput = z.output<typeof EndInput>

export const HandoverInput = z.object({
  opinion: z.enum(REVIEW_OPINIONS, 'Choose your opinion'),
  summary: prose('Sum up what you assessed and what you found, with any conditions'),
})
export type HandoverInput = z.output<typeof HandoverInput>
