/** What is recorded of a conversation with a client; the form and its action share this schema. */
import { z } from 'zod'
import { Day, optionalDay, optionalText } from './form-texts.ts'

export const CONVERSATION_CHANNELS = ['meeting', 'call', 'mail', 'message'] as const
export type ConversationChannel = (typeof CONVERSATION_CHANNELS)[number]

export const CHANNEL_WORDS: Record<ConversationChannel, string> = {
  meeting: 'Meeting',
  call: 'Call',
  mail: 'E-mail',
  message: 'Message or ticket',
}

/** @param today the last day that a conversation can have been held on, YYYY-MM-DD in UTC; read anew at each check */
export const conversationInput = (today: () => string) =>
  z
    .object({
      heldOn: Day.refine((day) => day <= today(), 'A conversation is recorded after it was held'),
      channel: z.enum(CONVERSATION_CHANNELS, 'Choose how you talked'),
      talkedWith: z.string().trim().min(2, 'Name who you talked with').max(200, 'Use at most 200 characters'),
      summary: z
        .string()
        .trim()
        .min(10, 'Say in a sentence what was said')
        .max(4000, 'Use at most 4000 characters'),
      insurer: optionalText(200),
      broker: optionalText(200),
      requirements: optionalText(4000),
      nextStep: optionalText(500),
      nextStepOn: optionalDay,
    })
    .refine(({ nextStep, nextStepOn }) => nextStepOn === null || nextStep !== null, {
      path: ['nextStep'],
      message: 'Say what is to be done by that day',
    })
export type ConversationInput = z.output<ReturnType<typeof conversationInput>>

export const WithdrawConversation = z.object({
  conversationId: z.uuid(),
  reason: z.string().trim().min(10, 'Say in a few words why it does not hold').max(1000),
})
export type WithdrawConversation = z.output<typeof WithdrawConversation>

export const StepDone = z.object({ conversationId: z.uuid() })
