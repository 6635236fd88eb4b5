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

export interface SettledDate {
  id: string
  what: string
  dueOn: string
  how: 'done' | 'not-needed' | 'overtaken'
  /** Whoever said so, or whose change did it. */
  by: string | null
  /** What it was done by. */
  meeting: { id: string; heldOn: string; isHeld: boolean } | null
  scan: { id: string; day: string } | null
  isReattested: boolean
}

const HOW_WORDS = {
  done: 'Done',
  'not-needed': 'Not needed',
  overtaken: 'Overtaken by the next date',
} as const

/** What saw to a date, and where that is shown. */
export function settledWords(date: SettledDate): { words: string; href: string | null } {
  const { how, by, meeting, scan, isReattested } = date
  if (meeting) {
    const words = meeting.isHeld ? 'Meeting of' : 'Meeting planned for'
    return { words: `${words} ${dayInWords(meeting.heldOn)}`, href: `/meetings/${meeting.id}` }
  }
  if (scan) return { words: `Scan of ${dayInWords(scan.day)}`, href: `/scans/${scan.id}` }
  if (isReattested) return { words: 'Re-attestation signed', href: null }
  return { words: by ? `${HOW_WORDS[how]}, says ${by}` : HOW_WORDS[how], href: null }
}
