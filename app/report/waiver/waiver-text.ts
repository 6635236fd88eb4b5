/** What a decision-maker signs: the waiver as it was frozen when it was offered; its canonical JSON is hashed. */
import { z } from 'zod'
import { LANGUAGES } from '#app/language/languages.ts'

/** What an answer amounts to once the service is declined. */
export const ANSWER_EFFECTS = ['no', 'unsupported'] as const
export type AnswerEffect = (typeof ANSWER_EFFECTS)[number]

export const EFFECT_WORDS: Record<AnswerEffect, string> = {
  no: 'Has to be answered as not in place',
  unsupported: 'Cannot be shown',
}

const AffectedAnswer = z.strictObject({
  form: z.string(),
  edition: z.string(),
  item: z.string(),
  prompt: z.string(),
  effect: z.enum(ANSWER_EFFECTS),
  /** In an application that was signed already: the insurer may have to be told. */
  isSigned: z.boolean(),
})
export type AffectedAnswer = z.infer<typeof AffectedAnswer>

export const WaiverText = z.strictObject({
  type: z.literal('https://attested.example/declined-service-waiver/v1'),
  /** English where absent, as in waivers offered before there was another. */
  language: z.enum(LANGUAGES).optional(),
  waiverId: z.uuid(),
  provider: z.strictObject({ id: z.uuid(), name: z.string() }),
  client: z.strictObject({ id: z.uuid(), legalName: z.string() }),
  service: z.string(),
  controls: z.array(z.strictObject({ id: z.string(), label: z.string() })),
  /** YYYY-MM-DD, as are all days here. */
  serviceOfferedOn: z.string(),
  risk: z.string(),
  consequence: z.string(),
  answers: z.array(AffectedAnswer),
  reason: z.string(),
  decisionMaker: z.strictObject({ name: z.string(), role: z.string(), email: z.string() }),
  reviewOn: z.string(),
  /** Of the version of the template that it started from; null where it was written freely. */
  template: z.strictObject({ key: z.string(), version: z.int() }).nullable(),
  offeredAt: z.string(),
  offeredBy: z.string(),
})
export type WaiverText = z.infer<typeof WaiverText>

/** What is drawn: the text, and how it was signed. */
export const WaiverAccount = z.strictObject({
  text: WaiverText,
  textSha256: z.string(),
  signedAt: z.string(),
  typedName: z.string(),
  method: z.string(),
  consent: z.string(),
})
export type WaiverAccount = z.infer<typeof WaiverAccount>
