/** The portfolio of an insurer or an assessment firm: its lines, how they are filtered, and as a table. */
import { z } from 'zod'
import type { AnswerStatus } from '#app/readiness/status.ts'
import type { EngagementAccessRow } from '#db/queries/engagements.server.ts'
import { csvTable } from './csv-lines.ts'
import type { EngagementKind } from './engagement-input.ts'
import type { DecisionKind, ReviewOpinion } from './review-input.ts'
import { matchesText } from './text-match.ts'

/** One application that is open to the member's organisation. */
export interface EngagedLine {
  engagementId: string
  applicationId: string
  hostName: string
  kind: EngagementKind
  clientName: string
  formTitle: string
  edition: string
  questions: number
  /** Over the questions of the grant, and those alone. */
  statuses: Record<AnswerStatus, number>
  weakened: number
  /** Questions without a decision that still stands. */
  toReview: number
  last: { kind: DecisionKind; authorName: string; at: Date; isOutdated: boolean } | null
  opinion: ReviewOpinion | null
  expiresAt: Date
  /** Whole days, the last one counted as one. */
  daysLeft: number
}

export const ENGAGED_VIEWS = ['all', 'to-review', 'contradicted', 'ending', 'signed-off'] as const
export type EngagedView = (typeof ENGAGED_VIEWS)[number]

/** From an address line: what makes no sense there is ignored. */
export const EngagedQuery = z.object({
  view: z.enum(ENGAGED_VIEWS).catch('all'),
  text: z.string().trim().max(200).catch(''),
})
export type EngagedQuery = z.output<typeof EngagedQuery>

const ENDING_DAYS = 7

function isIn(line: EngagedLine, view: EngagedView): boolean {
  switch (view) {
    case 'all':
      return true
    case 'to-review':
      return line.toReview > 0 && line.opinion === null
    case 'contradicted':
      return line.statuses.contradicted > 0
    case 'ending':
      return line.daysLeft <= ENDING_DAYS
    case 'signed-off':
      return line.opinion !== null
  }
}

export const countViews = (lines: readonly EngagedLine[]) =>
  Object.fromEntries(
    ENGAGED_VIEWS.map((view) => [view, lines.filter((line) => isIn(line, view)).length]),
  ) as Record<EngagedView, number>

export const filterLines = (lines: readonly EngagedLine[], { view, text }: EngagedQuery): EngagedLine[] =>
  lines.filter(
    (line) => isIn(line, view) && matchesText([line.clientName, line.hostName, line.formTitle], text),
  )

const COLUMNS: [header: string, value: (line: EngagedLine) => string | number | null][] = [
  ['Client', ({ clientName }) => clientName],
  ['Prepared by', ({ hostName }) => hostName],
  ['What for', ({ kind }) => kind],
  ['Form', ({ formTitle }) => formTitle],
  ['Edition', ({ edition }) => edition],
  ['Questions', ({ questions }) => questions],
  ['Supported', ({ statuses }) => statuses.supported],
  ['Weakened', ({ weakened }) => weakened],
  ['Contradicted', ({ statuses }) => statuses.contradicted],
  ['Stale', ({ statuses }) => statuses.stale],
  ['Unsupported', ({ statuses }) => statuses.unsupported],
  ['To review', ({ toReview }) => toReview],
  ['Last decision', ({ last }) => last?.kind ?? null],
  ['By', ({ last }) => last?.authorName ?? null],
  ['At (UTC)', ({ last }) => last?.at.toISOString() ?? null],
  ['Opinion', ({ opinion }) => opinion],
  ['Days left', ({ daysLeft }) => daysLeft],
]

export const writeEngagedTable = (lines: readonly EngagedLine[]): string => csvTable(COLUMNS, lines)

const OPENED_COLUMNS: [header: string, value: (row: EngagementAccessRow) => string | null][] = [
  ['At (UTC)', ({ at }) => at.toISOString()],
  ['Who', ({ memberName }) => memberName],
  ['E-mail', ({ memberEmail }) => memberEmail],
  ['What', ({ kind }) => kind],
  ['File', ({ revisionId }) => revisionId],
  ['Address', ({ address }) => address],
  ['Browser', ({ userAgent }) => userAgent],
]

export const writeOpenedTable = (rows: readonly EngagementAccessRow[]): string =>
  csvTable(OPENED_COLUMNS, rows)
