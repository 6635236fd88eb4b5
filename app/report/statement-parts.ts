/** What a statement says around its answers: open findings by age, coverage over time, who looked, how it is drawn. */
import { z } from 'zod'
import { SEVERITIES } from '#evidence/severity.ts'

const count = z.number().int().nonnegative()

/** The register of the client's findings on one day. */
export const FindingSummary = z.object({
  countedOn: z.iso.date(),
  /** By severity; days since a scan first saw it. An acceptance past its day counts as open. */
  open: z.array(
    z.object({
      severity: z.enum(SEVERITIES),
      upTo30Days: count,
      upTo90Days: count,
      upTo180Days: count,
      older: count,
    }),
  ),
  /** The first sighting of the oldest open finding that is rated above informational. */
  oldestSeenOn: z.iso.date().nullable(),
  accepted: count,
  falsePositives: count,
  fixed: count,
  /** Open findings in CISA's list of exploited weaknesses; past due by that list's date. */
  exploited: z.object({ open: count, pastDue: count }),
  /** Scans that were imported and not yet counted here. */
  scansNotCounted: count,
})
export type FindingSummary = z.infer<typeof FindingSummary>

export const COVER_STATES = [
  'proved',
  'unproved',
  'contradicted',
  'excepted',
  'not-claimed',
  'unrecorded',
] as const

/** What the record shows of each control, day by day in UTC up to the day of the statement. */
export const Coverage = z.object({
  first: z.iso.date(),
  last: z.iso.date(),
  /** What the first day is: the policy's inception, the first attestation, or the day the first application began. */
  since: z.enum(['inception', 'attestation', 'application']),
  /** Earlier days were left out. */
  isCut: z.boolean(),
  controls: z.array(
    z.object({
      controlId: z.string(),
      /** Together every day from the first to the last, in order. */
      segments: z.array(z.object({ state: z.enum(COVER_STATES), days: z.number().int().positive() })).min(1),
    }),
  ),
})
export type Coverage = z.infer<typeof Coverage>

/** Somebody who belongs to neither side and reviewed the evidence; named by the preparer, without a signature. */
export const Reviewer = z.object({ name: z.string(), organisation: z.string() })
export type Reviewer = z.infer<typeof Reviewer>

/** How the preparer's reports look. The preparer keeps the logo itself under its digest. */
export const Brand = z.object({
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable(),
  logo: z
    .object({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      format: z.literal('png'),
      widthPixels: z.number().int().positive(),
      heightPixels: z.number().int().positive(),
    })
    .nullable(),
})
export type Brand = z.infer<typeof Brand>
