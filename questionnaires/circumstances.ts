/** What an application is about beside its answers: who asks, for what, and what scans show. Gates read it. */
import { z } from 'zod'

/** Classes of business that gates and eligibility tell apart. */
export const BUSINESS_CLASSES = [
  { id: 'professional-services', label: 'Accounting, legal or other professional services' },
  { id: 'law-firm', label: 'Law firm' },
  { id: 'healthcare', label: 'Healthcare' },
  { id: 'financial-services', label: 'Financial services' },
  { id: 'manufacturing', label: 'Manufacturing' },
  { id: 'construction-property', label: 'Construction or property' },
  { id: 'retail-hospitality', label: 'Retail or hospitality' },
  { id: 'education', label: 'Education' },
  { id: 'public-nonprofit', label: 'Public body or non-profit' },
  { id: 'technology', label: 'Software or technology' },
  { id: 'managed-services', label: 'Managed IT or security services for others' },
  { id: 'other', label: 'Something else' },
] as const

/**
 * A member that is absent is not known, and then decides nothing. Recorded when the application is started,
 * changeable until it is signed; `facts` are what scans and exports show, by fact key.
 */
export const Circumstances = z.object({
  revenue: z
    .object({ amountMinor: z.number().int().nonnegative(), currency: z.string().length(3) })
    .optional(),
  headcount: z.number().int().nonnegative().optional(),
  /** An id of BUSINESS_CLASSES. */
  class: z.string().max(60).optional(),
  /** Ids of the edition's coverages that are asked for. */
  coverages: z.array(z.string().max(80)).max(40).optional(),
  renewal: z.enum(['yes', 'no']).optional(),
  /** The day on which the form is looked at (ISO), for questions that are required only from a day on. */
  today: z.iso.date().optional(),
  facts: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).optional(),
})
export type Circumstances = z.infer<typeof Circumstances>
