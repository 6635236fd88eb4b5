/** What has to be said to sign an answer that evidence contradicts; the dialogs and their actions share these schemas. */
import { z } from 'zod'

export const ExceptionInput = z.object({
  questionId: z.string().min(1).max(120),
  scope: z
    .string()
    .trim()
    .min(3, 'Name exactly what is excepted: which accounts, machines or sites')
    .max(1000),
  reason: z.string().trim().min(20, 'Say in a sentence or two why the answer still holds').max(2000),
  compensatingControl: z.string().trim().min(10, 'Say what limits the risk in the meantime').max(2000),
  owner: z.string().trim().min(2, 'Name the person who will resolve it').max(120),
  approvedBy: z.string().trim().min(2, 'Name the person at the client who accepts it').max(120),
  /** '' is the day on which it is recorded. */
  startsOn: z.union([z.literal(''), z.iso.date('Enter the day since when it holds')]).default(''),
  expiresOn: z.iso.date('Enter the day it ends'),
})
export type ExceptionInput = z.infer<typeof ExceptionInput>

const exceptionId = z.uuid()

export const RenewInput = ExceptionInput.omit({ questionId: true }).extend({ exceptionId })
export type RenewInput = z.infer<typeof RenewInput>

export const RevokeInput = z.object({
  exceptionId,
  reason: z.string().trim().min(10, 'Say in a sentence why it ends').max(2000),
})
export type RevokeInput = z.infer<typeof RevokeInput>

/** A year is the longest that a quarterly rhythm leaves unexamined (domain/controls.md §0.2, exception-register). */
export const MAXIMUM_EXCEPTION_DAYS = 365
/** How far back an exception may have held before it was written down. */
export const MAXIMUM_BACKDATING_DAYS = 365
