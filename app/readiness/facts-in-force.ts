/** Picks from all facts ever recorded those that speak today, key by key and scope by scope. */
import type { FactCondition } from '#questionnaires/controls.ts'
import { readFact, testHolds } from './fact-reading.ts'
import { reasonWords } from './language/reason-words.ts'
import { groupBy, sortedBy } from './order.ts'
import { type Standing, standingOf } from './standing.ts'
import type { FactSource, ReadinessInput } from './status.ts'

export interface StandingFact {
  fact: FactSource
  standing: Standing
}

/** By fact key, one list of facts a scope. */
export type FactsInForce = ReadonlyMap<string, StandingFact[][]>

/**
 * Within one key, viewpoint and subject the newest complete fact that is not stale counts, together with partial
 * facts at least as new: a sample cannot outdate a full count. What is older is history.
 * A scope with stale facts only keeps the newest of them, to be told as stale.
 */
export function selectFactsInForce({
  facts,
  evidence,
  catalogue,
  now,
  language,
}: Pick<ReadinessInput, 'facts' | 'evidence' | 'catalogue' | 'now' | 'language'>): FactsInForce {
  const words = reasonWords(language)
  const ends = new Map(evidence.map(({ revisionId, validUntil }) => [revisionId, validUntil]))
  const once = new Map(facts.map((fact) => [fact.id, fact]))
  const standing = sortedBy(
    once.values(),
    (fact) => fact.key,
    scopeOf,
    (fact) => fact.id,
  ).map((fact) => ({
    fact,
    standing: standingOf(
      {
        kind: fact.evidenceKind,
        observedAt: new Date(fact.observedAt),
        validUntil: ends.get(fact.revisionId) ?? null,
      },
      catalogue,
      now,
      words,
    ),
  }))
  const byKey = groupBy(standing, ({ fact }) => fact.key)
  return new Map(
    [...byKey].map(([key, group]) => [
      key,
      [...groupBy(group, ({ fact }) => scopeOf(fact)).values()].map((scope) => pickCurrent(scope, now)),
    ]),
  )
}

function pickCurrent(group: StandingFact[], now: Date): StandingFact[] {
  // What says nothing, such as a share of no machines at all, outdates nothing; it is told beside what does.
  const isSilent = ({ fact }: StandingFact) => readFact(fact, {}, now) === null
  const ignored = group.filter(
    (item) => item.standing.state === 'ignored' || (isLive(item) && isSilent(item)),
  )
  const live = group.filter((item) => isLive(item) && !isSilent(item))
  if (live.length === 0) {
    const stale = group.filter(({ standing }) => standing.state === 'stale')
    const newest = newestTime(stale)
    return [...stale.filter((item) => timeOf(item) === newest), ...ignored]
  }
  const complete = live.filter(({ fact }) => fact.completeness === 'complete')
  const newest = complete.length > 0 ? newestTime(complete) : Number.NEGATIVE_INFINITY
  const partial = live.filter(({ fact }) => fact.completeness === 'partial')
  // Without a full count the newest sample speaks, and older samples are history.
  const since = complete.length > 0 ? newest : newestTime(partial)
  return [
    ...complete.filter((item) => timeOf(item) === newest),
    ...partial.filter((item) => timeOf(item) >= since),
    ...ignored,
  ]
}

/** Whether a fact that the condition asks for is in force; `about` is the fact that the rule looks at. */
export function conditionHolds(
  condition: FactCondition,
  about: FactSource,
  facts: FactsInForce,
  now: Date,
): boolean {
  const candidates = (facts.get(condition.fact) ?? []).flat().filter(isLive)
  return candidates.some(({ fact }) => {
    if (!condition.viewpoints.includes(fact.scope.viewpoint)) return false
    if (condition.sameSubject && foldSubject(fact) !== foldSubject(about)) return false
    if (condition.later && Date.parse(fact.observedAt) <= Date.parse(about.observedAt)) return false
    if (!condition.test) return true
    const reading = readFact(fact, {}, now)
    return reading !== null && testHolds(condition.test, reading, { fact, now, answerNumber: null }) === true
  })
}

export function isLive({ standing }: StandingFact): boolean {
  return standing.state === 'fresh' || standing.state === 'expiring'
}

function scopeOf(fact: FactSource): string {
  return `${fact.scope.viewpoint} ${foldSubject(fact)}`
}

/** The same place written with other capitals or spaces is the same place. */
function foldSubject({ scope }: FactSource): string {
  return scope.subject.trim().replace(/\s+/g, ' ').toLowerCase()
}

function timeOf({ fact }: StandingFact): number {
  return Date.parse(fact.observedAt)
}

function newestTime(items: readonly StandingFact[]): number {
  return items.reduce((newest, item) => Math.max(newest, timeOf(item)), Number.NEGATIVE_INFINITY)
}
