import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ComparisonSources,
  compareFacts,
  compareWithSigned,
  findLapses,
  type SignedAnswer,
} from '#app/readiness/reattestation.ts'
import { MARKS } from '#app/readiness/reattestation-marks.ts'
import {
  addMonths,
  attestedPeriods,
  periodOf,
  periodToReattest,
} from '#app/readiness/reattestation-periods.ts'
import type { AnswerReadiness, AnswerStatus, FactSource, Reason } from '#app/readiness/status.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'

const STATUSES: AnswerStatus[] = ['supported', 'unsupported', 'stale', 'contradicted', 'not-claimed']

const reason = (words: Partial<Reason> = {}): Reason => ({
  outcome: 'supports',
  sentence: 'It is seen.',
  remedy: null,
  ruleId: null,
  factIds: [],
  revisionIds: [],
  ...words,
})
const against = (sentence: string) => reason({ outcome: 'contradicts', sentence })

const signed = (words: Partial<SignedAnswer> = {}): SignedAnswer => ({
  questionId: 'mfa',
  status: 'supported',
  weakened: false,
  exceptionId: null,
  reasons: [],
  ...words,
})

const today = (words: Partial<AnswerReadiness> = {}): AnswerReadiness => ({
  questionId: 'mfa',
  controlId: null,
  claim: null,
  claims: [],
  status: 'supported',
  weakened: false,
  exceptionId: null,
  reasons: [],
  elsewhere: [],
  ...words,
})

function compare(then: SignedAnswer, now: AnswerReadiness | null, more: Partial<ComparisonSources> = {}) {
  const [compared] = compareWithSigned({
    signed: [then],
    today: now ? [now] : [],
    changed: new Set(),
    lapses: new Map(),
    revisionOf: () => undefined,
    factValue: () => null,
    since: new Map(),
    observedOn: () => undefined,
    ...more,
  })
  if (!compared) throw new Error('Nothing was compared')
  return compared
}

describe('an answer', () => {
  test('that reads as it did is unchanged, whatever its status was', () => {
    for (const status of STATUSES) {
      const exceptionId = status === 'contradicted' ? 'x' : null
      const reasons = status === 'contradicted' ? [against('Open port')] : []
      expect(
        compare(signed({ status, exceptionId, reasons }), today({ status, exceptionId, reasons })).marks,
      ).toEqual(['unchanged'])
    }
  })

  test('is contradicted since by what was not there, with the day from the record', () => {
    const compared = compare(signed(), today({ status: 'contradicted', reasons: [against('Open port')] }), {
      since: new Map([['mfa', '2026-02-03']]),
    })
    expect(compared).toMatchObject({ mark: 'contradicted', since: '2026-02-03' })
    expect(compared.against.map(({ sentence }) => sentence)).toEqual(['Open port'])
  })

  test('that was signed under an exception is contradicted anew once the exception has ended', () => {
    const reasons = [against('Open port')]
    const then = signed({ status: 'contradicted', exceptionId: 'x', reasons })
    expect(compare(then, today({ status: 'contradicted', exceptionId: 'x', reasons })).mark).toBe('unchanged')
    expect(compare(then, today({ status: 'contradicted', exceptionId: null, reasons })).mark).toBe(
      'contradicted',
    )
  })

  test('lists which evidence expired, and only of what had supported it', () => {
    const lapse = { revisionId: 'r1', title: 'Scan', why: 'aged' as const, since: '2026-03-01' }
    const lapses = new Map([
      ['r1', lapse],
      ['r2', { ...lapse, revisionId: 'r2' }],
    ])
    const then = signed({ reasons: [reason({ revisionIds: ['r1'] })] })
    const compared = compare(then, today({ status: 'stale' }), { lapses })
    expect(compared).toMatchObject({ mark: 'evidence-expired', lapsed: [lapse] })
  })

  test('carries every mark that holds, the gravest first', () => {
    const compared = compare(signed(), today({ status: 'contradicted', reasons: [against('No')] }), {
      changed: new Set(['mfa']),
    })
    expect(compared.marks).toEqual(['contradicted', 'changed'])
  })

  test('that is supported now and was not is told, and one that applies no more is changed', () => {
    expect(compare(signed({ status: 'unsupported' }), today()).mark).toBe('supported-newly')
    expect(compare(signed(), null).mark).toBe('changed')
  })
})

