/** A conversation as the texts of its form. */
import { typedTextsOf } from '../typed-texts.ts'

export const CONVERSATION_FIELDS = [
  'heldOn',
  'channel',
  'talkedWith',
  'summary',
  'insurer',
  'broker',
  'requirements',
  'nextStep',
  'nextStepOn',
] as const
export type ConversationFieldName = (typeof CONVERSATION_FIELDS)[number]
/** As they stand in the form: text, empty where nothing is known. */
export type ConversationTexts = Partial<Record<ConversationFieldName, string>>

export const fieldLabels: Record<ConversationFieldName, string> = {
  heldOn: 'Day',
  channel: 'How',
  talkedWith: 'With',
  summary: 'What was said',
  insurer: 'Insurer',
  broker: 'Broker',
  requirements: 'What insurer or broker require',
  nextStep: 'Next step',
  nextStepOn: 'Until',
}

/** What was posted, to fill the form again. */
export const typedTexts = typedTextsOf(CONVERSATION_FIELDS)
