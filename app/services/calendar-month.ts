/** Months as a calendar shows them: weeks from Monday to Sunday; days are YYYY-MM-DD, months YYYY-MM; pure. */
import { addDays } from './subjectivity-input.ts'

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'].concat(
  ['October', 'November', 'December'],
)

export const monthOf = (day: string): string => day.slice(0, 7)
export const firstDayOf = (month: string): string => `${month}-01`

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const counted = year * 12 + number - 1 + months
  return `${String(Math.floor(counted / 12)).padStart(4, '0')}-${String((counted % 12) + 1).padStart(2, '0')}`
}

export const lastDayOf = (month: string): string => addDays(firstDayOf(addMonths(month, 1)), -1)

/** "March 2026". */
export function monthWords(month: string): string {
  const [year, number] = month.split('-')
  return `${MONTHS[Number(number) - 1]} ${year}`
}

/** "Tuesday, 3 March 2026". */
export function dayWords(day: string): string {
  return `${WEEKDAYS[weekdayOf(day)]}, ${Number(day.slice(8))} ${monthWords(monthOf(day))}`
}

/** Whole weeks, so that days of the months beside it are among them. */
export function weeksOf(month: string): string[][] {
  const first = firstDayOf(month)
  const last = lastDayOf(month)
  const weeks: string[][] = []
  for (let monday = addDays(first, -weekdayOf(first)); monday <= last; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)))
  return weeks
}

/** 0 for Monday. */
const weekdayOf = (day: string): number => (new Date(day).getUTCDay() + 6) % 7
