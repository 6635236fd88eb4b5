/** What the exception register of a client shows, and how it is filtered; its page, export and service share it. */
import { z } from 'zod'
import { csvTable } from './csv-lines.ts'
import { daysUntil } from './portfolio.ts'

export const EXCEPTION_STANDINGS = ['in-force', 'ended', 'revoked'] as const
export type ExceptionStanding = (typeof EXCEPTION_STANDINGS)[number]

/** From an address line: what makes no sense there is ignored. */
export const ExceptionSearch = z.object({ standing: z.enum(EXCEPTION_STANDINGS).catch('in-force') })

/** A renewal takes a decision of the client: this is how long before the end it is asked for. */
export const WARNING_DAYS = 30

export interface RegisteredException {
  id: string
  applicationId: string
  formTitle: string
  edition: string
  questionId: string
  /** '' where the edition cannot be read or no longer has the question. */
  item: string
  prompt: string
  href: string
  scope: string
  reason: string
  compensatingControl: string
  owner: string
  approvedBy: string
  /** The day it was recorded where no other was given. */
  startsOn: string
  expiresOn: string
  recordedAt: Date
  revokedAt: Date | null
  revokedByName: string | null
  revokedReason: string | null
  /** The application is signed, so its exceptions stay as they are. */
  isFrozen: boolean
  /** What the client's decision-maker said in their room; null where nobody was asked. */
  approval: { state: 'asked' | 'approved' | 'refused'; name: string; at: Date; words: string } | null
}

export interface ShownException extends RegisteredException {
  standing: ExceptionStanding
  /** Whole days to the last one, in UTC: 0 on it, negative once it has passed. */
  daysLeft: number
  /** It ends within `WARNING_DAYS` and no other exception for the same answer lasts longer. */
  isEndingSoon: boolean
}

/** In force first and there the next to end; what is over with the newest first. */
export function showExceptions(rows: readonly RegisteredException[], now: Date): ShownException[] {
  const standingOf = (row: RegisteredException): ExceptionStanding =>
    row.revokedAt ? 'revoked' : daysUntil(row.expiresOn, now) < 0 ? 'ended' : 'in-force'
  const shown = rows.map((row): ShownException => {
    const standing = standingOf(row)
    const daysLeft = daysUntil(row.expiresOn, now)
    const isRenewed = rows.some(
      (other) =>
        other.applicationId === row.applicationId &&
        other.questionId === row.questionId &&
        standingOf(other) === 'in-force' &&
        other.expiresOn > row.expiresOn,
    )
    const isEndingSoon = standing === 'in-force' && !row.isFrozen && daysLeft <= WARNING_DAYS && !isRenewed
    return { ...row, standing, daysLeft, isEndingSoon }
  })
  const rank = ({ standing }: ShownException) => EXCEPTION_STANDINGS.indexOf(standing)
  return shown.sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b)
    if (a.expiresOn === b.expiresOn) return a.id < b.id ? -1 : 1
    return a.expiresOn < b.expiresOn === (a.standing === 'in-force') ? -1 : 1
  })
}

const COLUMNS: [header: string, value: (row: ShownException) => string | number | null][] = [
  ['State', ({ standing }) => standing.replace('-', ' ')],
  ['Form', ({ formTitle }) => formTitle],
  ['Edition', ({ edition }) => edition],
  ['Item', ({ item }) => item],
  ['Question', ({ prompt }) => prompt],
  ['What is excepted', ({ scope }) => scope],
  ['Reason', ({ reason }) => reason],
  ['Compensating control', ({ compensatingControl }) => compensatingControl],
  ['Owner', ({ owner }) => owner],
  ['Approved by', ({ approvedBy }) => approvedBy],
  ['Approval by link', ({ approval }) => approval && `${approval.state}: ${approval.name}`],
  ['Approval asked or given on', ({ approval }) => approval?.at.toISOString().slice(0, 10) ?? null],
  ['Approval in their words', ({ approval }) => approval?.words ?? null],
  ['Since', ({ startsOn }) => startsOn],
  ['Until', ({ expiresOn }) => expiresOn],
  ['Days left', ({ standing, daysLeft }) => (standing === 'in-force' ? daysLeft : null)],
  ['Recorded on', ({ recordedAt }) => recordedAt.toISOString().slice(0, 10)],
  ['Revoked on', ({ revokedAt }) => revokedAt?.toISOString().slice(0, 10) ?? null],
  ['Revoked by', ({ revokedByName }) => revokedByName],
  ['Revoked because', ({ revokedReason }) => revokedReason],
]

export const writeExceptionTable = (rows: readonly ShownException[]): string => csvTable(COLUMNS, rows)
