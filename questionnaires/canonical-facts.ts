/** From a fact that a scan or export shows to the answer it suggests; a person confirms it. */
import { type Derived, type DerivedValue, inBand, settle } from './canonical-derive.ts'
import { markOf } from './canonical-statement.ts'
import { reaches } from './canonical-yes-no.ts'
import type { Question } from './definition.ts'

export interface ProposingFact {
  key: string
  value: number | boolean | string
  /** Of a percentage: how many of how many. */
  numerator?: number
  denominator?: number
  /** The fact in words, printed in what got lost. */
  shown: string
}

/**
 * The question itself names the fact (`canonical.fact`); whether it is complete and fresh is the caller's to judge.
 * Null where the fact does not answer the question: percentages without counts, texts that are no dates.
 */
export function deriveFromFact(question: Question, fact: ProposingFact, now: Date): Derived | null {
  const derived = fromFact(question, fact)
  return derived && settle(question, derived, now)
}

function fromFact(question: Question, fact: ProposingFact): DerivedValue | null {
  const { value, shown } = fact
  const counts = countsOf(fact)
  switch (question.kind) {
    case 'percent':
      return counts && { value: { kind: 'percent', ...counts }, lost: [] }
    case 'yes-no':
      return counts ? fromShare(question, counts, shown) : fromFlag(question, fact)
    case 'number':
      return typeof value === 'number' ? { value: { kind: 'number', number: value }, lost: [] } : null
    case 'band': {
      if (question.measure === 'percent') {
        return counts && inBand(question, { portion: counts.covered, of: counts.total }, shown)
      }
      if (typeof value !== 'number' || question.measure === 'amount') return null
      return inBand(question, { portion: value, of: 100 }, shown)
    }
    case 'date':
      return typeof value === 'string' ? { value: { kind: 'date', date: value }, lost: [] } : null
    default:
      return null
  }
}

function countsOf({ value, numerator, denominator }: ProposingFact) {
  if (typeof value !== 'number' || numerator === undefined || !denominator) return null
  // More than there are: the two counts do not belong together.
  if (numerator < 0 || numerator > denominator) return null
  return { covered: numerator, total: denominator }
}

function fromShare(
  question: Extract<Question, { kind: 'yes-no' }>,
  { covered, total }: { covered: number; total: number },
  shown: string,
): DerivedValue | null {
  if (reaches(covered, total, markOf(question))) {
    return { value: { kind: 'yes-no', choice: 'yes' }, lost: [`${shown}: this became no more than a "yes".`] }
  }
  if (question.yesOnly) return null
  const choice = covered > 0 && question.sometimes ? 'sometimes' : 'no'
  return { value: { kind: 'yes-no', choice }, lost: [`${shown}: this is no more than a "${choice}" here.`] }
}

function fromFlag(
  question: Extract<Question, { kind: 'yes-no' }>,
  { value }: ProposingFact,
): DerivedValue | null {
  if (typeof value !== 'boolean' || (question.yesOnly && !value)) return null
  return { value: { kind: 'yes-no', choice: value ? 'yes' : 'no' }, lost: [] }
}
