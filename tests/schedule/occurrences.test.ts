import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  daysOfRule,
  findNever,
  nextOccurrence,
  nextOccurrences,
  occurrencesOf,
  type Schedule,
} from '#app/schedule/occurrences.ts'
import { parseRule, type Rule } from '#app/schedule/rule.ts'
import { type PlainChoice, ruleOfChoice } from '#app/schedule/rule-words.ts'
import { shiftDay } from '#app/schedule/zone.ts'

const rule = (text: string): Rule => {
  const parsed = parseRule(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.rule
}
const schedule = (text: string, more: Partial<Schedule> = {}): Schedule => ({
  ...{ rule: text, startsOn: '2026-01-01', timeZone: 'UTC', hour: 9, pauses: [], changes: [] },
  ...more,
})
const from = (day: string) => new Date(`${day}T00:00:00Z`)
const days = (one: Schedule, now: Date, count = 5) => nextOccurrences(one, now, count).map(({ on }) => on)

describe('rules of RFC 5545', () => {
  test.each([
    // From the examples of RFC 5545 §3.8.5.3, days only.
    ['FREQ=DAILY;COUNT=3', '1997-09-02', ['1997-09-02', '1997-09-03', '1997-09-04']],
    ['FREQ=DAILY;UNTIL=19970904', '1997-09-02', ['1997-09-02', '1997-09-03', '1997-09-04']],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=1FR', '1997-09-05', ['1997-09-05', '1997-10-03', '1997-11-07']],
    ['FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3', '1997-09-28', ['1997-09-28', '1997-10-29', '1997-11-28']],
    [
      'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
      '1997-09-04',
      ['1997-09-04', '1997-10-07', '1997-11-06'],
    ],
    [
      'FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
      '1997-09-29',
      ['1997-09-29', '1997-10-30', '1997-11-27'],
    ],
    ['FREQ=YEARLY;COUNT=3;BYDAY=20MO', '1997-05-19', ['1997-05-19', '1998-05-18', '1999-05-17']],
    ['FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO', '1997-05-12', ['1997-05-12', '1998-05-11', '1999-05-17']],
    [
      'FREQ=MONTHLY;COUNT=4;BYDAY=FR;BYMONTHDAY=13',
      '1997-09-02',
      ['1998-02-13', '1998-03-13', '1998-11-13', '1999-08-13'],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      '1997-08-05',
      ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      '1997-08-05',
      ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
    ],
    ['FREQ=YEARLY;COUNT=3', '2024-02-29', ['2024-02-29', '2028-02-29', '2032-02-29']],
    ['FREQ=MONTHLY;COUNT=3', '2026-01-31', ['2026-01-31', '2026-03-31', '2026-05-31']],
  ])('%s from %s', (text, startsOn, expected) => {
    expect(daysOfRule(rule(text), startsOn, startsOn, '2040-01-01')).toEqual(expected)
  })

  test('a rule that never gives a day is told', () => {
    expect(findNever(rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), '2026-01-01')).toContain(
      'never gives a day',
    )
    expect(findNever(rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'), '2026-01-01')).toBeNull()
  })
})

describe('time zones', () => {
  const daily = (timeZone: string, hour: number) => schedule('FREQ=DAILY', { timeZone, hour })

  test('an hour that the clock leaves out comes an hour later, and no day is lost', () => {
    const found = nextOccurrences(daily('Europe/Berlin', 2), new Date('2026-03-27T20:00:00Z'), 3)
    expect(found.map(({ on, at }) => [on, at.toISOString()])).toEqual([
      ['2026-03-28', '2026-03-28T01:00:00.000Z'],
      // 2:00 does not exist: 3:00 in summer time.
      ['2026-03-29', '2026-03-29T01:00:00.000Z'],
      ['2026-03-30', '2026-03-30T00:00:00.000Z'],
    ])
  })

  test('of an hour that comes twice it is the first', () => {
    const found = nextOccurrences(daily('America/New_York', 1), new Date('2026-10-31T12:00:00Z'), 2)
    expect(found.map(({ at }) => at.toISOString())).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-02T06:00:00.000Z',
    ])
  })

  test('the day that an island left out altogether comes on the day after', () => {
    const found = nextOccurrences(
      { ...daily('Pacific/Apia', 9), startsOn: '2011-12-29' },
      new Date('2011-12-29T00:00:00Z'),
      2,
    )
    expect(found.map(({ at }) => at.toISOString())).toEqual([
      '2011-12-29T19:00:00.000Z',
      '2011-12-30T19:00:00.000Z',
    ])
  })
})

