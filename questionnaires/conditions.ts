/** Conditions as data, and what is decided by them; what is not known decides nothing. */
import { z } from 'zod'
import type { Answer, AnswerValue } from './answers.ts'
import type { Circumstances } from './circumstances.ts'
import { FactKey, Id } from './names.ts'

/**
 * When a question applies. Conditions are data so that the browser, the server and a verifier decide alike.
 * - `is`: a yes/no, single choice or band; `dont-know` may be named for every kind and is matched by nothing else
 * - `includes`: a multiple choice that has this option ticked
 * - `atLeast`: a number, a percentage (0–100) or a currency amount in minor units
 * - `circumstance`: the application's own circumstances (see circumstances.ts): revenue in minor units of `currency`,
 *   people, class of business, cover asked for, renewal
 * - `fact`: what a scan or export shows now; a missing fact decides nothing
 *
 * A question that is hidden or unanswered decides nothing: neither a test of it nor the test's `not` holds.
 * The same goes for a circumstance that is not known.
 */
export type Condition =
  | { question: string; is: string | string[] }
  | { question: string; includes: string }
  | { question: string; atLeast: number }
  | { circumstance: 'revenue'; atLeast: number; currency: string }
  | { circumstance: 'headcount'; atLeast: number }
  | { circumstance: 'class' | 'renewal'; is: string | string[] }
  | { circumstance: 'coverage'; includes: string }
  | { fact: string; atLeast: number }
  | { fact: string; is: string | boolean }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ question: Id, is: z.union([z.string(), z.array(z.string()).min(1)]) }),
    z.strictObject({ question: Id, includes: z.string() }),
    z.strictObject({ question: Id, atLeast: z.number() }),
    z.strictObject({
      circumstance: z.literal('revenue'),
      atLeast: z.number(),
      currency: z.string().length(3),
    }),
    z.strictObject({ circumstance: z.literal('headcount'), atLeast: z.number() }),
    z.strictObject({
      circumstance: z.enum(['class', 'renewal']),
      is: z.union([z.string(), z.array(z.string()).min(1)]),
    }),
    z.strictObject({ circumstance: z.literal('coverage'), includes: Id }),
    z.strictObject({ fact: FactKey, atLeast: z.number() }),
    z.strictObject({ fact: FactKey, is: z.union([z.string(), z.boolean()]) }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
)

/** `undefined`: nothing that is known decides it. */
export type Verdict = boolean | undefined

export type Leaf = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>
type QuestionLeaf = Extract<Leaf, { question: string }>
type CircumstanceLeaf = Extract<Leaf, { circumstance: string }>
type FactLeaf = Extract<Leaf, { fact: string }>

export interface Known {
  /** The answer of a question that applies. */
  answerTo(questionId: string): Answer | undefined
  circumstances: Circumstances
}

export interface LocatedLeaf {
  leaf: Leaf
  path: (string | number)[]
}

/** The tests of a condition in their order, each with its place below `path`. */
export function leavesOf(condition: Condition, path: (string | number)[] = []): LocatedLeaf[] {
  if ('all' in condition)
    return condition.all.flatMap((part, index) => leavesOf(part, [...path, 'all', index]))
  if ('any' in condition)
    return condition.any.flatMap((part, index) => leavesOf(part, [...path, 'any', index]))
  if ('not' in condition) return leavesOf(condition.not, [...path, 'not'])
  return [{ leaf: condition, path }]
}

export function decide(condition: Condition, known: Known): Verdict {
  if ('all' in condition) {
    const verdicts = condition.all.map((part) => decide(part, known))
    return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true
  }
  if ('any' in condition) {
    const verdicts = condition.any.map((part) => decide(part, known))
    return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false
  }
  if ('not' in condition) {
    const verdict = decide(condition.not, known)
    return verdict === undefined ? undefined : !verdict
  }
  if ('circumstance' in condition) return decideCircumstance(condition, known.circumstances)
  if ('fact' in condition) return decideFact(condition, known.circumstances)
  const answer = known.answerTo(condition.question)
  return answer && decideAnswer(condition, answer)
}

/** Whether a test of circumstances or facts still waits for something to become known. */
export function isLeafOpen(leaf: Exclude<Leaf, QuestionLeaf>, circumstances: Circumstances): boolean {
  return decide(leaf, { answerTo: () => undefined, circumstances }) === undefined
}

function decideAnswer(leaf: QuestionLeaf, answer: Answer): boolean {
  if ('is' in leaf) {
    const wanted = [leaf.is].flat()
    if (answer.state === 'dont-know') return wanted.includes('dont-know')
    return (
      'choice' in answer.value && answer.value.choice !== 'dont-know' && wanted.includes(answer.value.choice)
    )
  }
  if (answer.state === 'dont-know') return false
  if ('includes' in leaf) {
    return answer.value.kind === 'multiple-choice' && answer.value.choices.includes(leaf.includes)
  }
  return reaches(answer.value, leaf.atLeast)
}

function reaches(value: AnswerValue, atLeast: number): boolean {
  switch (value.kind) {
    case 'number':
      return value.number >= atLeast
    case 'percent':
      // Compared without division, so that 29 of 100 is 29 %.
      return value.covered * 100 >= atLeast * value.total
    case 'currency':
      return value.amountMinor >= atLeast
    default:
      return false
  }
}

function decideCircumstance(leaf: CircumstanceLeaf, circumstances: Circumstances): Verdict {
  switch (leaf.circumstance) {
    case 'revenue': {
      const { revenue } = circumstances
      // Amounts in two currencies cannot be compared without a rate, which no form states.
      return revenue?.currency === leaf.currency ? revenue.amountMinor >= leaf.atLeast : undefined
    }
    case 'headcount':
      return circumstances.headcount === undefined ? undefined : circumstances.headcount >= leaf.atLeast
    case 'coverage':
      return circumstances.coverages?.includes(leaf.includes)
    case 'class':
    case 'renewal': {
      const stated = circumstances[leaf.circumstance]
      return stated === undefined ? undefined : [leaf.is].flat().includes(stated)
    }
  }
}

/** A value of another type than the one tested is no answer to the test. */
function decideFact(leaf: FactLeaf, { facts = {} }: Circumstances): Verdict {
  const value = Object.hasOwn(facts, leaf.fact) ? facts[leaf.fact] : undefined
  if ('atLeast' in leaf) return typeof value === 'number' ? value >= leaf.atLeast : undefined
  return typeof value === typeof leaf.is ? value === leaf.is : undefined
}
