/** The ways in which a .nessus file writes time. */

/** In the order of the year, as English exports shorten them. */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export interface Moment {
  time: number
  /** False for ctime, which names no zone and is read as UTC. */
  hasZone: boolean
}

/** `HOST_END` as ctime (`Wed Mar 23 15:07:52 2022`) or, from web application scans, ISO 8601. */
export function parseHostTime(text: string): Moment | null {
  const trimmed = text.trim()
  const ctime = /^[A-Za-z]{3}\s+([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(\d{4})$/.exec(
    trimmed,
  )
  if (ctime) {
    const [, month = '', day, hour, minute, second, year] = ctime
    const time =
      utc(Number(year), MONTHS.indexOf(month.toLowerCase()), Number(day)) + clock(hour, minute, second)
    return Number.isNaN(time) ? null : { time, hasZone: false }
  }
  const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(trimmed)
  if (!iso) return null
  const zone = iso[3]
  const time = Date.parse(zone ? trimmed.replace(' ', 'T') : `${trimmed.replace(' ', 'T')}Z`)
  return Number.isNaN(time) ? null : { time, hasZone: Boolean(zone) }
}

/** `HOST_END_TIMESTAMP`: seconds since 1970. */
export function parseTimestamp(text: string): Moment | null {
  if (!/^\d{1,11}$/.test(text.trim())) return null
  const seconds = Number(text)
  // Nothing was scanned in 1970; scanners write 0 for "not known".
  return seconds > 0 ? { time: seconds * 1000, hasZone: true } : null
}

/** A publication date (`2022/03/23`) as YYYY-MM-DD; null for what is no date. */
export function parsePublicationDate(text: string): string | null {
  if (text === '') return null
  const parts = /^\s*(\d{4})[/-](\d{1,2})[/-](\d{1,2})\s*$/.exec(text)
  if (!parts) return null
  const time = utc(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10)
}

/** NaN for a day that does not exist, or in a century without scanners: days stay countable. */
export function utc(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month, day))
  const exists = year >= 1980 && year < 2200 && date.getUTCMonth() === month && date.getUTCDate() === day
  return exists ? date.getTime() : Number.NaN
}

export function clock(hour = '', minute = '', second = ''): number {
  // A leap second is read as the second before it.
  const [h, m, s] = [Number(hour), Number(minute), Math.min(Number(second), 59)]
  return h < 24 && m < 60 ? ((h * 60 + m) * 60 + s) * 1000 : Number.NaN
}
