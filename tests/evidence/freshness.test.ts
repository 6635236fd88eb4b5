import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ageDays, type Dated, freshnessOf } from '#evidence/freshness.ts'

const now = new Date('2026-04-10T12:00:00Z')
const HOUR = 3_600_000
const daysAgo = (days: number, milliseconds = 0) => new Date(now.getTime() - days * 24 * HOUR - milliseconds)
const dated = (over: Partial<Dated>): Dated => ({
  observedAt: now,
  validUntil: null,
  freshDays: 30,
  maximumDays: 90,
  ...over,
})

describe('evidence of a kind that is fresh for 30 days and good for 90', () => {
  test.each([
    ['now', daysAgo(0), 'fresh'],
    ['exactly 30 days ago', daysAgo(30), 'fresh'],
    ['a moment short of 31 days ago', daysAgo(31, -1), 'fresh'],
    ['31 days ago', daysAgo(31), 'expiring'],
    ['exactly 90 days ago', daysAgo(90), 'expiring'],
    ['a moment short of 91 days ago', daysAgo(91, -1), 'expiring'],
    ['91 days ago', daysAgo(91), 'stale'],
    ['a moment from now', new Date(now.getTime() + 1), 'ignored'],
  ])('observed %s', (_, observedAt, state) => {
    expect(freshnessOf(dated({ observedAt }), now).state).toBe(state)
  })
})

const contract = { freshDays: null, maximumDays: null }
test.each([
  [
    'a contract with a year left',
    { ...contract, validUntil: daysAgo(-365), observedAt: daysAgo(800) },
    'fresh',
    null,
  ],
  [
    'a contract with 30 days left',
    { ...contract, validUntil: daysAgo(-30), observedAt: daysAgo(8) },
    'expiring',
    'end',
  ],
  [
    'one with a moment more',
    { ...contract, validUntil: daysAgo(-30, -1), observedAt: daysAgo(8) },
    'fresh',
    null,
  ],
  [
    'a contract in its last moment',
    { ...contract, validUntil: now, observedAt: daysAgo(8) },
    'expiring',
    'end',
  ],
  [
    'a contract that ended',
    { ...contract, validUntil: daysAgo(0, 1), observedAt: daysAgo(8) },
    'stale',
    'end',
  ],
  ['a contract without an end', { ...contract, observedAt: daysAgo(8) }, 'expiring', 'end-unknown'],
  [
    'a fresh observation of what has ended',
    { validUntil: daysAgo(1), observedAt: daysAgo(2) },
    'stale',
    'end',
  ],
  [
    'a plan reviewed 300 days ago',
    { freshDays: null, maximumDays: 365, observedAt: daysAgo(300) },
    'fresh',
    null,
  ],
  [
    'a plan reviewed 366 days ago',
    { freshDays: null, maximumDays: 365, observedAt: daysAgo(366) },
    'stale',
    'age',
  ],
  [
    'an ended contract from the future',
    { validUntil: daysAgo(1), observedAt: daysAgo(-1) },
    'ignored',
    'future',
  ],
  ['a date that is none', { observedAt: new Date('x') }, 'ignored', 'no-date'],
  ['an end that is no date', { validUntil: new Date('x'), observedAt: daysAgo(1) }, 'stale', 'end'],
] as const)('%s', (_, over, state, because) => {
  expect(freshnessOf(dated(over), now)).toMatchObject({ state, because })
})

describe('the next change', () => {
  const change = (over: Partial<Dated>) => {
    const { changesAt, becomes } = freshnessOf(dated(over), now)
    return [changesAt?.toISOString() ?? null, becomes]
  }

  it('is the midnight after the last fresh day for what was observed on a day', () => {
    expect(change({ observedAt: new Date('2026-04-01T00:00:00Z') })).toEqual([
      '2026-05-02T00:00:00.000Z',
      'expiring',
    ])
    expect(change({ observedAt: new Date('2026-03-01T00:00:00Z') })).toEqual([
      '2026-05-31T00:00:00.000Z',
      'stale',
    ])
  })

  it('falls on the last day that a document states', () => {
    const validUntil = new Date('2026-04-20T23:59:59Z')
    expect(change({ ...contract, validUntil })).toEqual(['2026-04-20T23:59:59.001Z', 'ended'])
  })

  it('does not come to what is over or has no end', () => {
    expect(change({ observedAt: daysAgo(100) })).toEqual([null, null])
    expect(change({ ...contract, observedAt: daysAgo(100) })).toEqual([null, null])
    expect(change({ observedAt: new Date('x') })).toEqual([null, null])
  })

  it('is the first moment at which the state is another one', () => {
    const days = fc.option(fc.integer({ min: 0, max: 400 }), { nil: null })
    const moment = fc
      .integer({ min: -500 * 24, max: 500 * 24 })
      .map((hours) => new Date(now.getTime() + hours * HOUR))
    fc.assert(
      fc.property(
        moment,
        fc.option(moment, { nil: null }),
        days,
        days,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (observedAt, validUntil, freshDays, maximumDays, share) => {
          const item = { observedAt, validUntil, freshDays, maximumDays }
          const { state, changesAt } = freshnessOf(item, now)
          const end = changesAt?.getTime() ?? now.getTime() + 2000 * 24 * HOUR
          const between = new Date(now.getTime() + Math.floor((end - 1 - now.getTime()) * share))
          expect(freshnessOf(item, between).state).toBe(state)
          if (changesAt) expect(freshnessOf(item, changesAt).state).not.toBe(state)
        },
      ),
    )
  })
})

it('counts whole days', () => {
  expect([ageDays(daysAgo(3, -1), now), ageDays(daysAgo(3), now), ageDays(daysAgo(-1), now)]).toEqual([
    2, 3, -1,
  ])
})
