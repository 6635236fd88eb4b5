import { describe, expect, test } from 'vitest'
import { isTimeZone, listTimeZones } from '#app/schedule/zone.ts'
import { MeetingInput } from '#app/services/calendar-input.ts'
import { Zone } from '#app/services/hour-fields.ts'
import { PolicyInput } from '#app/services/policy-input.ts'

test('each zone that is offered can be chosen, UTC first', () => {
  expect(listTimeZones()[0]).toBe('UTC')
  expect(listTimeZones().filter((name) => !isTimeZone(name))).toEqual([])
})

describe('policies, meetings and reminders take and refuse the same names', () => {
  const complains = (input: { safeParse: (values: unknown) => unknown }, values: unknown) => {
    const { error } = input.safeParse(values) as { error?: { issues: { path: PropertyKey[] }[] } }
    return error?.issues.some(({ path }) => path.length === 0 || path[0] === 'timeZone') ?? false
  }

  test.each([
    ['America/New_York', true],
    ['UTC', true],
    // Engines list one spelling of the two.
    ['Asia/Kolkata', true],
    ['Asia/Calcutta', true],
    ['US/Eastern', true],
    ['europe/berlin', false],
    ['Etc/GMT+5', false],
    ['+02:00', false],
    ['Mars/Olympus', false],
    ['', false],
  ])('%s: %s', (timeZone, isTaken) => {
    const taken = [Zone, PolicyInput, MeetingInput].map(
      (input) => !complains(input, input === Zone ? timeZone : { timeZone }),
    )
    expect(taken).toEqual([isTaken, isTaken, isTaken])
  })
})
