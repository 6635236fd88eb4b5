/** What is asked when an organisation brings a certificate of its own, or removes it. */
import { z } from 'zod'
import { reason } from './authority-input.ts'

export const TakeOwnInput = z.object({
  // A file may have none.
  password: z.string().max(500, 'Use the password of the file, at most 500 characters').default(''),
  /** Asked only where one is replaced. */
  reason: z.union([z.literal(''), reason], 'Say why, in a sentence').default(''),
})
export type TakeOwnInput = z.infer<typeof TakeOwnInput>

export const RemoveOwnInput = z.object({ reason })
export type RemoveOwnInput = z.infer<typeof RemoveOwnInput>
