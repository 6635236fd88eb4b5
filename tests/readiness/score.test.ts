import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { describeFraction, describeScore, scoreReadiness } from '#app/readiness/score.ts'
import type { AnswerReadiness, Readiness } from '#app/readiness/status.ts'
import { CORE_CASES } from './rule-table.ts'
import { FURTHER_CASES } from './rule-table-further.ts'
import { ask, catalogue, claim, document, exception, form, situation } from './situation.ts'

const CONTROLS = ['mfa-email', 'mfa-remote-access', 'edr-coverage', 'ir-plan']
type Judged = Pick<AnswerReadiness, 'status' | 'weakened' | 'exceptionId'>

const anyJudged: fc.Arbitrary<Judged & { controlId: string | null }> = fc.record({
  controlId: fc.constantFrom(...CONTROLS, null),
  status: fc.constantFrom('supported', 'unsupported', 'stale', 'contradicted', 'not-claimed'),
  weakened: fc.boolean(),
  exceptionId: fc.constantFrom('exception-1', null),
})
type Made = typeof anyJudged extends fc.Arbitrary<infer Value> ? Value : never

/** As the engine gives it: only the supported are weakened, only the contradicted are excepted. */
function readinessOf(made: readonly Made[]): Pick<Readiness, 'answers' | 'blocking'> {
  const answers = made.map(
    ({ controlId, status, weakened, exceptionId }, index): AnswerReadiness => ({
      questionId: `q${index}`,
      controlId,
      claim: null,
      claims: [],
      status,
      weakened: status === 'supported' && weakened,
      exceptionId: status === 'contradicted' ? exceptionId : null,
      reasons: [],
      elsewhere: [],
    }),
  )
  const blocking = answers
    .filter((answer) => answer.status === 'contradicted' && !answer.exceptionId)
    .map(({ questionId }) => ({ questionId, why: 'contradicted' as const, sentence: '' }))
  return { answers, blocking }
}

const scoresOf = (made: readonly Made[]) => scoreReadiness(readinessOf(made), catalogue)
const percentOf = (made: readonly Made[]) => scoresOf(made).edition.percent
const many = fc.array(anyJudged, { minLength: 1, maxLength: 30 })
/** One of the answers becomes something else. */
const changing = fc.tuple(many, fc.nat()).map(([made, at]) => ({ made, at: at % made.length }))
const changed = (made: readonly Made[], at: number, to: Partial<Made>) =>
  made.map((item, index) => (index === at ? { ...item, ...to } : item))

