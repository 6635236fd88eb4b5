/** Reminders in words. */
import type { Rung } from '#app/schedule/reminder-plan.ts'
import { RUNG_WORDS } from '#app/services/reminder-input.ts'
import { countOf } from '../counts.ts'

/** "3 days before", "on the day", "3 days after". */
export function offsetWords(days: number): string {
  if (days === 0) return 'on the day'
  return `${countOf(Math.abs(days), 'day')} ${days < 0 ? 'before' : 'after'}`
}

export const offsetsWords = (days: readonly number[]): string =>
  days.length === 0 ? 'nobody' : days.map(offsetWords).join(', ')

export const rungWords = (rung: Rung, offsetDays: number): string =>
  `${RUNG_WORDS[rung]}, ${offsetWords(offsetDays)}`

export const CHANNEL_WORDS = {
  single: 'A mail for each thing',
  daily: 'One mail a day',
  weekly: 'One mail a week',
  none: 'No mails, only the bell',
} as const
