/** Schedules in words, the same in server and browser. */
import type { Level } from '#app/schedule/cascade.ts'
import { WEEKDAYS } from '#app/schedule/rule-words.ts'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'].concat(
  ['October', 'November', 'December'],
)

/** "Monday 1 February 2027" from YYYY-MM-DD. */
export function dayInWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  const weekday = WEEKDAYS[(date.getUTCDay() + 6) % 7]
  return `${weekday} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

export const FROM_WORDS: Record<Level, string> = {
  application: 'set for this application',
  client: 'set for this client',
  organisation: 'from your organisation’s defaults',
  'built-in': 'built in',
}

export const hourWords = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

export const HOURS = Array.from({ length: 24 }, (_hour, hour) => ({
  value: String(hour),
  label: hourWords(hour),
}))

export const SETTLED_WORDS = {
  done: 'Done',
  'not-needed': 'Not needed',
  rescheduled: 'Moved with its schedule',
  overtaken: 'Overtaken by the next date',
} as const