describe('the readiness score', () => {
  it('never rises when an answer becomes contradicted', () => {
    fc.assert(
      fc.property(changing, fc.constantFrom('exception-1', null), ({ made, at }, exceptionId) => {
        const after = percentOf(changed(made, at, { status: 'contradicted', exceptionId }))
        expect(after).not.toBeNull()
        // Where nothing was claimed before, a contradiction makes a score of nothing.
        expect(after!).toBeLessThanOrEqual(percentOf(made) ?? 0)
      }),
    )
  })

  it('never falls when a claim becomes supported', () => {
    fc.assert(
      fc.property(changing, fc.boolean(), ({ made, at }, weakened) => {
        const before = made[at]!
        fc.pre(before.status !== 'not-claimed')
        fc.pre(before.status !== 'supported' || before.weakened || !weakened)
        const after = percentOf(changed(made, at, { status: 'supported', weakened }))
        expect(after!).toBeGreaterThanOrEqual(percentOf(made)!)
      }),
    )
  })

  it('is 100 exactly where every claim is supported without weakness', () => {
    fc.assert(
      fc.property(many, (made) => {
        const claims = readinessOf(made).answers.filter(({ status }) => status !== 'not-claimed')
        const isFull =
          claims.length > 0 && claims.every((item) => item.status === 'supported' && !item.weakened)
        expect(percentOf(made) === 100).toBe(isFull)
      }),
    )
    const almost = Array.from({ length: 1000 }, (_, index): Made => {
      return { controlId: null, status: 'supported', weakened: index === 0, exceptionId: null }
    })
    expect(percentOf(almost)).toBe(99)
  })

  it('does not depend on the order of the answers', () => {
    const shuffled = many.chain((made) =>
      fc.tuple(
        fc.constant(readinessOf(made)),
        fc.shuffledSubarray(
          made.map((_, index) => index),
          { minLength: made.length },
        ),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([readiness, order]) => {
        const { answers, blocking } = readiness
        const other = { answers: order.map((index) => answers[index]!), blocking: blocking.toReversed() }
        expect(scoreReadiness(other, catalogue)).toEqual(scoreReadiness(readiness, catalogue))
      }),
    )
  })

  it('is never ready, nor told alone, beside a contradiction without exception', () => {
    fc.assert(
      fc.property(many, (made) => {
        const { edition, domains } = scoresOf(made)
        for (const score of [edition, ...domains]) {
          if (score.contradicted === 0) continue
          expect(score.isReady).toBe(false)
          expect(describeScore(score)).toMatch(new RegExp(`^\\d+, ${score.contradicted} contradicted$`))
        }
        expect(edition.isReady).toBe(edition.contradicted === 0)
      }),
    )
  })

  it('counts every applicable answer once: blocking, weak or ready', () => {
    fc.assert(
      fc.property(many, (made) => {
        const { edition } = scoresOf(made)
        const { blocking, weak, ready } = edition.answers
        expect(blocking + weak + ready).toBe(made.length)
        expect(edition.claims + edition.unclaimed).toBe(made.length)
        expect(edition.carried).toBe(edition.supported + edition.weakened / 2)
      }),
    )
  })

  it('tells the number with its fraction', () => {
    const make = (status: Made['status'], weakened = false): Made => {
      return { controlId: 'mfa-email', status, weakened, exceptionId: null }
    }
    const { edition, domains } = scoresOf([
      make('supported'),
      make('supported', true),
      make('contradicted'),
      make('not-claimed'),
    ])
    expect(describeScore(edition)).toBe('50, 1 contradicted')
    expect(describeFraction(edition)).toBe('1.5 of 3 claims')
    expect(domains).toEqual([{ domainId: 'identity', label: 'Identity and MFA', ...edition }])
    expect(describeScore(scoresOf([make('not-claimed')]).edition)).toBe('Nothing claimed')
  })
})

describe('the score of what the engine judged', () => {
  const scoreWith = (control: string, claimed: string, question: Record<string, unknown> | undefined) => {
    const edition = form(ask(control, control, question))
    return (facts: Parameters<typeof situation>[2]) =>
      scoreReadiness(evaluateReadiness(situation(edition, { [control]: claim(claimed) }, facts)), catalogue)
        .edition
  }
  const rows = [...CORE_CASES, ...FURTHER_CASES].filter(({ outcome }) => outcome !== null)

  it.each(['contradicts', 'supports'] as const)('moves the right way for every rule that %s', (outcome) => {
    for (const row of rows.filter((item) => item.outcome === outcome)) {
      const score = scoreWith(row.control, row.claim, row.question)
      const kind = catalogue.controls.find(({ id }) => id === row.control)!.evidence[0]!
      const attached = document(kind, { controlIds: [row.control], validUntil: new Date('2027-06-01') })
      for (const evidence of [[], [attached]]) {
        const before = score({ evidence }).percent ?? 0
        const after = score({ evidence, facts: row.facts })
        if (outcome === 'contradicts') expect(after.percent).toBeLessThanOrEqual(before)
        if (outcome === 'contradicts') expect(after.isReady).toBe(false)
        if (outcome === 'supports' && evidence.length === 0) expect(after.percent).toBeGreaterThan(before)
      }
    }
  })

  it('is not lowered by a screenshot beside an export', () => {
    const score = scoreWith('mfa-email', 'yes', undefined)
    const strong = document('idp-policy-export', { controlIds: ['mfa-email'] })
    const weak = document('console-screenshot', { controlIds: ['mfa-email'] })
    expect([[weak], [strong], [weak, strong]].map((evidence) => score({ evidence }).percent)).toEqual([
      50, 100, 100,
    ])
  })

  it('is ready but not better with an exception', () => {
    const evidence = [document('declined-service-waiver', { controlIds: ['mfa-email'] })]
    const score = scoreWith('mfa-email', 'yes', undefined)
    expect(score({ evidence })).toMatchObject({ percent: 0, contradicted: 1, isReady: false })
    expect(score({ evidence, exceptions: [exception('mfa-email')] })).toMatchObject({
      percent: 0,
      contradicted: 0,
      excepted: 1,
      isReady: true,
      answers: { blocking: 0, weak: 1, ready: 0 },
    })
  })
})
