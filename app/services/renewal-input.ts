/** What people type about the steps of a renewal; forms and actions share these schemas. */
import { z } from 'zod'
import { optionalText } from './form-texts.ts'
import { ACCOUNT_SORTS, STEP_OWNERS } from './renewal-steps.ts'

const words = (least: number, most: number, ask: string) =>
  z.string().trim().min(least, ask).max(most, `Use at most ${most} characters`)

const MOST_DAYS = 400
const DAYS_PROBLEM = `Enter a whole number of days from -${MOST_DAYS} to ${MOST_DAYS}; -90 is 90 days before the expiry`
const Days = z
  .string()
  .trim()
  .transform((text) => text.replace(/^[−–]/, '-'))
  .pipe(z.string().regex(/^[-+]?\d{1,3}$/, DAYS_PROBLEM))
  .transform(Number)
  .refine((days) => Math.abs(days) <= MOST_DAYS, DAYS_PROBLEM)

const Said = {
  title: words(3, 200, 'Say what is to be done'),
  detail: optionalText(1000).default(null),
  fromDays: Days,
  dueDays: Days,
  ownerSide: z.enum(STEP_OWNERS, 'Choose whose step it is'),
}
const inOrder = ({ fromDays, dueDays }: { fromDays: number; dueDays: number }) => fromDays <= dueDays
const outOfOrder = { path: ['dueDays'], message: 'It is due on or after the day it begins' }

const SeenVersion = z.coerce.number().int().min(0)

export const TEMPLATE_STEP_FIELDS = ['key', 'title', 'detail', 'fromDays', 'dueDays', 'ownerSide'] as const
export const MOST_STEPS = 40

export const RenewalTemplateInput = z.object({
  seenVersion: SeenVersion,
  steps: z
    .array(
      z
        .object({
          ...Said,
          /** Empty for a new step, which then gets one. */
          key: z
            .string()
            .regex(/^([a-z0-9-]{1,60})?$/)
            .catch(''),
        })
        .refine(inOrder, outOfOrder),
    )
    .min(1, 'Keep at least one step')
    .max(MOST_STEPS, `Use at most ${MOST_STEPS} steps`),
})
export type RenewalTemplateInput = z.output<typeof RenewalTemplateInput>

const owner = { ownerName: words(2, 200, 'Name who sees to it') }
const ofStep = { stepId: z.uuid(), seenVersion: SeenVersion }

export const AddStepInput = z.object({ ...Said, ...owner }).refine(inOrder, outOfOrder)
export type AddStepInput = z.output<typeof AddStepInput>

export const ChangeStepInput = z.object({ ...Said, ...owner, ...ofStep }).refine(inOrder, outOfOrder)
export type ChangeStepInput = z.output<typeof ChangeStepInput>

export const FinishStepInput = z.object({
  ...ofStep,
  note: optionalText(1000).default(null),
  /** Only of the step that sorts the account. */
  sortedAs: z.enum(ACCOUNT_SORTS, 'Choose what the account was sorted as').nullable().default(null),
})
export const SkipStepInput = z.object({ ...ofStep, note: words(5, 1000, 'Say why this step is skipped') })
export const ReopenStepInput = z.object(ofStep)
export type SettleInput = { stepId: string; seenVersion: number } & (
  | { state: 'done'; note: string | null; sortedAs: z.output<typeof FinishStepInput>['sortedAs'] }
  | { state: 'skipped'; note: string }
  | { state: 'open' }
)