const anyReason = fc.record({
  outcome: fc.constantFrom('supports', 'weakens', 'contradicts', 'stale', 'not-comparable'),
  sentence: fc.constantFrom('a', 'b', 'c'),
})
const anyAnswer = fc.record({
  questionId: fc.constantFrom('q1', 'q2', 'q3', 'q4'),
  status: fc.constantFrom(...STATUSES),
  weakened: fc.boolean(),
  exceptionId: fc.constantFrom(null, 'x'),
  reasons: fc.array(anyReason.map(reason), { maxLength: 3 }),
})
const manyAnswers = fc.uniqueArray(anyAnswer, { selector: ({ questionId }) => questionId })

test('comparing with itself marks nothing but contradictions without an exception', () => {
  fc.assert(
    fc.property(manyAnswers, (answers) => {
      const compared = compareWithSigned({
        signed: answers,
        today: answers.map((answer) => today(answer)),
        changed: new Set(),
        lapses: new Map(),
        revisionOf: () => undefined,
        factValue: () => null,
        since: new Map(),
        observedOn: () => undefined,
      })
      for (const [index, { mark }] of compared.entries()) {
        const uncovered = answers[index]?.status === 'contradicted' && answers[index]?.exceptionId === null
        expect(mark).toBe(uncovered ? 'contradicted' : 'unchanged')
      }
    }),
  )
})

test('every signed answer is compared once, in its order, and its mark is the gravest of its marks', () => {
  fc.assert(
    fc.property(
      manyAnswers,
      manyAnswers,
      fc.array(fc.constantFrom('q1', 'q2', 'q3', 'q4')),
      (then, now, changed) => {
        const sources = {
          signed: then,
          changed: new Set(changed),
          lapses: new Map(),
          revisionOf: () => undefined,
          factValue: () => null,
          since: new Map(),
          observedOn: () => undefined,
        }
        const compared = compareWithSigned({ ...sources, today: now.map((answer) => today(answer)) })
        expect(compared.map(({ questionId }) => questionId)).toEqual(then.map(({ questionId }) => questionId))
        for (const { mark, marks, lapsed } of compared) {
          expect(marks[0]).toBe(mark)
          expect([...marks].sort((a, b) => MARKS.indexOf(a) - MARKS.indexOf(b))).toEqual(marks)
          expect(marks.includes('unchanged')).toBe(marks.length === 1 && mark === 'unchanged')
          if (!marks.includes('evidence-expired')) expect(lapsed).toEqual([])
        }
        const shuffled = [...now].reverse().map((answer) => today(answer))
        expect(compareWithSigned({ ...sources, today: shuffled })).toEqual(compared)
      },
    ),
  )
})

test('evidence lapses by its kind’s limit, by its own end, or because it was withdrawn', () => {
  const catalogue = loadCatalogue()
  const item = (revisionId: string, validUntil: Date | null, kind = 'vuln-scan-summary') => ({
    revisionId,
    title: revisionId,
    kind,
    observedAt: new Date('2026-01-05T00:00:00Z'),
    validUntil,
  })
  const limit = catalogue.evidenceKinds.find(({ id }) => id === 'vuln-scan-summary')?.maximumDays ?? 0
  const past = new Date(Date.parse('2026-01-05') + (limit + 1) * 86_400_000)
  const items = [item('aged', null), item('ended', new Date('2026-01-20T00:00:00Z'))]
  const lapses = findLapses(items, new Set(['aged', 'ended']), catalogue, past)
  expect(lapses.get('aged')).toMatchObject({ why: 'aged', since: past.toISOString().slice(0, 10) })
  expect(lapses.get('ended')).toMatchObject({ why: 'ended', since: '2026-01-20' })
  const day = new Date('2026-01-06T00:00:00Z')
  expect(findLapses([item('gone', null)], new Set(), catalogue, day).get('gone')?.why).toBe('withdrawn')
  expect(findLapses([item('there', null)], new Set(['there']), catalogue, day).size).toBe(0)
})

