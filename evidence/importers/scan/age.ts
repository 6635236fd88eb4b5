/** Ages that a date proves without being the date of publication. */
import type { Moment } from './dates.ts'

const DAY = 86_400_000
// The facts ask what is open for more than 30 days.
const PROVING_DAYS = 31

/**
 * The day (YYYY-MM-DD) on which a weakness was surely known, where that alone makes it old; else null, since it may have
 * been known for longer and a younger age would be a guess.
 */
export function provenDay(day: string | null, scanned: Moment | null): string | null {
  if (day === null || scanned === null) return null
  return scanned.time - Date.parse(day) > PROVING_DAYS * DAY ? day : null
}

/** YYYY-MM-DD. */
export const dayOf = (moment: Moment | null): string | null =>
  moment === null ? null : new Date(moment.time).toISOString().slice(0, 10)
