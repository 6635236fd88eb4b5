/** What every export of a tenant's state ends as: one date, one scope, and facts where the date can carry them. */
import type { Fact, FactKey } from '../../facts.ts'
import type { ImportSummary, ReadOptions } from '../importer.ts'
import type { Moment } from '../scan/dates.ts'

const EASTERNMOST = 14 * 3_600_000
const CLOCK_TOLERANCE = 5 * 60_000

export interface TenantFact {
  key: FactKey
  value: number | boolean | string
  numerator?: number
  denominator?: number
  /** Why it proves no absence; empty: it is complete. */
  gaps?: (string | null)[]
  note?: string
}

export interface TenantState {
  format: string
  tool: string
  toolVersion?: string | null
  /** Tenant or directory, in words. */
  scope: string
  date: Moment | null
  /** What to do where the file tells no date. */
  undated: string
  records: number
  gaps: string[]
  counts: Record<string, number>
  facts: TenantFact[]
}

export function summariseTenant(
  { format, tool, toolVersion = null, scope, date, undated, records, gaps, counts, facts }: TenantState,
  { now }: ReadOptions,
): { summary: ImportSummary; warnings: string[] } {
  const scanDate = date === null ? null : new Date(date.time).toISOString()
  const hurdle = hurdleOf(date, scanDate, undated, now)
  const subject = scope.slice(0, 500)
  const toFact = (fact: TenantFact): Fact => {
    const reasons = [...gaps, ...(fact.gaps ?? [])].filter((gap) => gap !== null)
    const note = [...reasons, ...(fact.note ? [fact.note] : [])].join(' ').slice(0, 1000)
    return {
      key: fact.key,
      scope: { viewpoint: 'tenant', subject },
      value: fact.value,
      ...(fact.numerator === undefined ? {} : { numerator: fact.numerator, denominator: fact.denominator }),
      observedAt: new Date(Math.min(date?.time ?? 0, now.getTime())).toISOString(),
      completeness: reasons.length > 0 ? 'partial' : 'complete',
      ...(note ? { note } : {}),
      collector: toolVersion ? `${tool} ${toolVersion}` : tool,
    }
  }
  return {
    summary: {
      format,
      tool,
      toolVersion,
      scanDate,
      records,
      scope: subject,
      gaps,
      counts,
      facts: hurdle ? [] : facts.map(toFact),
    },
    warnings: [
      ...(date && !date.hasZone
        ? ['The file writes its times without a time zone; they were read as UTC.']
        : []),
      ...(hurdle ? [hurdle] : []),
    ],
  }
}

function hurdleOf(date: Moment | null, scanDate: string | null, undated: string, now: Date): string | null {
  if (date === null) return `The file tells no date, so no facts follow from it. ${undated}`
  if (date.time > now.getTime() + (date.hasZone ? CLOCK_TOLERANCE : EASTERNMOST))
    return `The export is dated in the future (${scanDate}): a clock or the file is wrong. No facts follow from it.`
  return null
}

/** A share of a counted population; null where there is nobody to count. */
export function shareOf(
  key: FactKey,
  numerator: number,
  denominator: number,
  rest: Pick<TenantFact, 'gaps' | 'note'> = {},
): TenantFact | null {
  if (denominator === 0) return null
  return { key, value: (numerator / denominator) * 100, numerator, denominator, ...rest }
}
