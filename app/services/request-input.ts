/** What is said when somebody is asked for evidence, and what they and we answer; forms and actions share these schemas. */
import { z } from 'zod'
import { EvidenceInput } from './evidence-input.ts'
import { Day } from './form-texts.ts'
import { Line, prose, proseOrNothing } from './plain-words.ts'

const Asked = z.object({
  recipientName: Line(120).pipe(z.string().min(2, 'Enter who is asked')),
  recipientEmail: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'Use at most 254 characters')
    .pipe(z.email('Enter the e-mail address that the link goes to')),
  message: prose('Say what is needed and why'),
  dueOn: z.iso.date('Enter the day until which it is needed'),
})

/** A newer version of evidence that is there. */
export const RequestInput = Asked
export type RequestInput = z.output<typeof RequestInput>

/** Something that is not there yet, perhaps for one question of an application: `applicationId/questionId`. */
export const NewRequestInput = Asked.extend({
  title: Line(160).pipe(z.string().min(3, 'Say in a few words what you want')),
  questionRef: z
    .string()
    .max(200)
    .regex(/^([0-9a-f-]{36}\/[a-z0-9-]+)?$/, 'Choose a question from the list')
    .default(''),
})
export type NewRequestInput = z.output<typeof NewRequestInput>

export const NEW_REQUEST_FIELDS = [
  'title',
  'questionRef',
  'message',
  'dueOn',
  'recipientName',
  'recipientEmail',
] as const

/** What can be done on the page of a request. */
export const RequestChange = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('say'),
    audience: z.enum(['recipient', 'colleagues'], 'Choose who reads it'),
    text: prose('Write what you want to say'),
  }),
  z.object({ intent: z.literal('return'), text: prose('Say what is missing, so that they can mend it') }),
  EvidenceInput.safeExtend({
    intent: z.literal('accept'),
    fileEntryId: z.uuid(),
    /** Nothing more is expected. */
    closes: z
      .literal('on')
      .optional()
      .transform((ticked) => ticked === 'on'),
  }),
  z.object({ intent: z.literal('close') }),
  z.object({ intent: z.literal('remind') }),
  z.object({ intent: z.literal('change-due'), dueOn: Day }),
  z.object({ intent: z.literal('revoke-link') }),
  z.object({ intent: z.literal('cancel') }),
])
export type RequestChange = z.output<typeof RequestChange>

/** What somebody who was asked says without a file. */
export const RequestReply = z.object({
  intent: z.enum(['reply', 'cannot']),
  text: prose('Write your answer'),
})
export type RequestReply = z.output<typeof RequestReply>

/** What goes with a file. */
export const RequestFileNote = z.object({ note: proseOrNothing(1000) })
