/** What is recorded of an insurer's conditions, of the quote and of the binder; forms and their actions share it. */
import { z } from 'zod'
import { Day, optionalDay, optionalText } from './form-texts.ts'

export const TIMINGS = ['pre-bind', 'post-bind'] as const
export type Timing = (typeof TIMINGS)[number]
export const TIMING_WORDS: Record<Timing, string> = {
  'pre-bind': 'Before the bind',
  'post-bind': 'After the bind',
}

export const SIDES = ['provider', 'client', 'broker', 'insurer'] as const
export type Side = (typeof SIDES)[number]
export const SIDE_WORDS: Record<Side, string> = {
  provider: 'Provider',
  client: 'Client',
  broker: 'Broker',
  insurer: 'Insurer',
}

export const OUTCOMES = ['closed', 'not-enough', 'waived'] as const
export type Outcome = (typeof OUTCOMES)[number]
export const OUTCOME_WORDS: Record<Outcome, string> = {
  closed: 'Accepted and closed',
  'not-enough': 'Not enough',
  waived: 'Waived',
}

/** As At-Bay's binders: conditional ones lapse 30 days after issue (practice.md §3). */
export const BINDER_DAYS = 30
const MOST_DAYS = 365
const MOST_EVIDENCE = 100

const words = (least: number, most: number, ask: string) =>
  z.string().trim().min(least, ask).max(most, `Use at most ${most} characters`)
const notAfter = (today: () => string, message: string) => Day.refine((day) => day <= today(), message)

export const SubjectivityInput = z
  .object({
    reference: optionalText(100),
    condition: words(10, 4000, 'Copy the condition as the insurer wrote it'),
    source: words(2, 200, 'Say where the condition stands, such as the number of the quote'),
    timing: z.enum(TIMINGS, 'Choose when it has to be met'),
    ownerName: words(2, 200, 'Name who sees to it'),
    ownerSide: z.enum(SIDES, 'Choose whose person that is'),
    controlId: optionalText(100),
    dueOn: optionalDay,
    dueDays: z
      .string()
      .trim()
      .regex(/^\d{0,5}$/, 'Enter a number of days, for instance 30')
      .transform((text) => (text === '' ? null : Number(text))),
  })
  .superRefine(({ timing, dueOn, dueDays }, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (timing === 'pre-bind') {
      if (dueDays !== null) complain('dueDays', 'Before the bind a day is due. Clear the number of days.')
      return
    }
    if (dueOn !== null) complain('dueOn', 'After the bind a number of days is due. Clear this day.')
    if (dueDays === null) complain('dueDays', 'Enter how many days after the bind it is due')
    else if (dueDays < 1 || dueDays > MOST_DAYS) complain('dueDays', `Enter 1 to ${MOST_DAYS} days`)
  })
export type SubjectivityInput = z.output<typeof SubjectivityInput>

/** @param today the last day that a quote can be of; read anew at each check */
export const quoteInput = (today: () => string) =>
  z.object({
    insurer: words(2, 200, 'Name the insurer'),
    quoteReference: words(2, 200, 'Enter the number or name of the quote'),
    quotedOn: optionalDay.refine((day) => day === null || day <= today(), 'This day is still to come'),
  })
export type QuoteInput = z.output<ReturnType<typeof quoteInput>>

export const usualExpiry = (boundOn: string): string => addDays(boundOn, BINDER_DAYS)

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

/** @param today as for `quoteInput` */
export const binderInput = (today: () => string) =>
  z
    .object({
      boundOn: notAfter(today, 'A binder is recorded after it was issued'),
      /** Empty: the usual 30 days. */
      binderExpiresOn: optionalDay,
      expirySource: optionalText(300),
    })
    .superRefine(({ boundOn, binderExpiresOn, expirySource }, context) => {
      const complain = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message })
      if (binderExpiresOn === null) return
      if (binderExpiresOn < boundOn) complain('binderExpiresOn', 'A binder cannot end before it was issued')
      else if (binderExpiresOn !== usualExpiry(boundOn) && expirySource === null)
        complain('expirySource', 'Say who or what names this last day')
    })
    .transform((input) => ({
      ...input,
      binderExpiresOn: input.binderExpiresOn ?? usualExpiry(input.boundOn),
    }))
export type BinderInput = z.output<ReturnType<typeof binderInput>>

export const ResponseInput = z.object({
  answer: words(
    20,
    8000,
    'Answer this condition in a sentence of its own: what was done, where, and since when',
  ),
  evidenceIds: z.array(z.uuid()).max(MOST_EVIDENCE, `Cite at most ${MOST_EVIDENCE}`).default([]),
  /** Ticked once it was said that the same text answers another condition. */
  sameText: z.literal('on').optional(),
})
export type ResponseInput = z.output<typeof ResponseInput>

/** @param today as for `quoteInput` */
export const decisionInput = (today: () => string) =>
  z
    .object({
      outcome: z.enum(OUTCOMES, 'Choose what the insurer decided'),
      why: optionalText(2000),
      decidedBy: words(2, 200, 'Name who decided at the insurer'),
      decidedOn: notAfter(today, 'A decision is recorded after it was made'),
    })
    .refine(({ outcome, why }) => outcome !== 'not-enough' || why !== null, {
      path: ['why'],
      message: 'Say what the insurer still wants',
    })
export type DecisionInput = z.output<ReturnType<typeof decisionInput>>

/** @param today as for `quoteInput` */
export const extensionInput = (today: () => string) =>
  z
    .object({
      newDueOn: Day,
      grantedBy: words(2, 200, 'Name who granted it'),
      grantedOn: notAfter(today, 'An extension is recorded after it was granted'),
      extensionReason: words(10, 1000, 'Say in a few words why'),
    })
    .refine(({ newDueOn, grantedOn }) => newDueOn >= grantedOn, {
      path: ['newDueOn'],
      message: 'The new day cannot be before the extension was granted',
    })
export type ExtensionInput = z.output<ReturnType<typeof extensionInput>>

export const WithdrawInput = z.object({ reason: words(10, 1000, 'Say in a few words why it does not hold') })

/** What the sender saw last; whoever saw less is told, and nothing is overwritten. */
export const SeenVersion = z.object({ seenVersion: z.coerce.number().int().min(0) })
