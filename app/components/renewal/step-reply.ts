/** What came back of the last act on a plan. */
export interface StepReply {
  intent: string
  stepId?: string
  fieldErrors?: Record<string, string>
  typed?: StepTexts
  conflict?: true
}

type StepField = 'title' | 'detail' | 'fromDays' | 'dueDays' | 'ownerSide' | 'ownerName' | 'note'
export type StepTexts = Partial<Record<StepField, string>>

/** Of any reply of a policy's page, what concerns its plan. */
export function stepReplyOf(reply: object | undefined): StepReply | undefined {
  return reply && 'intent' in reply && typeof reply.intent === 'string' ? (reply as StepReply) : undefined
}
