/** When somebody may be written to: their hour, their quiet hours and their weekends, in their time zone. */
import { localTime, momentOf, shiftDay, weekdayOf } from './zone.ts'

export const CHANNELS = ['single', 'daily', 'weekly', 'none'] as const
export type Channel = (typeof CHANNELS)[number]

export interface Habits {
  channel: Channel
  /** 1 Monday to 7 Sunday, of a weekly digest. */
  digestWeekday: number
  timeZone: string
  /** The hour at which reminders go. */
  hour: number
  /** From this hour to that one nothing goes, over midnight where the first is later; equal: no quiet hours. */
  quietFrom: number
  quietUntil: number
  onWeekends: boolean
}

export const USUAL_HABITS: Omit<Habits, 'timeZone' | 'hour'> = {
  channel: 'single',
  digestWeekday: 1,
  quietFrom: 20,
  quietUntil: 7,
  onWeekends: false,
}

const SATURDAY = 6

export function isQuietHour(hour: number, { quietFrom, quietUntil }: Habits): boolean {
  return quietFrom <= quietUntil
    ? hour >= quietFrom && hour < quietUntil
    : hour >= quietFrom || hour < quietUntil
}

/** The first moment from the beginning of a day on at which this person is written to. */
export function firstMoment(day: string, habits: Habits): Date {
  const { hour, quietFrom, quietUntil, timeZone } = habits
  const isQuiet = isQuietHour(hour, habits)
  // In the evening of a quiet night the morning after it comes next.
  const isBeforeMidnight = isQuiet && quietFrom > quietUntil && hour >= quietFrom
  const chosen = firstDay(isBeforeMidnight ? shiftDay(day, 1) : day, habits)
  return momentOf(chosen, isQuiet ? quietUntil : hour, timeZone)
}

function firstDay(day: string, { channel, digestWeekday, onWeekends }: Habits): string {
  let chosen = day
  // A weekly digest comes on the day that was chosen for it, be that a Sunday.
  const isFit = (one: string) =>
    channel === 'weekly' ? weekdayOf(one) === digestWeekday : onWeekends || weekdayOf(one) < SATURDAY
  while (!isFit(chosen)) chosen = shiftDay(chosen, 1)
  return chosen
}

/** Whether something that is late may go now. */
export function mayWriteAt(now: Date, habits: Habits): boolean {
  const { hour, weekday } = localTime(now, habits.timeZone)
  const isFree = habits.onWeekends || weekday < SATURDAY || habits.channel === 'weekly'
  return isFree && !isQuietHour(hour, habits)
}
