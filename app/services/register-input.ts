/** How a register is asked and what may be said about findings and assets; pages and their actions share it. */
import { z } from 'zod'
import { SEVERITIES } from '#evidence/severity.ts'

export const STANDINGS = ['open', 'fixed', 'accepted', 'false-positive', 'suppressed'] as const
export const SORTS = ['severity', 'oldest', 'newest'] as const

const UUID = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const words = (most: number) =>
  z.string().transform((text) =>
    text
      // PostgreSQL compares with no NUL.
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, most),
  )

/** From an address line: what makes no sense there is ignored. */
export const RegisterSearch = z.object({
  standing: z.enum(STANDINGS).catch('open'),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  asset: UUID.optional().catch(undefined),
  tool: words(200).catch(''),
  kev: z
    .literal('1')
    .optional()
    .catch(undefined)
    .transform((value) => value === '1'),
  q: words(100).catch(''),
  sort: z.enum(SORTS).catch('severity'),
  /** Where the page before ended. */
  after: z.string().max(200).optional().catch(undefined),
  /** How many come before this page. */
  from: z.coerce.number().int().min(0).max(10_000_000).catch(0),
})
export type RegisterSearch = z.infer<typeof RegisterSearch>

const Cursor = z.tuple([z.coerce.number().int(), z.iso.datetime({ precision: 6 }), UUID])

export function readCursor(text: string | undefined) {
  const parsed = Cursor.safeParse(text?.split('~'))
  if (!parsed.success) return undefined
  const [severityRank, firstSeenAt, id] = parsed.data
  return { severityRank, firstSeenAt, id }
}

export const writeCursor = (row: { severityRank: number; firstSeenAt: string; id: string }) =>
  [row.severityRank, row.firstSeenAt, row.id].join('~')

/** As an exception: a year is the longest that a quarterly rhythm leaves unexamined (controls.md §0.2). */
export const MAXIMUM_ACCEPTANCE_DAYS = 365
export const MAXIMUM_JUDGED = 500

const reason = z.string().trim().min(10, 'Say in a sentence why').max(2000)

export const JudgeInput = z
  .object({
    decision: z.enum(['accepted', 'false-positive', 'open'], 'Choose what the findings are'),
    untilDay: z.union([z.literal(''), z.iso.date('Enter the day until which it is accepted')]).default(''),
    reason,
    findingIds: z
      .array(UUID)
      .min(1, 'Choose at least one finding')
      .max(MAXIMUM_JUDGED, `Choose at most ${MAXIMUM_JUDGED} findings at once`),
  })
  .refine(({ decision, untilDay }) => decision !== 'accepted' || untilDay !== '', {
    path: ['untilDay'],
    message: 'Enter the day until which it is accepted',
  })
export type JudgeInput = z.infer<typeof JudgeInput>

export const UndoInput = z.object({ decisionId: UUID })

export const MergeInput = z.object({ otherId: UUID, reason })
export const SplitInput = z.object({
  /** `importId key`, as the page lists them. */
  sightings: z
    .array(z.string().regex(/^[0-9a-f-]{36} .{1,500}$/s))
    .min(1, 'Choose what belongs to the other machine')
    .max(500),
  reason,
})

export const AssetSearch = z.object({
  q: words(100).catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
