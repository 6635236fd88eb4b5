/** What a re-attestation states beyond an application: what it compares, and what the officer says of each answer. */
import { z } from 'zod'
import { MARKS } from '#app/readiness/reattestation-marks.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Another signed report, named by what nobody can change. */
export const ReportCitation = z.object({
  reportId: z.uuid(),
  /** 0 for the application, then 1, 2, … by its periods. */
  number: z.number().int().nonnegative(),
  attestedAt: z.iso.datetime(),
  statementSha256: Sha256,
  /** Of the file with every signature. */
  pdfSha256: Sha256,
})
export type ReportCitation = z.infer<typeof ReportCitation>

export const RESULTS = ['still-true', 'with-exceptions', 'no-longer-true'] as const
export const BROKER = ['yes', 'no', 'told'] as const

/** Whether the broker is to be told: `told` with the day on which it was. */
const Broker = z.object({ tell: z.enum(BROKER), on: z.iso.date().optional() })

export const OfficerResult = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('still-true'),
    /** By itself, or with others from a list that was shown. */
    confirmed: z.enum(['alone', 'in-list']),
  }),
  z.object({
    result: z.literal('with-exceptions'),
    exceptions: z.string(),
    broker: Broker,
  }),
  z.object({
    result: z.literal('no-longer-true'),
    since: z.iso.date(),
    cause: z.string(),
    plan: z.object({ what: z.string(), owner: z.string(), due: z.iso.date() }),
    broker: Broker,
  }),
])
export type OfficerResult = z.infer<typeof OfficerResult>

export const ReattestedAnswer = z.object({
  questionId: z.string(),
  mark: z.enum(MARKS),
  marks: z.array(z.enum(MARKS)).min(1),
  /** As it stands in the signed application. */
  signed: z.object({ shown: z.string(), status: z.string(), weakened: z.boolean() }),
  /** First day of the present state, where that is known. */
  since: z.iso.date().nullable(),
  /** What the client answered otherwise since, in another form. */
  changed: z
    .object({ shown: z.string(), by: z.string(), on: z.iso.date(), form: z.string(), item: z.string() })
    .nullable(),
  /** What speaks against it today and did not when it was signed. */
  against: z.array(z.string()),
  /** Evidence that supported it and counts no more. */
  lapsed: z.array(
    z.object({
      revisionId: z.string(),
      title: z.string(),
      why: z.enum(['aged', 'ended', 'withdrawn']),
      since: z.iso.date().nullable(),
    }),
  ),
  /** What was said of it at the re-attestation before, where that was not “still true”. */
  earlier: z.enum(RESULTS).nullable(),
  /** Absent until the officer has said it. */
  result: OfficerResult.optional(),
})
export type ReattestedAnswer = z.infer<typeof ReattestedAnswer>

export const Reattestation = z.object({
  period: z.object({ number: z.number().int().positive(), first: z.iso.date(), last: z.iso.date() }),
  /** The application first, then every signed re-attestation of it; the last one is the previous report. */
  chain: z.array(ReportCitation).min(1),
  /** Of every question that applied when the application was signed, in its order. */
  answers: z.array(ReattestedAnswer),
  /** Recorded for any application of the client since the previous report. */
  newExceptions: z.array(
    z.object({
      form: z.string(),
      scope: z.string(),
      reason: z.string(),
      approvedBy: z.string(),
      expiresOn: z.iso.date(),
    }),
  ),
  openSubjectivities: z.array(
    z.object({ reference: z.string().nullable(), condition: z.string(), due: z.iso.date().nullable() }),
  ),
  /** Observations that read otherwise than at the previous report; null where there was or is none. */
  changedFacts: z.array(
    z.object({
      label: z.string(),
      subject: z.string(),
      before: z.string().nullable(),
      now: z.string().nullable(),
      observedOn: z.iso.date(),
    }),
  ),
  /**
   * What the technical contributor certified before the officer answered: SHA-256 of the canonical statement without
   * this member, `statedAt` and every `result`. Absent, like both, until the officer has answered.
   */
  certified: z.object({ at: z.iso.datetime(), sha256: Sha256 }).optional(),
  /** When the officer had said what is to be said of each answer. */
  statedAt: z.iso.datetime().optional(),
})
export type Reattestation = z.infer<typeof Reattestation>

/** As it stood before the officer answered: what `certified.sha256` is the digest of. */
export function beforeTheOfficer(reattestation: Reattestation): Reattestation {
  const { certified: _certified, statedAt: _statedAt, ...rest } = reattestation
  return { ...rest, answers: rest.answers.map(({ result: _result, ...answer }) => answer) }
}
