/** What a scan or an export shows, as typed statements with their scope: the meeting point of evidence and answers. */
import { z } from 'zod'
import { FACT_DICTIONARY, type FactEntry } from './fact-dictionary.ts'

export { FACT_DICTIONARY, type FactEntry, type FactKey, type FactKind } from './fact-dictionary.ts'

/**
 * Where a fact holds. It can contradict an answer only inside its scope (domain/controls.md §0.1).
 * `viewpoint` is where the observer stood: a port seen from inside says nothing about the internet.
 */
export const FactScope = z.object({
  viewpoint: z.enum(['external', 'internal', 'tenant', 'statement']),
  /** What was looked at, in words: a target list, a tenant, an access path. */
  subject: z.string().max(500),
})
export type FactScope = z.infer<typeof FactScope>

export const Fact = z.object({
  key: z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/),
  scope: FactScope,
  value: z.union([z.number(), z.boolean(), z.string().max(500)]),
  numerator: z.number().int().nonnegative().optional(),
  denominator: z.number().int().nonnegative().optional(),
  observedAt: z.iso.datetime(),
  /** `partial` facts can disprove by counter-example but never prove that there is none. */
  completeness: z.enum(['complete', 'partial']),
  /** Why it is partial, or what the number was counted over. */
  note: z.string().max(1000).optional(),
  collector: z.string().max(200),
})
export type Fact = z.infer<typeof Fact>

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const AMOUNTS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** The dictionary's entry of a key; null for a key of a newer or foreign dictionary. */
export function findFactEntry(key: string): FactEntry | null {
  return Object.hasOwn(FACT_DICTIONARY, key) ? FACT_DICTIONARY[key as keyof typeof FACT_DICTIONARY] : null
}

/** A fact in plain words as it was observed: `Remote Desktop services that answer: 2`. */
export function describeFact(fact: Pick<Fact, 'key' | 'value' | 'numerator' | 'denominator'>): string {
  const entry = findFactEntry(fact.key)
  return `${entry?.label ?? fact.key}: ${showValue(fact, entry)}`
}

function showValue(
  { value, numerator, denominator }: Pick<Fact, 'value' | 'numerator' | 'denominator'>,
  entry: FactEntry | null,
): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  const number = NUMBERS.format(value)
  switch (entry?.kind) {
    case 'percent': {
      const counts =
        numerator === undefined || denominator === undefined ? '' : ` (${numerator} of ${denominator})`
      return `${showShare(value, numerator, denominator)} %${counts}`
    }
    case 'age-days':
      return value === 1 ? '1 day' : `${number} days`
    case 'age-hours':
      return value === 1 ? '1 hour' : `${number} hours`
    case 'money':
      return AMOUNTS.format(value / 100)
    default:
      return number
  }
}

/** 2,999 of 3,000 must never read as 100 %, nor 1 of 3,000 as 0 %. */
function showShare(value: number, numerator?: number, denominator?: number): string {
  const exact = denominator ? ((numerator ?? 0) / denominator) * 100 : value
  const rounded = Math.round(exact * 10) / 10
  if (rounded === 100 && exact < 100) return '99.9'
  if (rounded === 0 && exact > 0) return '0.1'
  return String(rounded)
}
