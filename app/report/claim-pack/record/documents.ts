/** The parts of a pack's JSON files that its ledger entries can be held against. */
import { z } from 'zod'

const Moment = z.iso.datetime({ precision: 3 })
const Day = z.iso.date()
const Times = { trueOn: Moment, knownOn: Moment }

export const IncidentDocument = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  description: z.string(),
  occurredFrom: Day,
  occurredUntil: Day,
  discoveredAt: Moment,
  reportedOn: Day.nullable(),
  policyNumber: z.string().nullable(),
  noticeReference: z.string().nullable(),
  affectedAssetIds: z.array(z.uuid()),
  recordedByName: z.string(),
  recordedAt: Moment,
  changedAt: Moment,
  closedAt: Moment.nullable(),
  version: z.int().min(1),
})
export type IncidentDocument = z.infer<typeof IncidentDocument>

export const ExceptionsDocument = z.object({
  ...Times,
  exceptions: z.array(
    z.object({
      id: z.uuid(),
      applicationId: z.uuid(),
      questionId: z.string(),
      scope: z.string(),
      reason: z.string(),
      compensatingControl: z.string(),
      owner: z.string(),
      approvedBy: z.string(),
      startsOn: Day,
      expiresOn: Day,
      recordedAt: Moment,
      revokedAt: Moment.nullable(),
      revokedByName: z.string().nullable(),
      revokedReason: z.string().nullable(),
      coveredTheDay: z.boolean(),
    }),
  ),
})
export type ExceptionsDocument = z.infer<typeof ExceptionsDocument>

export const WaiversDocument = z.object({
  ...Times,
  waivers: z.array(
    z.object({
      id: z.uuid(),
      service: z.string(),
      controlIds: z.array(z.string()),
      decisionMakerName: z.string(),
      decisionMakerRole: z.string(),
      signedAt: Moment,
      text: z.string(),
      textSha256: z.string(),
      pdfSha256: z.string().nullable(),
      withdrawnAt: Moment.nullable(),
      withdrawnBecause: z.string().nullable(),
      withdrawnReason: z.string().nullable(),
      heldOnTheDay: z.boolean(),
    }),
  ),
})
export type WaiversDocument = z.infer<typeof WaiversDocument>

export const AnswersDocument = z.object({
  ...Times,
  attestedAt: Moment.nullable(),
  reportId: z.uuid().nullable(),
  answers: z.array(
    z.object({
      questionId: z.string(),
      answer: z.unknown(),
      trueFrom: Moment.nullable(),
      recordedAt: Moment.nullable(),
      by: z.string().nullable(),
    }),
  ),
})
export type AnswersDocument = z.infer<typeof AnswersDocument>

export const FactsDocument = z.object({
  ...Times,
  facts: z.array(
    z.object({
      revisionId: z.uuid(),
      fact: z.object({ key: z.string() }).loose(),
      recordedAt: Moment,
      countedIn: z.array(z.enum(['as-of', 'as-known'])).min(1),
    }),
  ),
})
export type FactsDocument = z.infer<typeof FactsDocument>
