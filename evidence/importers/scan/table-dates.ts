/** The ways in which tables write time. Which of day and month comes first is the format's or the column's to say. */
import { clock, MONTHS, type Moment, parseHostTime, utc } from './dates.ts'

export interface DateOrder {
  /** For `03/04/2026`. Dates with dots name the day first in any case. */
  dayFirst?: boolean
  /** The order was decided for the whole column: a cell that does not fit it is no date, rather than the other order's. */
  isDecided?: boolean
}

const CLOCK = '(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\.\\d+)?\\s*([AP]M)?)?'
const ZONE = '\\s*(Z|UTC|GMT)?\\s*([+-]\\d{2}:?\\d{2})?'
const NUMERIC = new RegExp(`^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4})${CLOCK}${ZONE}$`, 'i')
const YEAR_FIRST = new RegExp(`^(\\d{4})[/.-](\\d{1,2})[/.-](\\d{1,2})${CLOCK}${ZONE}$`, 'i')
const MONTH_NAME = new RegExp(`^([a-z]{3})[a-z]*\\.? (\\d{1,2}),? (\\d{4})${CLOCK}${ZONE}$`, 'i')
const DAY_MONTH_NAME = new RegExp(`^(\\d{1,2})[ -]([a-z]{3})[a-z]*\\.?[ -](\\d{4})${CLOCK}${ZONE}$`, 'i')

/** null for what is no date. A date alone is its midnight. */
export function parseTableMoment(
  text: string,
  { dayFirst = false, isDecided = false }: DateOrder = {},
): Moment | null {
  const trimmed = text.trim().replace(/\s+/g, ' ')
  if (trimmed.length < 8 || trimmed.length > 60) return null
  const exact = parseHostTime(trimmed)
  if (exact) return exact
  const yearFirst = YEAR_FIRST.exec(trimmed)
  if (yearFirst) return moment(yearFirst[1], Number(yearFirst[2]), yearFirst[3], yearFirst.slice(4))
  const numeric = NUMERIC.exec(trimmed)
  if (numeric) {
    const [a, b] = [Number(numeric[1]), Number(numeric[3])]
    const isDayFirst = numeric[2] === '.' || (isDecided ? dayFirst : a > 12 || (dayFirst && b <= 12))
    return moment(numeric[4], isDayFirst ? b : a, String(isDayFirst ? a : b), numeric.slice(5))
  }
  const monthName = MONTH_NAME.exec(trimmed)
  if (monthName) return moment(monthName[3], monthNumber(monthName[1]), monthName[2], monthName.slice(4))
  const dayMonth = DAY_MONTH_NAME.exec(trimmed)
  return dayMonth ? moment(dayMonth[3], monthNumber(dayMonth[2]), dayMonth[1], dayMonth.slice(4)) : null
}

/** The order that a cell shows by a number above twelve; null where it could be either, or needs no order. */
export function orderShownBy(text: string): 'day' | 'month' | null {
  const numeric = /^\s*(\d{1,2})([/-])(\d{1,2})\2\d{4}\b/.exec(text)
  if (!numeric) return null
  const [isFirstDay, isSecondDay] = [Number(numeric[1]) > 12, Number(numeric[3]) > 12]
  return isFirstDay === isSecondDay ? null : isFirstDay ? 'day' : 'month'
}

/** The day of it, YYYY-MM-DD. */
export function parseTableDay(text: string, order?: DateOrder): string | null {
  const found = parseTableMoment(text, order)
  return found === null ? null : new Date(found.time).toISOString().slice(0, 10)
}

const monthNumber = (name = '') => MONTHS.indexOf(name.toLowerCase()) + 1

function moment(year = '', month: number, day = '', rest: (string | undefined)[]): Moment | null {
  const [hour, minute, second, half, zoneName, offset] = rest
  const date = utc(Number(year), month - 1, Number(day))
  const time = hour === undefined ? 0 : clock(twentyFour(hour, half), minute, second ?? '0')
  const shift = offset === undefined ? 0 : offsetOf(offset)
  const total = date + time - shift
  return Number.isNaN(total) ? null : { time: total, hasZone: zoneName !== undefined || offset !== undefined }
}

function twentyFour(hour: string, half: string | undefined): string {
  if (half === undefined) return hour
  const number = Number(hour) % 12
  return String(half.toUpperCase() === 'PM' ? number + 12 : number)
}

function offsetOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * 60_000
}
