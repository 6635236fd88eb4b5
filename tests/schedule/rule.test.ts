import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRule, writeRule } from '#app/schedule/rule.ts'
import { choiceOfRule, describeRule, ruleOfChoice } from '#app/schedule/rule-words.ts'

const problemOf = (text: string) => {
  const parsed = parseRule(text)
  return parsed.ok ? null : parsed.problem
}

describe('a rule is refused with a sentence', () => {
  test.each([
    ['FREQ=SECONDLY', 'too often'],
    ['FREQ=MINUTELY;INTERVAL=30', 'too often'],
    ['FREQ=HOURLY', 'too often'],
    ['FREQ=DAILY;BYHOUR=1,2,3', 'hour has a field of its own'],
    ['FREQ=DAILY;BYSECOND=1', 'hour has a field of its own'],
    ['', 'on one line'],
    ['hello', 'no part of a rule'],
    ['INTERVAL=3', 'lacks FREQ'],
    ['FREQ=FORTNIGHTLY', 'unknown'],
    ['FREQ=MONTHLY;INTERVAL=0', 'INTERVAL takes'],
    ['FREQ=MONTHLY;INTERVAL=99999', 'INTERVAL takes'],
    ['FREQ=MONTHLY;COUNT=1001', 'COUNT takes'],
    ['FREQ=MONTHLY;COUNT=3;UNTIL=20300101', 'both end'],
    ['FREQ=MONTHLY;UNTIL=20300231', 'UNTIL takes'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY takes'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY takes'],
    ['FREQ=MONTHLY;BYDAY=XX', 'is no day'],
    ['FREQ=MONTHLY;BYDAY=9MO', 'count from 1 to 5'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'counts within a month'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'does not go with FREQ=WEEKLY'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'chooses among days'],
    ['FREQ=MONTHLY;BYWEEKNO=1', 'FREQ=YEARLY only'],
    ['FREQ=MONTHLY;FOO=1', 'no part of a rule'],
    ['FREQ=MONTHLY;FREQ=DAILY', 'stands there twice'],
    ['FREQ=MONTHLY;WKST=1', 'WKST takes'],
    ['FREQ=MONTHLY\nDTSTART:19970902', 'on one line'],
    ['FREQ=MONTHLY;__PROTO__=1', 'on one line'],
    [`FREQ=MONTHLY;BYMONTHDAY=${'1,'.repeat(200)}1`, 'at most 300 letters'],
    [`FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 70 }, (_, day) => day + 1).join(',')}`, 'BYYEARDAY takes'],
  ])('%s', (text, words) => {
    expect(problemOf(text)).toContain(words)
  })

  test('whatever else is typed is refused or can be written back and read again', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('FREQ=MONTHLY', 'FREQ=YEARLY', 'INTERVAL=2', 'BYDAY=1MO', 'BYDAY=-1FR', 'COUNT=3'),
      fc.constantFrom(
        'BYMONTHDAY=-1',
        'BYSETPOS=-1',
        'UNTIL=20300101T000000Z',
        'WKST=SU',
        'RRULE:FREQ=DAILY',
      ),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const parsed = parseRule(parts.join(';'))
        if (parsed.ok) expect(parseRule(writeRule(parsed.rule))).toEqual(parsed)
        else expect(parsed.problem.length).toBeGreaterThan(10)
      }),
      { seed: 5, numRuns: 1000 },
    )
  })
})

describe('plain choices', () => {
  test.each([
    [{ kind: 'month-day', months: 3, day: 1 }, 'every 3 months on day 1'],
    [{ kind: 'month-day', months: 1, day: 30 }, 'every month on day 30, or the last day of a shorter month'],
    [{ kind: 'month-day', months: 12, day: 31 }, 'every 12 months on the last day of the month'],
    [{ kind: 'weekday', months: 1, place: 1, weekday: 0 }, 'every month on the first Monday'],
    [{ kind: 'weekday', months: 6, place: -1, weekday: 4 }, 'every 6 months on the last Friday'],
  ] as const)('%o', (choice, words) => {
    const parsed = parseRule(ruleOfChoice(choice))
    if (!parsed.ok) throw new Error(parsed.problem)
    expect(choiceOfRule(parsed.rule)).toEqual(choice)
    expect(describeRule(parsed.rule)).toBe(words)
  })

  test('a rule that only experts write is described and is no plain choice', () => {
    const parsed = parseRule('FREQ=YEARLY;BYMONTH=1,7;BYDAY=MO,TU;BYSETPOS=-1;COUNT=4')
    if (!parsed.ok) throw new Error(parsed.problem)
    expect(choiceOfRule(parsed.rule)).toBeNull()
    expect(describeRule(parsed.rule)).toBe(
      'every year on Monday, Tuesday in January, July of these only number -1, 4 times',
    )
  })
})