describe('pauses and changes', () => {
  const quarterly = schedule('FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1')

  test('a pause leaves its days out, without an end for ever', () => {
    const now = from('2026-01-02')
    expect(days({ ...quarterly, pauses: [{ from: '2026-04-01', until: '2026-07-01' }] }, now, 2)).toEqual([
      '2026-10-01',
      '2027-01-01',
    ])
    expect(days({ ...quarterly, pauses: [{ from: '2026-04-02', until: null }] }, now)).toEqual(['2026-04-01'])
  })

  test('a date is left out or moved, and moved back before another one', () => {
    const changes = [
      { on: '2026-04-01', movedTo: null },
      { on: '2026-07-01', movedTo: '2026-09-29' },
    ]
    expect(days({ ...quarterly, changes }, from('2026-01-02'), 3)).toEqual([
      '2026-09-29',
      '2026-10-01',
      '2027-01-01',
    ])
    const moved = nextOccurrence({ ...quarterly, changes }, from('2026-07-02'))
    expect(moved).toMatchObject({ plannedOn: '2026-07-01', on: '2026-09-29' })
  })
})

/** A calendar page, day by day. */
function plainDays(choice: PlainChoice, startsOn: string, until: string): string[] {
  const found: string[] = []
  const [year = 0, month = 1] = startsOn.split('-').map(Number)
  for (let day = startsOn; day <= until; day = shiftDay(day, 1)) {
    const date = new Date(`${day}T00:00:00Z`)
    const monthsOn = (date.getUTCFullYear() - year) * 12 + date.getUTCMonth() - (month - 1)
    if (monthsOn % choice.months !== 0) continue
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    const dayOfMonth = date.getUTCDate()
    if (choice.kind === 'month-day') {
      if (dayOfMonth === Math.min(choice.day, last)) found.push(day)
    } else if ((date.getUTCDay() + 6) % 7 === choice.weekday) {
      const place = Math.ceil(dayOfMonth / 7)
      if (choice.place === -1 ? dayOfMonth + 7 > last : place === choice.place) found.push(day)
    }
  }
  return found
}

const anyDay = fc.integer({ min: 0, max: 9000 }).map((days) => shiftDay('2015-01-01', days))
const anyChoice: fc.Arbitrary<PlainChoice> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('month-day' as const), months: fc.integer({ min: 1, max: 24 }) },
    day: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    ...{ kind: fc.constant('weekday' as const), months: fc.integer({ min: 1, max: 24 }) },
    ...{ place: fc.constantFrom(1, 2, 3, 4, -1), weekday: fc.integer({ min: 0, max: 6 }) },
  }),
)

test('every plain choice gives the days that a calendar shows', () => {
  fc.assert(
    fc.property(anyChoice, anyDay, (choice, startsOn) => {
      const until = shiftDay(startsOn, 1500)
      expect(daysOfRule(rule(ruleOfChoice(choice)), startsOn, startsOn, until)).toEqual(
        plainDays(choice, startsOn, until),
      )
    }),
    { seed: 3, numRuns: 150 },
  )
})

test('a window shows what a larger one shows of it, and the next one is the first that is still to come', () => {
  const anySchedule = fc.record({ choice: anyChoice, startsOn: anyDay }).chain(({ choice, startsOn }) =>
    fc.record({
      rule: fc.constant(ruleOfChoice(choice)),
      startsOn: fc.constant(startsOn),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      hour: fc.integer({ min: 0, max: 23 }),
      pauses: fc.array(
        fc.integer({ min: 0, max: 800 }).map((days) => ({
          ...{ from: shiftDay(startsOn, days), until: shiftDay(startsOn, days + 100) },
        })),
        { maxLength: 1 },
      ),
      changes: fc.constant([]),
    }),
  )
  fc.assert(
    fc.property(anySchedule, fc.integer({ min: 0, max: 900 }), (one, days) => {
      const at = shiftDay(one.startsOn, days)
      const all = occurrencesOf(one, { from: one.startsOn, until: shiftDay(one.startsOn, 2400) })
      const part = occurrencesOf(one, { from: at, until: shiftDay(at, 300) })
      expect(part).toEqual(all.filter(({ on }) => on >= at && on <= shiftDay(at, 300)))
      const now = from(at)
      const expected = all.find((occurrence) => occurrence.at > now)
      if (expected) expect(nextOccurrence(one, now)).toEqual(expected)
      const moments = all.map((occurrence) => occurrence.at.getTime())
      expect(moments).toEqual([...moments].sort((a, b) => a - b))
    }),
    { seed: 4, numRuns: 60 },
  )
})
