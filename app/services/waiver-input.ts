/** What people type about a declined service; forms and actions share these schemas. */
import { z } from 'zod'
import { Email } from './account-input.ts'
import { Day } from './form-texts.ts'
import { unknownPlaceholders } from './waiver-placeholders.ts'

/** A waiver that nobody looks at again turns into a habit. */
export const LONGEST_REVIEW_DAYS = 366

const words = (least: number, most: number, tooShort: string) =>
  z.string().trim().min(least, tooShort).max(most, `Use at most ${most} characters`)

/** In a text that is written for many clients: only what can be filled in. */
const withPlaceholders = (text: z.ZodString) =>
  text.superRefine((value, context) => {
    const [unknown] = unknownPlaceholders(value)
    if (unknown)
      context.addIssue({
        code: 'custom',
        message: `${unknown} is not filled in. Use {client}, {service} or {provider}`,
      })
  })

const Controls = z
  .array(z.string().max(100), 'Choose at least one control')
  .min(1, 'Choose at least one control')
  .max(40, 'Choose at most 40 controls')
  .transform((ids) => [...new Set(ids)].sort())

const Said = {
  service: words(3, 200, 'Name the service that was offered'),
  controlIds: Controls,
  risk: withPlaceholders(words(20, 4000, 'Say in a sentence or two what can happen without the service')),
  consequence: withPlaceholders(words(20, 4000, 'Say what it means for the answers to insurers')),
}

export const WaiverTemplateInput = z.object({
  ...Said,
  name: words(2, 100, 'Give the template a name'),
  seenVersion: z.coerce.number().int().min(0),
})
export type WaiverTemplateInput = z.output<typeof WaiverTemplateInput>

/** @param today YYYY-MM-DD in UTC; read anew at each check */
export const waiverInput = (today: () => string) =>
  z.object({
    ...Said,
    serviceOfferedOn: Day.refine((day) => day <= today(), 'The service was offered before it was declined'),
    decisionMakerName: words(2, 120, 'Name who decides for the client').regex(
      /\p{L}/u,
      'Name who decides for the client',
    ),
    decisionMakerRole: words(2, 120, 'Say what they are at the client, for instance managing director'),
    decisionMakerEmail: Email,
    clientReason: words(10, 2000, 'Write down why the client declines, in its own words'),
    reviewOn: Day.refine((day) => day > today(), 'Choose a day to come').refine(
      (day) => Date.parse(day) - Date.parse(today()) <= LONGEST_REVIEW_DAYS * 86_400_000,
      'Look at it again within a year',
    ),
  })
export type WaiverInput = z.output<ReturnType<typeof waiverInput>>

/** What a new waiver started from; both may be absent. */
export const WaiverOrigin = z.object({
  template: z
    .string()
    .regex(/^[a-z0-9-]{1,60} \d{1,9}$/)
    .transform((text) => {
      const [key = '', version] = text.split(' ')
      return { key, version: Number(version) }
    })
    .nullable()
    .catch(null),
  replaces: z.uuid().nullable().catch(null),
})
export type WaiverOrigin = z.output<typeof WaiverOrigin>

export const SeenVersion = z.object({ seenVersion: z.coerce.number().int().min(1) })

export const WITHDRAW_WORDS = {
  accepted: 'The client has taken the service up since',
  mistake: 'The waiver was a mistake',
} as const

export const WithdrawWaiverInput = z.object({
  because: z.enum(['accepted', 'mistake'], 'Choose why it is withdrawn'),
  reason: words(10, 1000, 'Say in a few words what happened'),
})
export type WithdrawWaiverInput = z.output<typeof WithdrawWaiverInput>

/** Posted by the client's decision-maker, behind whatever door they came through. */
export const SignWaiverInput = z.object({
  waiverId: z.uuid(),
  typedName: z
    .string()
    .trim()
    .min(1, 'Type your name as it stands above')
    .max(200, 'Use at most 200 characters'),
  agree: z.literal('on', 'Tick that you have read it and decline the service'),
})
export type SignWaiverInput = z.output<typeof SignWaiverInput>

export const RefuseWaiverInput = z.object({
  waiverId: z.uuid(),
  reason: words(3, 1000, 'Say in a few words why you do not sign'),
})
export type RefuseWaiverInput = z.output<typeof RefuseWaiverInput>
