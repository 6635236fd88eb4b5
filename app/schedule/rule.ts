/**
 * What a rule of recurrence may say (RFC 5545 §3.3.10), checked before any library sees it. Rules count days: the hour
 * is a field of its own, so a rule names none, and nothing recurs more than once a day.
 */
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
type Frequency = (typeof FREQUENCIES)[number]
const TOO_OFTEN = ['SECONDLY', 'MINUTELY', 'HOURLY']
const HOURS = ['BYHOUR', 'BYMINUTE', 'BYSECOND']
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

const MOST_LETTERS = 300
const MOST_ENTRIES = 62

export interface Rule {
  frequency: Frequency
  interval: number
  count: number | null
  /** YYYY-MM-DD, the last day that may be one. */
  until: string | null
  byDay: string[]
  byMonthDay: number[]
  byMonth: number[]
  bySetPos: number[]
  byWeekNo: number[]
  byYearDay: number[]
  weekStart: string | null
}

export type ParsedRule = { ok: true; rule: Rule } | { ok: false; problem: string }

const refuse = (problem: string): ParsedRule => ({ ok: false, problem })

/** @returns the rule, or a sentence that says what is wrong with it and what to write instead */
export function parseRule(text: string): ParsedRule {
  if (text.length > MOST_LETTERS) return refuse(`A rule has at most ${MOST_LETTERS} letters.`)
  const line = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
  if (!/^[A-Z0-9=;,+-]+$/.test(line))
    return refuse('Write the rule on one line, for instance FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1.')
  const parts = new Map<string, string>()
  for (const part of line.split(';')) {
    const [, name, value] = /^([A-Z]+)=([^=]+)$/.exec(part) ?? []
    if (!name || !value) return refuse(`“${part}” is no part of a rule. Parts look like INTERVAL=3.`)
    if (parts.has(name)) return refuse(`${name} stands there twice. Keep one of them.`)
    parts.set(name, value)
  }
  return readParts(parts)
}

function readParts(parts: Map<string, string>): ParsedRule {
  const frequency = parts.get('FREQ')
  if (!frequency) return refuse('The rule lacks FREQ. Begin with FREQ=MONTHLY, for instance.')
  if (TOO_OFTEN.includes(frequency))
    return refuse(`FREQ=${frequency} is too often: at most once a day, so begin with FREQ=DAILY.`)
  if (!isOneOf(FREQUENCIES, frequency))
    return refuse(`FREQ=${frequency} is unknown. Use DAILY, WEEKLY, MONTHLY or YEARLY.`)
  const hour = HOURS.find((name) => parts.has(name))
  if (hour) return refuse(`Leave ${hour} out: the hour has a field of its own.`)
  const problems: string[] = []
  const numbers = (name: string, least: number, most: number): number[] => {
    const text = parts.get(name)
    if (text === undefined) return []
    const values = text.split(',').map((one) => (/^[+-]?\d{1,3}$/.test(one) ? Number(one) : Number.NaN))
    const isWrong = values.some((value) => !(Math.abs(value) >= 1 && value >= least && value <= most))
    if (isWrong || values.length > MOST_ENTRIES)
      problems.push(`${name} takes whole numbers from ${least} to ${most} without 0, with commas between.`)
    return values
  }
  const rule: Rule = {
    frequency,
    interval: single(parts, 'INTERVAL', 1000, problems) ?? 1,
    count: single(parts, 'COUNT', 1000, problems),
    until: readUntil(parts.get('UNTIL'), problems),
    byDay: readDays(parts.get('BYDAY'), frequency, problems),
    byMonthDay: numbers('BYMONTHDAY', -31, 31),
    byMonth: numbers('BYMONTH', 1, 12),
    bySetPos: numbers('BYSETPOS', -366, 366),
    byWeekNo: numbers('BYWEEKNO', -53, 53),
    byYearDay: numbers('BYYEARDAY', -366, 366),
    weekStart: parts.get('WKST') ?? null,
  }
  const strange = [...parts.keys()].find((name) => !KNOWN.includes(name))
  if (strange) problems.push(`${strange} is no part of a rule.`)
  problems.push(...conflicts(rule))
  return problems[0] ? refuse(problems[0]) : { ok: true, rule }
}

const KNOWN = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS'].concat([
  'BYWEEKNO',
  'BYYEARDAY',
  'WKST',
])

