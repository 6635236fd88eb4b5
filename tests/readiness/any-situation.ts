/** Random situations of all controls: answers, facts, documents and exceptions, sensible ones and absurd ones. */
import fc from 'fast-check'
import type { EvidenceSource, FactSource, ReadinessInput } from '#app/readiness/status.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { ask, catalogue, claim, daysAgo, form, NOW } from './situation.ts'

const controls = catalogue.controls
const edition = form(...controls.map((control) => ask(control.id, control.id, { required: false })))
const keys = [...new Set(controls.flatMap((control) => control.rules.map((rule) => rule.fact)))]
const kinds = [...catalogue.evidenceKinds.map((kind) => kind.id), 'unheard-of']
const age = fc.integer({ min: -3, max: 420 })

const anyFact = fc.record({
  key: fc.constantFrom(...keys),
  value: fc.oneof(
    fc.boolean(),
    fc.integer({ min: 0, max: 120 }),
    fc.constantFrom('none', 'reject', 'failed', '2026-01-01', 'never', '{value}'),
  ),
  counts: fc.option(fc.tuple(fc.nat(40), fc.nat(40)), { nil: undefined }),
  viewpoint: fc.constantFrom('external', 'internal', 'tenant', 'statement'),
  subject: fc.constantFrom('one', 'ONE ', 'two'),
  age,
  completeness: fc.constantFrom('complete', 'partial'),
  evidenceKind: fc.constantFrom(...kinds),
})

export const anySituation = fc.record({
  answers: fc.tuple(
    ...controls.map((control) =>
      fc.option(fc.subarray(Object.keys(control.claims), { minLength: 1, maxLength: 3 }), { nil: undefined }),
    ),
  ),
  facts: fc.array(anyFact, { maxLength: 40 }),
  evidence: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      item: fc.nat(9),
      age,
      left: fc.option(age, { nil: null }),
      controls: fc.subarray(
        controls.map((control) => control.id),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 15 },
  ),
  exceptions: fc.array(
    fc.record({ question: fc.constantFrom(...controls.map((control) => control.id)), left: age }),
    { maxLength: 6 },
  ),
})

type Made = typeof anySituation extends fc.Arbitrary<infer Value> ? Value : never

/** The situation as the engine takes it. */
export function inputFrom(made: Made): ReadinessInput {
  const facts = made.facts.map(
    (item, index): FactSource => ({
      id: `f${index}`,
      revisionId: `r${index % 7}`,
      evidenceKind: item.evidenceKind,
      key: item.key,
      value: item.value,
      ...(item.counts ? { numerator: item.counts[0], denominator: item.counts[1] } : {}),
      scope: { viewpoint: item.viewpoint as 'external', subject: item.subject },
      observedAt: daysAgo(item.age).toISOString(),
      completeness: item.completeness as 'complete',
      collector: 'fast-check',
    }),
  )
  const evidence = made.evidence.map(
    (item, index): EvidenceSource => ({
      revisionId: `r${index}`,
      evidenceId: `e${item.item}`,
      kind: item.kind,
      title: `Title ${index}`,
      observedAt: daysAgo(item.age),
      validUntil: item.left === null ? null : daysAgo(-item.left),
      controlIds: item.controls,
      questionIds: [],
    }),
  )
  const exceptions = made.exceptions.map(({ question, left }, index) => ({
    id: `x${index}`,
    questionId: question,
    reason: '',
    compensatingControl: '',
    owner: '',
    approvedBy: '',
    expiresOn: daysAgo(-left).toISOString().slice(0, 10),
  }))
  const answers = Object.fromEntries(
    controls.flatMap((control, index): [string, Answer][] => {
      const claims = made.answers[index]
      return claims ? [[control.id, claim(...claims)]] : []
    }),
  )
  return { edition, catalogue, answers, facts, evidence, exceptions, now: NOW }
}
