/** What the outbox's forms ask for. */
import { z } from 'zod'

export const LiftInput = z.object({
  address: z.string().trim().min(3).max(254),
  purpose: z.enum(['all', 'digest']),
})
export type LiftInput = z.infer<typeof LiftInput>

export const ResendAllInput = z.object({ cause: z.string().regex(/^[a-z0-9.-]{1,40}$/) })
