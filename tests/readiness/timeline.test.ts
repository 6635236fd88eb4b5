import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { driftSince } from '#app/readiness/drift.ts'
import type { AnswerReadiness, Readiness, Reason } from '#app/readiness/status.ts'
import {
  type CoverState,
  coverOf,
  coverOfControls,
  daysBetween,
  type Strip,
  stripsOf,
} from '#app/readiness/timeline.ts'
import type { Answers } from '#questionnaires/answers.ts'

const STATES: CoverState[] = ['proved', 'unproved', 'contradicted', 'excepted', 'not-claimed', 'unrecorded']
const said: Answers = { q: { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } }

function answer(status: AnswerReadiness['status'], more: Partial<AnswerReadiness> = {}): AnswerReadiness {
  return {
    questionId: 'q',
    controlId: 'c',
    claim: 'yes',
    claims: ['yes'],
    status,
    weakened: false,
    exceptionId: null,
    reasons: [],
    elsewhere: [],
    ...more,
  }
}
const readiness = (...answers: AnswerReadiness[]): Readiness => ({
  asOf: '2026-06-01T12:00:00.000Z',
  answers,
  controls: [
    {
      controlId: 'c',
      status: 'unknown',
      reasons: [],
      questionIds: answers.map(({ questionId }) => questionId),
    },
  ],
  blocking: [],
})
const reason = (sentence: string): Reason => ({
  outcome: 'contradicts',
  sentence,
  remedy: null,
  ruleId: null,
  factIds: ['f'],
  revisionIds: ['r'],
})

describe('what an answer shows on a day', () => {
  test.each([
    ['supported', {}, 'proved'],
    ['unsupported', {}, 'unproved'],
    ['stale', {}, 'unproved'],
    ['contradicted', {}, 'contradicted'],
    ['contradicted', { exceptionId: 'x' }, 'excepted'],
    ['not-claimed', {}, 'not-claimed'],
  ] as const)('%s %o is %s', (status, more, state) => {
    expect(coverOf(answer(status, more), said)).toBe(state)
  })

  test('without an answer on record is no record, whatever a form reads a blank as', () => {
    expect(coverOf(answer('not-claimed'), {})).toBe('unrecorded')
    expect(coverOfControls(readiness(answer('not-claimed')), {}).get('c')).toBe('unrecorded')
  })

  test('makes the control as bad as the worst of its answers', () => {
    const both = { ...said, p: said.q as NonNullable<(typeof said)['q']> }
    const worst = (...answers: AnswerReadiness[]) => coverOfControls(readiness(...answers), both).get('c')
    const proved = answer('supported', { questionId: 'p' })
    expect(worst(proved, answer('contradicted'))).toBe('contradicted')
    expect(worst(proved, answer('contradicted', { exceptionId: 'x' }))).toBe('excepted')
    expect(worst(proved, answer('stale'))).toBe('unproved')
    expect(worst(proved, answer('not-claimed'))).toBe('proved')
  })
})

test('days between two are all of them, leap days included, and none backwards', () => {
  expect(daysBetween('2028-02-27', '2028-03-01')).toEqual([
    '2028-02-27',
    '2028-02-28',
    '2028-02-29',
    '2028-03-01',
  ])
  expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([])
})

describe('a strip', () => {
  test('tells every day once, in order, and no two neighbours alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 200, size: 'max' }),
        (states) => {
          const days = daysBetween('2026-01-01', '2027-01-01').slice(0, states.length)
          const [strip] = stripsOf(
            days,
            states.map((state) => new Map([['c', state]])),
          )
          if (!strip) throw new Error('No strip')
          const told = strip.segments.flatMap(({ state, from, to, days: count }) => {
            const inside = daysBetween(from, to)
            expect(inside).toHaveLength(count)
            return inside.map((day) => [day, state])
          })
          expect(told).toEqual(days.map((day, index) => [day, states[index]]))
          for (const state of STATES)
            expect(strip.days[state]).toBe(states.filter((one) => one === state).length)
          for (const [index, segment] of strip.segments.entries())
            expect(segment.state).not.toBe(strip.segments[index + 1]?.state)
        },
      ),
      { numRuns: 200, seed: 20_261_126 },
    )
  })

  test('of a control that comes later has no record before', () => {
    const [strip] = stripsOf(['2026-01-01', '2026-01-02'], [new Map(), new Map([['c', 'proved']])])
    expect(strip?.segments.map(({ state }) => state)).toEqual(['unrecorded', 'proved'])
  })
})

