/** What is asked before a signing authority is replaced or given up; the forms and their action share these schemas. */
import { z } from 'zod'

const reason = z
  .string()
  .trim()
  .min(10, 'Say why, in a sentence')
  .max(1000, 'Say it in at most 1,000 characters')

export const RotateInput = z.object({ reason })
export type RotateInput = z.infer<typeof RotateInput>

export const GiveUpInput = z.object({
  keyId: z.uuid(),
  /** The first day on which the key may have been in other hands. */
  since: z.iso.date('Enter the first day on which somebody else may have had the key'),
  reason,
})
export type GiveUpInput = z.infer<typeof GiveUpInput>
