import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { actionsFor } from '#app/readiness/summary.ts'
import { anySituation, inputFrom } from './any-situation.ts'

function freeze<T>(value: T): T {
  if (value && typeof value === 'object' && !(value instanceof Date)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}

describe('readiness', () => {
  it('is the same in whatever order its input comes, and changes none of it', () => {
    fc.assert(
      fc.property(anySituation, fc.infiniteStream(fc.nat()), (made, random) => {
        const shuffle = <T>(items: readonly T[]) =>
          items
            .map((item) => [random.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item)
        const input = inputFrom(made)
        const shuffled = {
          ...input,
          facts: shuffle(input.facts),
          evidence: shuffle(input.evidence),
          exceptions: shuffle(input.exceptions),
          answers: Object.fromEntries(shuffle(Object.entries(input.answers))),
        }
        freeze([input.facts, input.evidence, input.exceptions, input.answers])
        const readiness = evaluateReadiness(input)
        expect(evaluateReadiness(shuffled)).toEqual(readiness)
        expect(actionsFor(evaluateReadiness(shuffled))).toEqual(actionsFor(readiness))
      }),
      { numRuns: 150, seed: 20261124 },
    )
  })

  it('keeps its promises in every situation', () => {
    fc.assert(
      fc.property(anySituation, (made) => {
        const input = inputFrom(made)
        const { answers, controls: judged, blocking } = evaluateReadiness(input)
        const byId = new Map(answers.map((answer) => [answer.questionId, answer]))
        for (const answer of answers) {
          const outcomes = new Set(answer.reasons.map((reason) => reason.outcome))
          expect(answer.status === 'contradicted').toBe(outcomes.has('contradicts'))
          if (answer.status === 'supported') expect(outcomes).toContain('supports')
          if (answer.status !== 'contradicted') expect(answer.exceptionId).toBeNull()
          const isBlocked = blocking.some(
            (obstacle) => obstacle.questionId === answer.questionId && obstacle.why === 'contradicted',
          )
          expect(isBlocked).toBe(answer.status === 'contradicted' && answer.exceptionId === null)
          for (const { sentence } of answer.reasons)
            expect(sentence).not.toMatch(/\{(?!value\})|undefined|NaN|Invalid/)
        }
        for (const control of judged) {
          const spoken = control.questionIds.map((id) => byId.get(id))
          if (control.status === 'met')
            expect(
              spoken.every((answer) => ['supported', 'not-claimed'].includes(answer?.status ?? '')),
            ).toBe(true)
          expect(control.reasons.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 150, seed: 24112026 },
    )
  })
})