test('facts of the same place that say the same are no change; another value, a new one and a lost one are', () => {
  const now = new Date('2026-01-10T00:00:00Z')
  const fact = (id: string, words: Partial<FactSource> = {}): FactSource => ({
    id,
    revisionId: 'r',
    evidenceKind: 'vuln-scan-summary',
    key: 'exposure.rdp_open',
    scope: { viewpoint: 'external', subject: 'example.test' },
    value: 0,
    observedAt: '2026-01-05T00:00:00.000Z',
    completeness: 'complete',
    collector: 'scan',
    ...words,
  })
  const with_ = (facts: FactSource[]) => ({ facts, evidence: [], catalogue: loadCatalogue(), now })
  const compared = (a: FactSource[], b: FactSource[]) => compareFacts(with_(a), with_(b)).length
  expect(compared([fact('a')], [fact('b', { observedAt: '2026-01-08T00:00:00.000Z' })])).toBe(0)
  expect(compared([fact('a')], [fact('b', { value: 2 })])).toBe(1)
  expect(compared([], [fact('b')])).toBe(1)
  expect(compared([fact('a')], [])).toBe(1)
})

const anyDay = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('periods', () => {
  test('end on a month’s last day where the day does not exist, and come back to the 31st', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
    expect(periodOf('2026-10-31', 3, 1)).toEqual({ first: '2027-01-31', last: '2027-04-29' })
    expect(periodOf('2026-10-31', 3, 2)).toEqual({ first: '2027-04-30', last: '2027-07-30' })
  })

  test('follow each other without a gap or an overlap', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 12 }), fc.nat(20), (start, months, number) => {
        const [one, next] = [periodOf(start, months, number), periodOf(start, months, number + 1)]
        expect(Date.parse(next.first) - Date.parse(one.last)).toBe(86_400_000)
        expect(one.first <= one.last).toBe(true)
      }),
    )
  })

  test('the one to re-attest holds the day or lies after it, and asking again gives the same', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 1500 }),
        (start, months, otherMonths, later) => {
          const day = new Date(Date.parse(start) + later * 86_400_000).toISOString().slice(0, 10)
          const found = periodToReattest(start, months, [], day)
          if ('next' in found) {
            expect(found.next > day).toBe(true)
            return
          }
          const { period } = found
          expect(period.first <= day && day <= period.last && period.number >= 1).toBe(true)
          expect(period.first > start).toBe(true)
          expect(periodToReattest(start, otherMonths, [period], day)).toEqual({ period })
          const after = new Date(Date.parse(period.last) + 86_400_000).toISOString().slice(0, 10)
          expect(periodToReattest(start, otherMonths, [period], after)).toMatchObject({
            period: { number: period.number + 1, first: after },
          })
        },
      ),
    )
  })

  test.each([1, 3, 6, 12])(
    'that lie before one that was begun keep their length at %i months later',
    (months) => {
      const third = { ...periodOf('2026-01-31', 3, 3), number: 3, attestedOn: null }
      expect(third.first).toBe('2026-10-31')
      const told = attestedPeriods('2026-01-31', months, [third], '2027-01-30')
      expect(told.map(({ number, first, last }) => `${number} ${first} ${last}`).slice(0, 4)).toEqual([
        '0 2026-01-31 2026-04-29',
        '1 2026-04-30 2026-07-30',
        '2 2026-07-31 2026-10-30',
        '3 2026-10-31 2027-01-30',
      ])
      const [next] = attestedPeriods('2026-01-31', months, [third], '2027-01-31').slice(4)
      expect(periodToReattest('2026-01-31', months, [third], '2027-01-31')).toEqual({
        period: { number: next?.number, first: next?.first, last: next?.last },
      })
    },
  )

  test('are told from the first day on without a gap: signed, due or missed', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 0, max: 1500 }),
        fc.array(fc.boolean()),
        (start, later, signs) => {
          const day = new Date(Date.parse(start) + later * 86_400_000).toISOString().slice(0, 10)
          const begun = signs.flatMap((isSigned, index) => {
            const number = index + 1
            const period = periodOf(start, 3, number)
            return period.first <= day
              ? [{ ...period, number, attestedOn: isSigned ? period.first : null }]
              : []
          })
          const told = attestedPeriods(start, 3, begun, day)
          expect(told[0]).toMatchObject({ first: start, state: 'application' })
          for (const [index, { first, last, state }] of told.entries()) {
            const before = told[index - 1]
            if (before) expect(Date.parse(first) - Date.parse(before.last)).toBe(86_400_000)
            if (state === 'missed') expect(last < day).toBe(true)
            if (state === 'due') expect(first <= day && day <= last).toBe(true)
          }
          expect(told.filter(({ state }) => state === 'attested')).toHaveLength(
            begun.filter(({ attestedOn }) => attestedOn).length,
          )
          expect((told.at(-1)?.last ?? '') >= day).toBe(true)
        },
      ),
    )
  })
})
