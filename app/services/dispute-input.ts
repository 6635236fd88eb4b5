/** What is recorded of a dispute about an insurer's finding; the forms and their action share it. */
import { z } from 'zod'
import { Day, optionalDay, optionalText } from './form-texts.ts'
import { addDays } from './subjectivity-input.ts'

export const GROUNDS = ['wrong-asset', 'already-fixed', 'not-exploitable', 'accepted-exception'] as const
export type Ground = (typeof GROUNDS)[number]
export const GROUND_WORDS: Record<Ground, string> = {
  'wrong-asset': 'Not the client’s asset',
  'already-fixed': 'Already fixed',
  'not-exploitable': 'Not exploitable, or a false positive',
  'accepted-exception': 'An accepted exception',
}

export const DISPUTE_STATES = ['open', 'upheld', 'corrected', 'withdrawn'] as const
export type DisputeState = (typeof DISPUTE_STATES)[number]

/** Coalition answers a dispute within 48 hours (practice.md §4). */
export const ANSWER_DAYS = 2

const words = (least: number, most: number, ask: string) =>
  z.string().trim().min(least, ask).max(most, `Use at most ${most} characters`)

/** @param today the last day that a dispute can have been raised on, YYYY-MM-DD in UTC; read anew at each check */
export const disputeInput = (today: () => string) =>
  z
    .object({
      insurer: words(2, 200, 'Name the insurer'),
      reference: optionalText(100),
      ground: z.enum(GROUNDS, 'Choose why the finding is contested'),
      explanation: words(20, 4000, 'Say in a sentence why the insurer’s finding does not hold'),
      raisedOn: Day.refine((day) => day <= today(), 'A dispute is recorded after it was raised'),
      /** Empty: two days after it was raised. */
      answerBy: optionalDay,
      evidenceIds: z.array(z.uuid()).max(100, 'Cite at most 100').default([]),
    })
    .transform((input) => ({ ...input, answerBy: input.answerBy ?? addDays(input.raisedOn, ANSWER_DAYS) }))
    .refine(({ raisedOn, answerBy }) => answerBy >= raisedOn, {
      path: ['answerBy'],
      message: 'No answer comes before the dispute was raised',
    })
export type DisputeInput = z.output<ReturnType<typeof disputeInput>>

/** @param today as for `disputeInput` */
export const settlementInput = (today: () => string) =>
  z
    .object({
      state: z.enum(['corrected', 'upheld', 'withdrawn'], 'Choose how the dispute ended'),
      outcome: words(10, 4000, 'Say in a few words what was answered, or why it is withdrawn'),
      /** Not asked for where the client withdrew. */
      answeredBy: optionalText(200),
      answeredOn: optionalDay,
    })
    .superRefine(({ state, answeredBy, answeredOn }, context) => {
      const complain = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message })
      if (state === 'withdrawn') {
        if (answeredBy) complain('answeredBy', 'Nobody at the insurer answers what is withdrawn. Clear this.')
        if (answeredOn) complain('answeredOn', 'Nobody at the insurer answers what is withdrawn. Clear this.')
        return
      }
      if (!answeredBy) complain('answeredBy', 'Name who answered at the insurer')
      if (!answeredOn) complain('answeredOn', 'Enter the day of the answer')
      else if (answeredOn > today()) complain('answeredOn', 'An answer is recorded after it was given')
    })
export type SettlementInput = z.output<ReturnType<typeof settlementInput>>

export const WhichDispute = z.object({
  disputeId: z.uuid(),
  seenVersion: z.coerce.number().int(),
})
export type WhichDispute = z.output<typeof WhichDispute>
