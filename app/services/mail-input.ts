/** What the outbox's forms ask for. */
import { z } from 'zod'

export const LiftInput = z.object({
  address: z.string().trim().min(3).max(254),
  purpose: z.enum(['all', 'digest']),
})
export type LiftInput = z.infer<typeof LiftInput>

export const ResendAllInput = z.object({ cause: z.string().regex(/^[a-z0-9.-]{1,40}$/) })

/** Those to one address that did not arrive, once it is allowed again. */
export const ResendHeldInput = LiftInput.pick({ address: true })

export const OUTBOX_VIEWS = ['all', 'queued', 'failed', 'bounced', 'suppressed', 'kept', 'sent'] as const

/** From an address line: what makes no sense there is ignored. */
export const OutboxQuery = z.object({
  state: z.enum(OUTBOX_VIEWS).catch('all'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
export type OutboxQuery = z.infer<typeof OutboxQuery>
