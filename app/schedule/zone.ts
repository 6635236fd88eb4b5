/** Days and hours of named time zones. The only file that knows the Temporal polyfill, but for the rules' own. */
import { Temporal } from 'temporal-polyfill'

export interface LocalTime {
  /** YYYY-MM-DD. */
  day: string
  hour: number
  minute: number
  /** 1 Monday to 7 Sunday. */
  weekday: number
}

/**
 * The moment of an hour of a day in a time zone. An hour that a clock leaves out comes as much later as the clock
 * jumps; of an hour that comes twice it is the first (RFC 5545 §3.3.5).
 */
export function momentOf(day: string, hour: number, timeZone: string): Date {
  const key = `${day} ${hour} ${timeZone}`
  const held = moments.get(key)
  if (held !== undefined) return new Date(held)
  const found = findMoment(day, hour, timeZone)
  if (moments.size >= MOST_MOMENTS) moments.clear()
  moments.set(key, found.getTime())
  return found
}

// A portfolio asks for the same few mornings again and again.
const moments = new Map<string, number>()
const MOST_MOMENTS = 20_000

function findMoment(day: string, hour: number, timeZone: string): Date {
  const local = Temporal.PlainDate.from(day).toPlainDateTime({ hour })
  return new Date(local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds)
}

export function localTime(moment: Date, timeZone: string): LocalTime {
  const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone)
  return {
    day: local.toPlainDate().toString(),
    hour: local.hour,
    minute: local.minute,
    weekday: local.dayOfWeek,
  }
}

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from one day to another, negative where the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Of two days the later one; days are written so that they sort as texts. */
export const laterDay = (...days: [string, string]): string => days.sort()[1]

let known: Set<string> | undefined

/**
 * Names of regions only: an offset such as +02:00 knows no daylight saving. Other spellings of a region count, too:
 * engines do not agree whether it is Asia/Kolkata or Asia/Calcutta.
 */
export function isTimeZone(name: string): boolean {
  known ??= new Set(listTimeZones())
  if (known.has(name)) return true
  try {
    const region = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
    // Engines take europe/berlin as well, but no list to choose from would find it again.
    return known.has(region) && region.toLowerCase() !== name.toLowerCase()
  } catch {
    return false
  }
}

/** As the runtime knows them, UTC first. */
export const listTimeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC'),
]
