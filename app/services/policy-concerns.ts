/** What stands between a policy and its cover: controls its endorsements depend on, and the application it rests on. */
import type { Readiness } from '#app/readiness/status.ts'

/** The worst first. `unknown`: nothing asks about it, or readiness cannot be read. */
export const CONTROL_HOLDS = ['contradicted', 'unmet', 'unsupported', 'partly', 'unknown', 'holds'] as const
export type ControlHold = (typeof CONTROL_HOLDS)[number]
export const CONTROL_HOLD_WORDS: Record<ControlHold, string> = {
  contradicted: 'Contradicted',
  unmet: 'Not in place',
  unsupported: 'No longer supported',
  partly: 'Partly in place',
  unknown: 'Not known',
  holds: 'Supported',
}

export interface HeldControl {
  id: string
  label: string
  hold: ControlHold
  /** Why, as readiness says it. */
  sentence: string | null
}

/** @param readiness null where no application of the client can be read */
export function holdOf(
  control: { id: string; label: string },
  readiness: Pick<Readiness, 'controls' | 'answers'> | null,
): HeldControl {
  const judged = readiness?.controls.find(({ controlId }) => controlId === control.id)
  if (!readiness || !judged || judged.status === 'not-applicable')
    return { ...control, hold: 'unknown', sentence: 'No question that applies asks about it.' }
  const sentence = judged.reasons[0]?.sentence ?? null
  // An exception lets the answer be signed; the insurer's endorsement knows nothing of it.
  const isContradicted = readiness.answers.some(
    ({ controlId, status }) => controlId === control.id && status === 'contradicted',
  )
  if (isContradicted) return { ...control, hold: 'contradicted', sentence }
  const hold = ({ met: 'holds', partly: 'partly', unmet: 'unmet', unknown: 'unsupported' } as const)[
    judged.status
  ]
  return { ...control, hold, sentence: hold === 'holds' ? null : sentence }
}

export const isConcern = ({ hold }: Pick<HeldControl, 'hold'>): boolean =>
  hold !== 'holds' && hold !== 'unknown'

export interface ReportOfPolicy {
  id: string
  kind: 'application' | 'reattestation'
  state: string
  attestedAt: Date | null
  /** YYYY-MM-DD. */
  coversFrom: string | null
}

export type ApplicationConcern =
  | { kind: 'none-named' }
  | { kind: 'gone' }
  | { kind: 'not-signed' }
  | { kind: 'withdrawn' | 'superseded'; reportId: string }
  | { kind: 'too-old'; reportId: string; days: number; maximumDays: number }
  | { kind: 'after-inception'; reportId: string; signedOn: string }
  | { kind: 'other-cover'; reportId: string; coversFrom: string }

const attestedOf = <Report extends ReportOfPolicy>(reports: readonly Report[], kind: Report['kind']) =>
  reports.filter((report) => report.kind === kind && report.attestedAt !== null)

/**
 * The signed report of the application that a policy rests on: one in force, else the last that was. A re-attestation
 * in the middle of the term is no application: what the insurer wrote the policy on was signed before.
 * @param reports newest first
 */
export function reportOfPolicy<Report extends ReportOfPolicy>(reports: readonly Report[]): Report | null {
  const attested = attestedOf(reports, 'application')
  return attested.find(({ state }) => state === 'signed') ?? attested[0] ?? null
}

/** The last signed re-attestation that still counts. @param reports newest first */
export function newestReattestation<Report extends ReportOfPolicy>(
  reports: readonly Report[],
): Report | null {
  return attestedOf(reports, 'reattestation').find(({ state }) => state === 'signed') ?? null
}

/**
 * @param application null where the policy names none; `maximumAgeDays` of its edition, null where that cannot be read
 * @param inceptionOn YYYY-MM-DD
 */
export function applicationConcerns(
  named: boolean,
  application: { report: ReportOfPolicy | null; maximumAgeDays: number | null } | null,
  inceptionOn: string,
): ApplicationConcern[] {
  if (!named) return [{ kind: 'none-named' }]
  if (!application) return [{ kind: 'gone' }]
  const { report, maximumAgeDays } = application
  if (!report?.attestedAt) return [{ kind: 'not-signed' }]
  const reportId = report.id
  const concerns: ApplicationConcern[] = []
  if (report.state === 'withdrawn' || report.state === 'superseded')
    concerns.push({ kind: report.state, reportId })
  const signedOn = report.attestedAt.toISOString().slice(0, 10)
  const days = Math.round((Date.parse(inceptionOn) - Date.parse(signedOn)) / 86_400_000)
  if (days < 0) concerns.push({ kind: 'after-inception', reportId, signedOn })
  else if (maximumAgeDays !== null && days > maximumAgeDays)
    concerns.push({ kind: 'too-old', reportId, days, maximumDays: maximumAgeDays })
  if (report.coversFrom !== null && report.coversFrom !== inceptionOn)
    concerns.push({ kind: 'other-cover', reportId, coversFrom: report.coversFrom })
  return concerns
}