describe('drift', () => {
  const strip: Strip = {
    id: 'q',
    segments: [
      { state: 'proved', from: '2026-04-01', to: '2026-05-09', days: 39 },
      { state: 'contradicted', from: '2026-05-10', to: '2026-06-01', days: 23 },
    ],
    days: { proved: 39, unproved: 0, contradicted: 23, excepted: 0, 'not-claimed': 0, unrecorded: 0 },
  }
  const between = (before: AnswerReadiness, now: AnswerReadiness) =>
    driftSince(
      { readiness: readiness(before), answers: said },
      { readiness: readiness(now), answers: said },
      [strip],
      (factId) => VALUES[factId],
    )
  const VALUES: Record<string, number> = { 'one host': 1, 'one host again': 1, 'forty hosts': 40 }
  const seen = (factId: string, outcome: 'contradicts' | 'supports' = 'contradicts') => ({
    ...reason(factId),
    outcome,
    ruleId: 'rdp',
    factIds: [factId],
  })

  test('is nothing where the same speaks against an answer as before, or something new speaks for it', () => {
    const held = answer('supported', { reasons: [seen('one host', 'supports')] })
    expect(between(answer('supported'), held)).toEqual([])
    const excepted = (factId: string) => answer('contradicted', { exceptionId: 'x', reasons: [seen(factId)] })
    expect(between(excepted('one host'), excepted('one host again'))).toEqual([])
  })

  test('is told where more speaks against an answer than when it was signed, under an exception too', () => {
    const excepted = (factId: string) => answer('contradicted', { exceptionId: 'x', reasons: [seen(factId)] })
    expect(between(excepted('one host'), excepted('forty hosts'))).toMatchObject([
      { before: 'excepted', now: 'excepted', direction: 'worse', tellBroker: true, factIds: ['forty hosts'] },
    ])
    const weakened = answer('supported', {
      weakened: true,
      reasons: [{ ...reason('a screenshot'), outcome: 'weakens' }],
    })
    expect(between(answer('supported'), weakened)).toMatchObject([
      { before: 'proved', now: 'proved', direction: 'worse', tellBroker: false },
    ])
  })

  test('of a question that no longer applies is that nothing is claimed any more', () => {
    const gone = driftSince(
      { readiness: readiness(answer('supported')), answers: said },
      { readiness: { ...readiness(answer('supported')), answers: [] }, answers: said },
      [strip],
    )
    expect(gone).toMatchObject([{ before: 'proved', now: 'not-claimed' }])
  })

  test('names since when, by what that was not known before, and that the broker should hear', () => {
    const before = answer('supported', { reasons: [reason('old')] })
    const now = answer('contradicted', { reasons: [reason('old'), reason('new')] })
    expect(between(before, now)).toMatchObject([
      {
        before: 'proved',
        now: 'contradicted',
        since: '2026-05-10',
        direction: 'worse',
        reasons: [{ sentence: 'new' }],
        factIds: ['f'],
        tellBroker: true,
      },
    ])
  })

  test('of a proof that grew old is worse and nothing for the broker; of a mended one it is better', () => {
    expect(between(answer('supported'), answer('stale'))).toMatchObject([
      { direction: 'worse', tellBroker: false },
    ])
    expect(between(answer('contradicted'), answer('supported'))).toMatchObject([
      { direction: 'better', tellBroker: false },
    ])
  })

  test('covered by an exception is told to the broker, and one that an exception now covers is no news to hide', () => {
    expect(between(answer('supported'), answer('contradicted', { exceptionId: 'x' }))[0]?.tellBroker).toBe(
      true,
    )
    expect(between(answer('contradicted'), answer('contradicted', { exceptionId: 'x' }))).toMatchObject([
      { now: 'excepted', direction: 'better', tellBroker: false },
    ])
  })
})
