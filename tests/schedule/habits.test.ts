import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstMoment, type Habits, isQuietHour, mayWriteAt } from '#app/schedule/habits.ts'
import { localTime, shiftDay } from '#app/schedule/zone.ts'
import { walkTo } from '../services/reminder-oracle.ts'

const anyHabits: fc.Arbitrary<Habits> = fc.record({
  channel: fc.constantFrom('single', 'daily', 'weekly', 'none'),
  digestWeekday: fc.integer({ min: 1, max: 7 }),
  timeZone: fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
  ),
  hour: fc.integer({ min: 0, max: 23 }),
  quietFrom: fc.integer({ min: 0, max: 23 }),
  quietUntil: fc.integer({ min: 0, max: 23 }),
  onWeekends: fc.boolean(),
})
const anyDay = fc.integer({ min: 0, max: 1500 }).map((days) => shiftDay('2026-01-01', days))

test('nobody is written to at night, on a free weekend, or before the day', () => {
  fc.assert(
    fc.property(anyHabits, anyDay, (habits, day) => {
      const moment = firstMoment(day, habits)
      const local = localTime(moment, habits.timeZone)
      expect(local.day >= day).toBe(true)
      expect(local.day <= shiftDay(day, 8)).toBe(true)
      if (habits.channel === 'weekly') expect(local.weekday).toBe(habits.digestWeekday)
      else expect(habits.onWeekends || local.weekday <= 5).toBe(true)
      // A clock that jumps over the hour may land in the first quiet one.
      const isJump = local.hour !== habits.hour && local.hour !== habits.quietUntil
      if (!isJump) expect(mayWriteAt(moment, habits)).toBe(true)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('the moment is the one that walking through the hours finds', () => {
  fc.assert(
    fc.property(anyHabits, anyDay, (habits, day) => {
      fc.pre(!isQuietHour(habits.hour, habits))
      // Where a jump of the clock leads into quiet hours, walking on finds a later one; that is left to the test above.
      fc.pre(!isQuietHour((habits.hour + 1) % 24, habits))
      const { timeZone: zone, hour, quietFrom, quietUntil, onWeekends } = habits
      const weekly = habits.channel === 'weekly' ? habits.digestWeekday : null
      const person = { email: 'a', zone, hour, weekly, quietFrom, quietUntil, onWeekends }
      expect(firstMoment(day, habits).toISOString()).toBe(new Date(walkTo(day, person)).toISOString())
    }),
    { seed: 2, numRuns: 300 },
  )
})
