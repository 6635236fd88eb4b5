/** ZAP's `Tue, 12 May 2020 20:57:30`, with the names of the machine's language and no zone; newer files add ISO 8601. */
import { clock, type Moment, parseHostTime, utc } from '../scan/dates.ts'

// Months as Java shortens them, by their first letters: English, German, French, Spanish, Italian, Portuguese, Dutch.
const MONTHS: RegExp[] = [
  /^(jan|gen|ene|янв)/,
  /^(feb|fév|fev|févr|фев)/,
  /^(mar|mär|mrz|mrt|maa|мар)/,
  /^(apr|avr|abr|апр)/,
  /^(may|mai|mei|mag|мая|май)/,
  /^(jun|juin|giu|июн)/,
  /^(jul|juil|lug|июл)/,
  /^(aug|août|aou|ago|авг)/,
  /^(sep|set|сен)/,
  /^(oct|okt|ott|out|окт)/,
  /^(nov|ноя)/,
  /^(dec|dez|déc|dic|дек)/,
]

export function parseZapTime(text: string): Moment | null {
  const exact = parseHostTime(text)
  if (exact) return exact
  const parts =
    /(?:^|[\s,])(\d{1,2})\.? (\d{1,2}月|\p{L}{3,12})\.? (\d{4}),? (\d{1,2}):(\d{2}):(\d{2})\s*(Z|UTC|GMT)?\s*$/u.exec(
      text.slice(0, 100),
    )
  if (!parts) return null
  const [, day, month = '', year, hour, minute, second, zone] = parts
  const time = utc(Number(year), monthOf(month.toLowerCase()), Number(day)) + clock(hour, minute, second)
  return Number.isNaN(time) ? null : { time, hasZone: zone !== undefined }
}

function monthOf(name: string): number {
  if (/^\d/.test(name)) return Number.parseInt(name, 10) - 1
  return MONTHS.findIndex((pattern) => pattern.test(name))
}
