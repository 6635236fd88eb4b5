/** What is said when an exception is put to the client's decision-maker, and what they decide. */
import { z } from 'zod'
import { Day } from './form-texts.ts'
import { prose, proseOrNothing } from './plain-words.ts'
import { RoomLinkInput } from './room-input.ts'

export const AskApprovalInput = RoomLinkInput.extend({
  intent: z.literal('ask'),
  dueOn: Day,
  note: proseOrNothing(1000),
})
export type AskApprovalInput = z.output<typeof AskApprovalInput>

export const ApprovalChange = z.discriminatedUnion('intent', [
  AskApprovalInput,
  z.object({ intent: z.literal('take-back'), approvalId: z.uuid() }),
])

export const ApprovalDecision = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('approve'),
    agree: z.literal('on', 'Tick that you approve it, or say below why not'),
    words: proseOrNothing(1000),
  }),
  z.object({ intent: z.literal('refuse'), words: prose('Say why you do not approve it', 1000) }),
])
export type ApprovalDecision = z.output<typeof ApprovalDecision>

/** What is shown and decided on, frozen when it was asked. */
export const ApprovalText = z.object({
  schema: z.literal(1),
  clientName: z.string(),
  organisationName: z.string(),
  formTitle: z.string(),
  item: z.string(),
  prompt: z.string(),
  /** The answer that stays, in words; null where nothing was answered. */
  answer: z.string().nullable(),
  scope: z.string(),
  reason: z.string(),
  compensatingControl: z.string(),
  owner: z.string(),
  startsOn: z.iso.date(),
  expiresOn: z.iso.date(),
  note: z.string(),
  /** The sentence that is ticked. */
  declaration: z.string(),
})
export type ApprovalText = z.output<typeof ApprovalText>
