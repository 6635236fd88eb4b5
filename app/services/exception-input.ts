/** What has to be said to sign an answer that evidence contradicts; the dialog and its action share this schema. */
import { z } from 'zod'

export const ExceptionInput = z.object({
  questionId: z.string().min(1).max(120),
  reason: z.string().trim().min(20, 'Say in a sentence or two why the answer still holds').max(2000),
  compensatingControl: z.string().trim().min(10, 'Say what limits the risk in the meantime').max(2000),
  owner: z.string().trim().min(2, 'Name the person who will resolve it').max(120),
  approvedBy: z.string().trim().min(2, 'Name the person at the client who accepts it').max(120),
  expiresOn: z.iso.date('Enter the day it ends'),
})
export type ExceptionInput = z.infer<typeof ExceptionInput>

/** A year is the longest that a quarterly rhythm leaves unexamined (domain/controls.md §0.2, exception-register). */
export const MAXIMUM_EXCEPTION_DAYS = 365
