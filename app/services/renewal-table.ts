/** The renewals of all clients as a list: which are shown, and as a table for a spreadsheet. */
import { z } from 'zod'
import { csvTable } from './csv-lines.ts'
import { ACCOUNT_SORT_WORDS, ACCOUNT_SORTS, type AccountSort } from './renewal-steps.ts'

export const RENEWAL_VIEWS = ['all', ...ACCOUNT_SORTS] as const
export type RenewalView = (typeof RENEWAL_VIEWS)[number]

/** From an address line: what makes no sense there is ignored. */
export const RenewalSearch = z.object({ sort: z.enum(RENEWAL_VIEWS).catch('all') })

export interface ListedRenewal {
  policyId: string
  client: { id: string; legalName: string }
  insurer: string
  policyNumber: string | null
  expiresOn: string
  /** Negative once it has passed. */
  daysLeft: number
  sort: AccountSort
  because: string[]
  /** As what it was sorted by a person; null until the step is done. */
  sortedAs: AccountSort | null
  done: number
  steps: number
  next: { title: string; dueOn: string; daysLeft: number; ownerName: string } | null
}

/** By what readiness says today: an account that was sorted weeks ago may have changed since. */
export const isInRenewalView = ({ sort }: Pick<ListedRenewal, 'sort'>, view: RenewalView): boolean =>
  view === 'all' || view === sort

const COLUMNS: [header: string, value: (row: ListedRenewal) => string | number | null][] = [
  ['Client', ({ client }) => client.legalName],
  ['Insurer', ({ insurer }) => insurer],
  ['Policy number', ({ policyNumber }) => policyNumber],
  ['Expires on', ({ expiresOn }) => expiresOn],
  ['Days left', ({ daysLeft }) => daysLeft],
  ['Account today', ({ sort }) => ACCOUNT_SORT_WORDS[sort]],
  ['Because', ({ because }) => because.join('; ')],
  ['Sorted as', ({ sortedAs }) => (sortedAs ? ACCOUNT_SORT_WORDS[sortedAs] : null)],
  ['Steps done or skipped', ({ done }) => done],
  ['Steps', ({ steps }) => steps],
  ['Next step', ({ next }) => next?.title ?? null],
  ['Due on', ({ next }) => next?.dueOn ?? null],
  ['Owner', ({ next }) => next?.ownerName ?? null],
]

export const writeRenewalTable = (rows: readonly ListedRenewal[]): string => csvTable(COLUMNS, rows)
