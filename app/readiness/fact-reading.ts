/** A fact's value as the rules compare it: by its kind, with exact shares and with ages grown until today. */
import { FACT_DICTIONARY, type FactKind } from '#evidence/facts.ts'
import type { ControlRule, FactTest } from '#questionnaires/controls.ts'
import type { FactSource } from './status.ts'

export interface FactReading {
  kind: FactKind
  value: number | boolean | string
}

const DAY = 86_400_000
const HOUR = 3_600_000
const DICTIONARY: Readonly<Record<string, { kind: FactKind }>> = FACT_DICTIONARY
const NUMBER_KINDS: readonly FactKind[] = ['percent', 'count', 'age-days', 'age-hours', 'money']

/** @returns null where the value does not fit its kind: a share of nothing, text for a number, a day that does not exist */
export function readFact(
  fact: FactSource,
  rule: Pick<ControlRule, 'ageAtObservation'>,
  now: Date,
): FactReading | null {
  const kind = kindOf(fact)
  const { value } = fact
  if (NUMBER_KINDS.includes(kind)) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return null
    const number = numberOf(
      fact,
      kind,
      value,
      rule.ageAtObservation ? 0 : now.getTime() - Date.parse(fact.observedAt),
    )
    return number === null ? null : { kind, value: number }
  }
  if (kind === 'flag') return typeof value === 'boolean' ? { kind, value } : null
  return typeof value === 'boolean' ? null : { kind, value: String(value) }
}

function kindOf({ key, value }: FactSource): FactKind {
  const known = Object.hasOwn(DICTIONARY, key) ? DICTIONARY[key]?.kind : undefined
  if (known) return known
  return typeof value === 'number' ? 'count' : typeof value === 'boolean' ? 'flag' : 'text'
}

function numberOf(fact: FactSource, kind: FactKind, value: number, elapsed: number): number | null {
  switch (kind) {
    case 'percent':
      if (fact.denominator === 0) return null
      // Counts are exact: 2,999 of 3,000 may be reported as 100 %.
      if (fact.numerator === undefined || fact.denominator === undefined) return value
      return (fact.numerator / fact.denominator) * 100
    case 'age-days':
      return value + Math.floor(elapsed / DAY)
    case 'age-hours':
      return value + Math.floor(elapsed / HOUR)
    default:
      return value
  }
}

/** What a test is held against besides the value. */
export interface TestContext {
  fact: FactSource
  now: Date
  /** The number, amount in minor units or percentage that the answer states. */
  answerNumber: number | null
}

/** @returns null where the value cannot be compared, for instance a date that is no date */
export function testHolds(
  test: FactTest,
  { value }: FactReading,
  { fact, now, answerNumber }: TestContext,
): boolean | null {
  if ('is' in test) return typeof test.is === 'string' ? fold(value) === fold(test.is) : value === test.is
  if ('isOneOf' in test) return test.isOneOf.some((word) => fold(word) === fold(value))
  if ('isNoneOf' in test) return !test.isNoneOf.some((word) => fold(word) === fold(value))
  if ('everyOne' in test) return Boolean(fact.denominator) && fact.numerator === fact.denominator
  if ('overcounted' in test) return Number(fact.numerator) > Number(fact.denominator)
  if ('partial' in test) return fact.completeness === 'partial'
  if ('olderThanDays' in test || 'withinDays' in test) {
    const days = daysSince(value, now)
    if (days === null) return null
    return 'olderThanDays' in test ? days > test.olderThanDays : days <= test.withinDays
  }
  if (typeof value !== 'number') return null
  if ('below' in test) return value < test.below
  if ('above' in test) return value > test.above
  if ('atLeast' in test) return value >= test.atLeast
  if ('atMost' in test) return value <= test.atMost
  if ('between' in test) return value >= test.between[0] && value < test.between[1]
  if (answerNumber === null) return false
  if ('aboveAnswer' in test) return value > answerNumber
  if ('atMostAnswer' in test) return value <= answerNumber
  if ('differsFromAnswerByPercent' in test) {
    return Math.abs(value - answerNumber) * 100 > test.differsFromAnswerByPercent * answerNumber
  }
  return value < answerNumber - test.belowAnswerBy
}

/** Whole days from a date to today; `never` is longer ago than anything. A date still to come is no date of a deed. */
function daysSince(value: FactReading['value'], now: Date): number | null {
  if (fold(value) === 'never') return Number.POSITIVE_INFINITY
  const day = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(day) || day > now.getTime()) return null
  return Math.floor((now.getTime() - day) / DAY)
}

function fold(value: FactReading['value']): string {
  return String(value).trim().toLowerCase()
}
