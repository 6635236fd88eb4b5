/** What came back of the last act on a plan. */
import { typedTextsOf } from '../typed-texts.ts'

export interface StepReply {
  intent: string
  stepId?: string
  fieldErrors?: Record<string, string>
  typed?: StepTexts
  conflict?: true
}

export const STEP_FIELDS = [
  'title',
  'detail',
  'fromDays',
  'dueDays',
  'ownerSide',
  'ownerName',
  'note',
  'sortedAs',
] as const
export type StepTexts = Partial<Record<(typeof STEP_FIELDS)[number], string>>
export const typedStep: (values: Readonly<Record<string, unknown>>) => StepTexts = typedTextsOf(STEP_FIELDS)

/** Of any reply of a policy's page, what concerns its plan. */
export function stepReplyOf(reply: object | undefined): StepReply | undefined {
  return reply && 'intent' in reply && typeof reply.intent === 'string' ? (reply as StepReply) : undefined
}