/** What RFC 5545 forbids to stand together. */
function conflicts(rule: Rule): string[] {
  const { frequency, byDay, byMonthDay, bySetPos, byWeekNo, byYearDay } = rule
  return [
    rule.count !== null && rule.until !== null && 'COUNT and UNTIL both end the rule. Keep one of them.',
    byWeekNo.length > 0 && frequency !== 'YEARLY' && 'BYWEEKNO goes with FREQ=YEARLY only.',
    byYearDay.length > 0 && frequency !== 'YEARLY' && 'BYYEARDAY goes with FREQ=YEARLY only.',
    byMonthDay.length > 0 && frequency === 'WEEKLY' && 'BYMONTHDAY does not go with FREQ=WEEKLY.',
    byWeekNo.length > 0 && byDay.some((day) => day.length > 2) && 'BYWEEKNO goes with plain days only.',
    bySetPos.length > 0 &&
      [byDay, byMonthDay, rule.byMonth, byWeekNo, byYearDay].every(({ length }) => length === 0) &&
      'BYSETPOS chooses among days: add BYDAY or BYMONTHDAY.',
    rule.weekStart !== null && !isOneOf(DAYS, rule.weekStart) && 'WKST takes one day, such as MO.',
  ].filter((problem) => problem !== false)
}

function single(parts: Map<string, string>, name: string, most: number, problems: string[]): number | null {
  const text = parts.get(name)
  if (text === undefined) return null
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > most) problems.push(`${name} takes one whole number from 1 to ${most}.`)
  return value
}

function readUntil(text: string | undefined, problems: string[]): string | null {
  if (text === undefined) return null
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/.exec(text) ?? []
  const written = `${year}-${month}-${day}`
  if (isDay(written)) return written
  problems.push('UNTIL takes a day such as 20291231.')
  return null
}

function readDays(text: string | undefined, frequency: Frequency, problems: string[]): string[] {
  if (text === undefined) return []
  const days = text.split(',')
  for (const day of days) {
    const [, place, name] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(day) ?? []
    if (!isOneOf(DAYS, name ?? '')) problems.push(`“${day}” is no day. Days are MO, TU, WE, TH, FR, SA, SU.`)
    if (place === undefined) continue
    const most = frequency === 'YEARLY' ? 53 : 5
    if (frequency !== 'MONTHLY' && frequency !== 'YEARLY')
      problems.push(`“${day}” counts within a month or year: use FREQ=MONTHLY or FREQ=YEARLY.`)
    else if (Number(place) === 0 || Math.abs(Number(place)) > most)
      problems.push(`“${day}”: count from 1 to ${most}, or from -1 to -${most} from the end.`)
  }
  if (days.length > MOST_ENTRIES) problems.push(`BYDAY takes at most ${MOST_ENTRIES} days.`)
  return days
}

/** Written back in one order, so that the same rule is the same text. */
export function writeRule(rule: Rule): string {
  const list = (name: string, values: readonly (string | number)[]) =>
    values.length > 0 ? [`${name}=${values.join(',')}`] : []
  return [
    `FREQ=${rule.frequency}`,
    ...(rule.interval > 1 ? [`INTERVAL=${rule.interval}`] : []),
    ...list('BYMONTH', rule.byMonth),
    ...list('BYWEEKNO', rule.byWeekNo),
    ...list('BYYEARDAY', rule.byYearDay),
    ...list('BYMONTHDAY', rule.byMonthDay),
    ...list('BYDAY', rule.byDay),
    ...list('BYSETPOS', rule.bySetPos),
    ...(rule.weekStart ? [`WKST=${rule.weekStart}`] : []),
    ...(rule.count !== null ? [`COUNT=${rule.count}`] : []),
    ...(rule.until !== null ? [`UNTIL=${rule.until.replaceAll('-', '')}`] : []),
  ].join(';')
}

/** How long it is from one date to the next, in whole months; a month at least. */
export function monthsOfRule(text: string): number {
  const parsed = parseRule(text)
  if (!parsed.ok) return 1
  const { frequency, interval } = parsed.rule
  if (frequency === 'YEARLY') return 12 * interval
  return frequency === 'MONTHLY' ? interval : 1
}

/** Whether this is a day of the calendar, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const isOneOf = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value)
