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
    ['91 days ago', daysAgo(91), 'stale'],
    ['a moment from now', new Date(now.getTime() + 1), 'future'],
  ])('observed %s', (_, observedAt, freshness) => {
    expect(freshnessOf(dated({ observedAt }), now)).toBe(freshness)
  })
})

test.each([
  [
    'a contract in force',
    { freshDays: null, maximumDays: null, validUntil: now, observedAt: daysAgo(800) },
    'fresh',
  ],
  [
    'a contract that ended',
    { freshDays: null, maximumDays: null, validUntil: daysAgo(0, 1), observedAt: daysAgo(8) },
    'stale',
  ],
  ['a fresh observation of what has ended', { validUntil: daysAgo(1), observedAt: daysAgo(2) }, 'stale'],
  ['a plan reviewed 300 days ago', { freshDays: null, maximumDays: 365, observedAt: daysAgo(300) }, 'fresh'],
  ['a plan reviewed 366 days ago', { freshDays: null, maximumDays: 365, observedAt: daysAgo(366) }, 'stale'],
  ['an ended contract from the future', { validUntil: daysAgo(1), observedAt: daysAgo(-1) }, 'future'],
] as const)('%s', (_, over, freshness) => {
  expect(freshnessOf(dated(over), now)).toBe(freshness)
})

it('refuses a date that is none', () => {
  expect(() => freshnessOf(dated({ observedAt: new Date('x') }), now)).toThrow(RangeError)
  expect(() => freshnessOf(dated({ validUntil: new Date('x') }), now)).toThrow(RangeError)
})

it('counts whole days', () => {
  expect([ageDays(daysAgo(3, -1), now), ageDays(daysAgo(3), now), ageDays(daysAgo(-1), now)]).toEqual([
    2, 3, -1,
  ])
})
