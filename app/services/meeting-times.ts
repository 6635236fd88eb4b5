/** When a review meeting is, as a moment and in words; pure. */
import { DateTime } from 'luxon'
import { dayInWords } from './guest-mails.ts'

export interface MeetingTime {
  /** YYYY-MM-DD. */
  heldOn: string
  /** HH:MM in `timeZone`. */
  startsAt: string
  timeZone: string
}

/** It may be mailed about until it ends. */
export function isOver(
  { heldOn, startsAt, timeZone, minutes }: MeetingTime & { minutes: number },
  now: Date,
) {
  const start = DateTime.fromISO(`${heldOn}T${startsAt}`, { zone: timeZone })
  return start.plus({ minutes }).toMillis() <= now.getTime()
}

/** "5 April 2028, 14:00 (America/New York)". */
export const timeInWords = ({ heldOn, startsAt, timeZone }: MeetingTime): string =>
  `${dayInWords(heldOn)}, ${startsAt} (${timeZone.replaceAll('_', ' ')})`

export const isSameTime = (one: MeetingTime, other: MeetingTime): boolean =>
  one.heldOn === other.heldOn && one.startsAt === other.startsAt && one.timeZone === other.timeZone
