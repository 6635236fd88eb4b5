/** Nexpose's `20210211T164705486`, in the console's zone, which it does not name; newer consoles write ISO 8601. */
import { clock, type Moment, parseHostTime, utc } from '../scan/dates.ts'

export function parseNexposeTime(text: string | undefined): Moment | null {
  if (text === undefined) return null
  const parts = /^\s*(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})?(Z)?\s*$/.exec(text)
  if (!parts) return parseHostTime(text)
  const [, year, month, day, hour, minute, second, thousandths, zone] = parts
  const time =
    utc(Number(year), Number(month) - 1, Number(day)) + clock(hour, minute, second) + Number(thousandths ?? 0)
  return Number.isNaN(time) ? null : { time, hasZone: zone !== undefined }
}
