/** What the client overview shows and how it is filtered and sorted; pages and the portfolio service share it. */
import { z } from 'zod'
import type { ReportRow } from '#db/queries/reports.server.ts'
import { matchesText } from './text-match.ts'

export const PORTFOLIO_SORTS = ['name', 'renewal', 'attention'] as const
export type PortfolioSort = (typeof PORTFOLIO_SORTS)[number]

/** From an address line: what makes no sense there is ignored. */
export const PortfolioQuery = z.object({
  which: z.enum(['active', 'archived']).catch('active'),
  text: z.string().trim().max(200).catch(''),
  sort: z.enum(PORTFOLIO_SORTS).catch('name'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
export type PortfolioQuery = z.infer<typeof PortfolioQuery>

export interface PortfolioRow {
  client: {
    id: string
    legalName: string
    tradingName: string | null
    industry: string | null
    policyRenewalOn: string | null
  }
  /** Whole days from today to the renewal, negative when it is over; null without a date. */
  daysToRenewal: number | null
  /** The newest draft, else the newest application; null when none was started. */
  application: {
    id: string
    formTitle: string
    state: 'draft' | 'frozen'
    /** "I don't know" counts as dealt with; a question that does not apply is not counted. */
    answered: number
    applicable: number
    /** Only of a draft: what was signed no longer changes. */
    standing: { blocking: number; contradicted: number } | null
  } | null
  /** The application's published edition is missing or was changed, so nothing can be said of it. */
  isEditionMissing: boolean
  evidenceCount: number
  newestReport: Pick<ReportRow, 'id' | 'state' | 'createdAt'> | null
}

/** Every word of the search stands somewhere in the names or the industry. */
export function matches(
  client: { legalName: string; tradingName: string | null; industry: string | null },
  text: string,
): boolean {
  return matchesText([client.legalName, client.tradingName, client.industry], text)
}

export const CLIENTS_A_PAGE = 50
/** Renewals are prepared about 90 days ahead; inside 60 they become urgent. */
export const SOON_DAYS = 60

/** A page beyond the last one is the last one: clients may have been archived since its link was made. */
export function pageOf(rows: readonly PortfolioRow[], page: number) {
  const shown = Math.min(page, Math.max(1, Math.ceil(rows.length / CLIENTS_A_PAGE)))
  return { page: shown, rows: rows.slice((shown - 1) * CLIENTS_A_PAGE, shown * CLIENTS_A_PAGE) }
}

/** The whole portfolio in four figures. */
export function countPortfolio(rows: readonly PortfolioRow[]) {
  const count = (holds: (row: PortfolioRow) => boolean) => rows.filter(holds).length
  return {
    clients: rows.length,
    contradicted: count(({ application }) => (application?.standing?.contradicted ?? 0) > 0),
    renewing: count(({ daysToRenewal: days }) => days !== null && days >= 0 && days <= SOON_DAYS),
    ready: count(({ application }) => application?.standing?.blocking === 0),
  }
}

const DAY_MS = 86_400_000

/** @param day YYYY-MM-DD, compared in UTC */
export function daysUntil(day: string, now: Date): number {
  return Math.round((Date.parse(day) - Date.parse(now.toISOString().slice(0, 10))) / DAY_MS)
}

/** Rows come in order of name and keep it among equals. Clients without a renewal date come last. */
export function sortPortfolio(rows: PortfolioRow[], sort: PortfolioSort): PortfolioRow[] {
  if (sort === 'name') return rows
  const rank = (row: PortfolioRow) =>
    sort === 'renewal'
      ? (row.daysToRenewal ?? Number.POSITIVE_INFINITY)
      : -(row.application?.standing?.contradicted ?? 0) * 1000 - (row.application?.standing?.blocking ?? -1)
  return rows
    .map((row) => ({ row, rank: rank(row) }))
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
    .map(({ row }) => row)
}
