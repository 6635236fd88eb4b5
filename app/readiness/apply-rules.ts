/** Holds the facts in force against the rules of one control, for the claims that one answer makes. */
import type { ControlRule } from '#questionnaires/controls.ts'
import type { Question } from '#questionnaires/definition.ts'
import { readFact, testHolds } from './fact-reading.ts'
import { conditionHolds, type FactsInForce, type StandingFact } from './facts-in-force.ts'
import { type Finding, finding, type Subject } from './findings.ts'
import { fillSentence, wordsAbout } from './sentences.ts'
import type { FactSource } from './status.ts'

export const SEEN_FROM = {
  external: 'from the internet',
  internal: 'from inside the network',
  tenant: 'in the console',
  statement: 'in a statement',
} as const

/** Every finding of every rule that examines one of the answer's claims. */
export function applyRules(subject: Subject, facts: FactsInForce, now: Date): Finding[] {
  return (subject.control?.rules ?? []).flatMap((rule) => {
    const claims = rule.claims.filter((claim) => subject.asserted.includes(claim))
    if (claims.length === 0 || !speaksAbout(rule, subject.question)) return []
    return (facts.get(rule.fact) ?? [])
      .flatMap((scope) => decideScope(scope.flatMap((item) => applyRule(rule, item, subject, facts, now))))
      .map(({ fact: _, ...item }) => ({ ...item, claims }))
  })
}

interface Applied extends Finding {
  fact: StandingFact['fact']
}

/** Two full counts of one moment that disagree: the worse one stands. */
function decideScope(applied: Applied[]): Applied[] {
  const rank = { contradicts: 0, weakens: 1, supports: 2, 'not-comparable': 3, stale: 3 }
  const complete = applied.filter(
    ({ fact, outcome }) => fact.completeness === 'complete' && rank[outcome] < 3,
  )
  const worst = Math.min(...complete.map(({ outcome }) => rank[outcome]))
  return applied.filter((item) => !complete.includes(item) || rank[item.outcome] === worst)
}

function applyRule(
  rule: ControlRule,
  { fact, standing }: StandingFact,
  subject: Subject,
  facts: FactsInForce,
  now: Date,
): Applied[] {
  const tell = (
    outcome: Finding['outcome'],
    sentence: string,
    remedy: string | null,
    more: Partial<Finding> = {},
  ) => [
    {
      ...finding({
        outcome,
        sentence,
        remedy,
        ruleId: rule.id,
        about: fact.scope.subject,
        factIds: [fact.id],
        revisionIds: [fact.revisionId],
        ...more,
      }),
      fact,
    },
  ]
  const { say, list } = subject.words
  const { viewpoint } = fact.scope
  const seen = say(`seen.${viewpoint}`)
  const againstOnly = rule.againstOnly?.includes(viewpoint) ?? false
  const about = wordsAbout(fact, { kind: 'text', value: '' }, subject.words)
  const source = say('source', { kind: standing.kindLabel, subject: about.subject ?? '' })
  const { why } = standing
  if (standing.state === 'ignored') return tell('not-comparable', say('fact-ignored', { source, why }), null)
  if (!rule.viewpoints.includes(viewpoint) && !againstOnly) {
    const wanted = list(rule.viewpoints.map((place) => say(`seen.${place}`)))
    const sentence = say('fact-elsewhere', { source, seen, wanted })
    return tell('not-comparable', sentence, null)
  }
  if (standing.state === 'stale') {
    const sentence = say('fact-stale', { source, why })
    return tell('stale', sentence, say('collect-again', { kind: standing.kindLabel }))
  }
  if (rule.when && !conditionHolds(rule.when, fact, facts, now)) return []
  if (rule.unless && conditionHolds(rule.unless, fact, facts, now)) return []

  const reading = readFact(fact, rule, now)
  const outcome = reading && judge(rule, fact, reading, subject.answerNumber, now)
  if (!reading || outcome === 'unreadable') {
    return tell('not-comparable', say('fact-unreadable', { source }), say('fact-unreadable.remedy'))
  }
  if (!outcome) return []
  const words = wordsAbout(fact, reading, subject.words)
  const sentence = fillSentence(
    outcome === 'supports' ? (rule.supportsReason ?? rule.reason) : rule.reason,
    words,
    say('not-stated'),
  )
  const note = standing.state === 'expiring' ? ` ${standing.why}` : ''
  if (outcome !== 'supports') {
    const context = { fact, now, answerNumber: subject.answerNumber }
    const excusable = Boolean(rule.excusable && testHolds(rule.excusable, reading, context))
    return tell(outcome, sentence + note, rule.remedy, {
      excusable,
      counterExample: rule.counterExample ?? false,
    })
  }
  // The rule's own sentence would state as a fact what was not shown.
  if (fact.completeness === 'partial') {
    const partial = say('fact-partial', { source, note: words.note ?? '' })
    return tell('not-comparable', partial, say('fact-partial.remedy', { kind: standing.kindLabel }))
  }
  if (againstOnly) {
    const place = list(rule.viewpoints.map((view) => say(`seen.${view}`)))
    const weak = say('fact-against-only', { source, seen, place })
    return tell('not-comparable', weak, null)
  }
  return tell('supports', sentence + note, null)
}

function judge(
  rule: ControlRule,
  fact: StandingFact['fact'],
  reading: NonNullable<ReturnType<typeof readFact>>,
  answerNumber: number | null,
  now: Date,
) {
  for (const outcome of ['contradicts', 'weakens', 'supports'] as const) {
    const test = rule[outcome]
    if (!test) continue
    const holds = testHolds(test, reading, { fact, now, answerNumber })
    if (holds === null) return 'unreadable'
    if (holds) return outcome
  }
  return null
}

/** Whether the rule is about the people or machines that the question asks for. */
export function speaksAbout({ population }: ControlRule, question: Question): boolean {
  if (!population) return true
  const text = `${question.kind === 'percent' ? question.population : ''} ${question.scope ?? ''}`
    .trim()
    .toLowerCase()
  if (!text) return !population.none
  const mentions = (words: readonly string[]) => words.some((word) => new RegExp(`\\b${word}`).test(text))
  return (!population.any || mentions(population.any)) && !(population.none && mentions(population.none))
}

/**
 * Ids of revisions out of which facts were read that bear on the claims: attaching such a document says nothing that
 * its facts do not, also once newer facts have outdated them.
 */
export function revisionsThatSpeak(
  subject: Subject,
  factsByKey: ReadonlyMap<string, readonly FactSource[]>,
): ReadonlySet<string> {
  const decisive = (subject.control?.rules ?? []).filter(
    (rule) => rule.supports && rule.claims.some((claim) => subject.asserted.includes(claim)),
  )
  return new Set(
    decisive.flatMap((rule) => (factsByKey.get(rule.fact) ?? []).map(({ revisionId }) => revisionId)),
  )
}
