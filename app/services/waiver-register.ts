/** Where a waiver stands and how a list of them is told: pure, so that pages, tables and tests share it. */
import type { WaiverRow } from '#db/queries/waivers.server.ts'
import { csvTable } from './csv-lines.ts'
import { daysUntil } from './portfolio.ts'

export const WAIVER_STANDINGS = ['overdue', 'offered', 'draft', 'in-force', 'refused', 'withdrawn'] as const
export type WaiverStanding = (typeof WAIVER_STANDINGS)[number]

export const STANDING_WORDS: Record<WaiverStanding, string> = {
  overdue: 'Review overdue',
  offered: 'Waiting for the client',
  draft: 'Draft',
  'in-force': 'In force',
  refused: 'Not signed',
  withdrawn: 'Withdrawn',
}

/** Overdue is computed: a signed waiver whose review day has passed still holds. */
export function standingOf(
  { state, reviewOn }: Pick<WaiverRow, 'state' | 'reviewOn'>,
  now: Date,
): WaiverStanding {
  if (state !== 'signed') return state
  return daysUntil(reviewOn, now) < 0 ? 'overdue' : 'in-force'
}

/** From so many days before on, a review is worth preparing. */
export const REVIEW_SOON_DAYS = 30

export interface ListedWaiver {
  id: string
  clientId: string
  clientName: string
  service: string
  standing: WaiverStanding
  controls: string[]
  serviceOfferedOn: string
  decisionMakerName: string
  decisionMakerRole: string
  clientReason: string
  reviewOn: string
  daysToReview: number
  isReviewSoon: boolean
  signedAt: Date | null
  refusedReason: string | null
  withdrawnReason: string | null
  textSha256: string | null
}

export function listedWaiver(
  row: WaiverRow,
  { clientName, labels, now }: { clientName: string; labels: readonly string[]; now: Date },
): ListedWaiver {
  const daysToReview = daysUntil(row.reviewOn, now)
  const standing = standingOf(row, now)
  return {
    id: row.id,
    clientId: row.clientId,
    clientName,
    service: row.service,
    standing,
    controls: [...labels],
    serviceOfferedOn: row.serviceOfferedOn,
    decisionMakerName: row.decisionMakerName,
    decisionMakerRole: row.decisionMakerRole,
    clientReason: row.clientReason,
    reviewOn: row.reviewOn,
    daysToReview,
    isReviewSoon: standing === 'in-force' && daysToReview <= REVIEW_SOON_DAYS,
    signedAt: row.signedAt,
    refusedReason: row.refusedReason,
    withdrawnReason: row.withdrawnReason,
    textSha256: row.textSha256,
  }
}

/** What somebody has to do something about first; within it the review that is due first. */
export const byUrgency = (waivers: readonly ListedWaiver[]): ListedWaiver[] =>
  [...waivers].sort(
    (a, b) =>
      WAIVER_STANDINGS.indexOf(a.standing) - WAIVER_STANDINGS.indexOf(b.standing) ||
      a.reviewOn.localeCompare(b.reviewOn) ||
      a.clientName.localeCompare(b.clientName, 'en'),
  )

const COLUMNS: [header: string, value: (row: ListedWaiver) => string | number | null][] = [
  ['Client', ({ clientName }) => clientName],
  ['Declined service', ({ service }) => service],
  ['State', ({ standing }) => STANDING_WORDS[standing]],
  ['Controls', ({ controls }) => controls.join('; ')],
  ['Offered on', ({ serviceOfferedOn }) => serviceOfferedOn],
  ['Decision-maker', ({ decisionMakerName }) => decisionMakerName],
  ['Role', ({ decisionMakerRole }) => decisionMakerRole],
  ['Reason of the client', ({ clientReason }) => clientReason],
  ['Signed on', ({ signedAt }) => signedAt?.toISOString().slice(0, 10) ?? null],
  ['Review on', ({ reviewOn }) => reviewOn],
  ['Not signed because', ({ refusedReason }) => refusedReason],
  ['Withdrawn because', ({ withdrawnReason }) => withdrawnReason],
  ['SHA-256 of the text', ({ textSha256 }) => textSha256],
]

export const writeWaiverTable = (rows: readonly ListedWaiver[]): string => csvTable(COLUMNS, rows)
