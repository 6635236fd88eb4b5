/** What is asked when an assessor is invited, decides, draws a sample and signs off; forms and actions share these schemas. */
import { z } from 'zod'
import { Day, optionalDay } from './form-texts.ts'
import { Line, prose, proseOrNothing } from './plain-words.ts'

export const DECISION_KINDS = [
  'accepted',
  'accepted-with-note',
  'asked',
  'rejected',
  'contradiction',
] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

export const REJECTION_GROUNDS = ['wrong-scope', 'stale', 'unreadable', 'not-theirs'] as const
export type RejectionGround = (typeof REJECTION_GROUNDS)[number]

export const REVIEW_OPINIONS = ['satisfied', 'with-conditions', 'not-satisfied'] as const
export type ReviewOpinion = (typeof REVIEW_OPINIONS)[number]

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')

export const InviteInput = z
  .object({
    assessorName: Line(120).pipe(z.string().min(2, 'Enter the name of the assessor')),
    assessorFirm: Line(120).pipe(z.string().min(2, 'Enter whom they work for')),
    assessorEmail: z
      .string()
      .trim()
      .toLowerCase()
      .max(254, 'Use at most 254 characters')
      .pipe(z.email('Enter the e-mail address that the link goes to')),
    /** None chosen: all of them. */
    sectionIds: z.array(z.string().max(100)).max(100).default([]),
    evidenceFrom: optionalDay,
    evidenceUntil: optionalDay,
    mayDownload: ticked,
    instructions: proseOrNothing(4000),
    lastDay: Day,
  })
  .refine(
    ({ evidenceFrom, evidenceUntil }) => !evidenceFrom || !evidenceUntil || evidenceFrom <= evidenceUntil,
    { path: ['evidenceUntil'], message: 'The last day lies before the first' },
  )
export type InviteInput = z.output<typeof InviteInput>

export const DecisionInput = z
  .object({
    questionId: z.string().min(1).max(100),
    /** The last decision that whoever decides has seen; 0 for none. */
    seen: z.coerce.number().int().min(0).max(1_000_000),
    /** What the answer and its evidence were when the page was opened. */
    basis: z.string().regex(/^[0-9a-f]{64}$/, 'Reload the page and decide again'),
    kind: z.enum(DECISION_KINDS, 'Choose a decision'),
    ground: z
      .union([z.literal('').transform(() => null), z.enum(REJECTION_GROUNDS)])
      .nullable()
      .default(null),
    note: proseOrNothing(4000),
  })
  .transform((input) => ({ ...input, ground: input.kind === 'rejected' ? input.ground : null }))
  .refine(({ kind, ground }) => kind !== 'rejected' || ground !== null, {
    path: ['ground'],
    message: 'Say why it is rejected',
  })
  .refine(({ kind, note }) => kind === 'accepted' || note !== '', {
    path: ['note'],
    message: 'Give the reason: it is read by whoever prepares the application, and later by others',
  })
export type DecisionInput = z.output<typeof DecisionInput>

export const SampleInput = z.object({
  size: z.coerce.number('Enter how many').int('Enter a whole number').min(1, 'Draw at least one').max(500),
  seed: Line(100).pipe(z.string().min(1, 'Enter a seed: any words or number')),
})
export type SampleInput = z.output<typeof SampleInput>

export const SignOffInput = z.object({
  opinion: z.enum(REVIEW_OPINIONS, 'Choose your opinion'),
  summary: prose('Sum up what you looked at and what you found'),
  typedName: Line(120).pipe(z.string().min(2, 'Type your name')),
  /** How many decisions stood when the page was opened. */
  decided: z.coerce.number().int().min(0),
})
export type SignOffInput = z.output<typeof SignOffInput>

export const ReviewChange = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('revoke') }),
  z.object({ intent: z.literal('extend'), lastDay: Day }),
  z.object({ intent: z.literal('send-again') }),
])
export type ReviewChange = z.output<typeof ReviewChange>

export const ReplyInput = z.object({
  decisionId: z.uuid('Reload the page and try again'),
  text: prose('Write what you want to say'),
})
export type ReplyInput = z.output<typeof ReplyInput>
