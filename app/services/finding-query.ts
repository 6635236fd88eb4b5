/** How the findings of a scan are asked for: what is no such question asks for all of them. */
import { z } from 'zod'
import { SEVERITIES } from '#evidence/severity.ts'

export const FindingSearch = z.object({
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  q: z
    .string()
    // PostgreSQL compares with no NUL.
    .transform((text) =>
      text
        .replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 100),
    )
    .catch(''),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
})
export type FindingSearch = z.infer<typeof FindingSearch>
