/** Readiness as a number that can be explained, for each domain and for the edition, and never without its contradictions. */
import type { Catalogue } from '#questionnaires/controls.ts'
import { countOf } from './sentences.ts'
import type { AnswerReadiness, Readiness } from './status.ts'

/** Half points, so that every sum is a whole number: a supported claim is two of them, a weakened one is one. */
const FULL = 2

/**
 * How far what is claimed is carried by current evidence (docs/decisions/0014-readiness-score.md).
 *
 * Claims are the applicable answers that claim something, and answers that another answer contradicts. Each counts 1
 * where current evidence supports it, ½ where it is supported and something detracts, 0 where nothing current supports it
 * or something contradicts it, an exception or not. The score is their share in whole percent, rounded down: 100 means
 * every one, without weakness. `null`: nothing is claimed, so there is nothing to carry.
 */
export interface Score {
  percent: number | null
  /** The numerator: a whole or half number. */
  carried: number
  /** The denominator. */
  claims: number
  /** Supported without weakness. */
  supported: number
  weakened: number
  unsupported: number
  stale: number
  /** Contradicted, and no exception in force covers it: while there is one, nothing is called ready. */
  contradicted: number
  /** Contradicted, and covered by an exception in force. */
  excepted: number
  /** Applicable answers that claim nothing ("no", "I don't know", blank): outside of the fraction. */
  unclaimed: number
  /** Every applicable answer is exactly one of the three. */
  answers: { blocking: number; weak: number; ready: number }
  /** Nothing keeps it from being signed: neither a contradiction without exception nor an open question. */
  isReady: boolean
}

export interface DomainScore extends Score {
  domainId: string
  label: string
}

export interface Scores {
  edition: Score
  /** Of the domains that an applicable question asks about, in the catalogue's order. */
  domains: DomainScore[]
}

/** Pure; the order of answers and obstacles makes no difference. */
export function scoreReadiness(
  readiness: Pick<Readiness, 'answers' | 'blocking'>,
  catalogue: Pick<Catalogue, 'controls' | 'domains'>,
): Scores {
  const domainOf = new Map(catalogue.controls.map(({ id, domain }) => [id, domain]))
  const blocked = new Set(readiness.blocking.map(({ questionId }) => questionId))
  const domains = catalogue.domains.flatMap(({ id, label }) => {
    const answers = readiness.answers.filter(({ controlId }) => controlId && domainOf.get(controlId) === id)
    return answers.length === 0 ? [] : [{ domainId: id, label, ...scoreOf(answers, blocked) }]
  })
  return { edition: scoreOf(readiness.answers, blocked), domains }
}

function scoreOf(answers: readonly AnswerReadiness[], blocked: ReadonlySet<string>): Score {
  const count = (holds: (answer: AnswerReadiness) => boolean) => answers.filter(holds).length
  const claims = count(({ status }) => status !== 'not-claimed')
  const halves = answers.reduce((sum, answer) => sum + halvesOf(answer), 0)
  const contradicted = count((answer) => answer.status === 'contradicted' && answer.exceptionId === null)
  const blocking = count(({ questionId }) => blocked.has(questionId))
  const weak = count((answer) => !blocked.has(answer.questionId) && isWeak(answer))
  return {
    percent: claims === 0 ? null : Math.floor((halves * 100) / (claims * FULL)),
    carried: halves / FULL,
    claims,
    supported: count(({ status, weakened }) => status === 'supported' && !weakened),
    weakened: count(({ status, weakened }) => status === 'supported' && weakened),
    unsupported: count(({ status }) => status === 'unsupported'),
    stale: count(({ status }) => status === 'stale'),
    contradicted,
    excepted: count((answer) => answer.status === 'contradicted' && answer.exceptionId !== null),
    unclaimed: answers.length - claims,
    answers: { blocking, weak, ready: answers.length - blocking - weak },
    isReady: blocking === 0 && contradicted === 0,
  }
}

function halvesOf({ status, weakened }: AnswerReadiness): number {
  if (status !== 'supported') return 0
  return weakened ? 1 : FULL
}

function isWeak(answer: AnswerReadiness): boolean {
  return answer.status !== 'not-claimed' && halvesOf(answer) < FULL
}

/** `78, 2 contradicted`: a number never stands without the contradictions that no exception covers. */
export function describeScore({ percent, contradicted }: Score): string {
  const number = percent === null ? 'Nothing claimed' : String(percent)
  return contradicted > 0 ? `${number}, ${contradicted} contradicted` : number
}

/** `13.5 of 18 claims`: the fraction behind the number, in words. */
export function describeFraction({ carried, claims }: Score): string {
  return `${carried} of ${countOf(claims, 'claim')}`
}
