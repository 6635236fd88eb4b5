/** A rule in words, and the plain choices that most schedules are made of. */
import type { Rule } from './rule.ts'

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const
const SHORT = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'].concat(
  ['October', 'November', 'December'],
)
const UNIT = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const

/** Every so many months, on a day of the month or on one weekday of it. */
export type PlainChoice =
  /** 29 to 31 fall on the last day of shorter months. */
  | { kind: 'month-day'; months: number; day: number }
  /** `place` 1 to 4, or -1 for the last. @example the first Monday */
  | { kind: 'weekday'; months: number; place: number; weekday: number }

export const PLACES = [
  { value: 1, label: 'first' },
  { value: 2, label: 'second' },
  { value: 3, label: 'third' },
  { value: 4, label: 'fourth' },
  { value: -1, label: 'last' },
] as const

export function ruleOfChoice(choice: PlainChoice): string {
  const every = `FREQ=MONTHLY${choice.months > 1 ? `;INTERVAL=${choice.months}` : ''}`
  if (choice.kind === 'weekday') return `${every};BYDAY=${choice.place}${SHORT[choice.weekday]}`
  const { day } = choice
  if (day <= 28) return `${every};BYMONTHDAY=${day}`
  const upTo = [28, 29, 30, 31].filter((one) => one <= day)
  return day === 31 ? `${every};BYMONTHDAY=-1` : `${every};BYMONTHDAY=${upTo.join(',')};BYSETPOS=-1`
}

/** @returns null for a rule that only experts write */
export function choiceOfRule(rule: Rule): PlainChoice | null {
  const { frequency, interval: months, byDay, byMonthDay, bySetPos } = rule
  const others = [rule.byMonth, rule.byWeekNo, rule.byYearDay]
  if (frequency !== 'MONTHLY' || rule.count !== null || rule.until !== null) return null
  if (others.some(({ length }) => length > 0)) return null
  if (byDay.length === 1 && byMonthDay.length === 0 && bySetPos.length === 0) {
    const [, place, day] = /^\+?(-?\d+)([A-Z]{2})$/.exec(byDay[0] ?? '') ?? []
    const known = PLACES.find(({ value }) => value === Number(place))
    return known && day ? { kind: 'weekday', months, place: known.value, weekday: SHORT.indexOf(day) } : null
  }
  if (byDay.length > 0) return null
  const [first, ...more] = byMonthDay
  if (first === undefined) return null
  if (more.length === 0 && bySetPos.length === 0 && (first === -1 || (first >= 1 && first <= 28)))
    return { kind: 'month-day', months, day: first === -1 ? 31 : first }
  const day = byMonthDay.at(-1) ?? 0
  const isLastOf = byMonthDay.every((one, index) => one === 28 + index) && bySetPos.join() === '-1'
  return isLastOf && day <= 30 ? { kind: 'month-day', months, day } : null
}

/** "every 3 months on the first Monday"; never more than what the rule says. */
export function describeRule(rule: Rule): string {
  const unit = UNIT[rule.frequency]
  const every = rule.interval === 1 ? `every ${unit}` : `every ${rule.interval} ${unit}s`
  const choice = choiceOfRule(rule)
  const end = [
    rule.count === null ? '' : `, ${rule.count === 1 ? 'once' : `${rule.count} times`}`,
    rule.until === null ? '' : `, until ${rule.until}`,
  ].join('')
  if (choice?.kind === 'month-day') return `${every} on ${dayWords(choice.day)}`
  if (choice?.kind === 'weekday')
    return `${every} on the ${placeWord(choice.place)} ${WEEKDAYS[choice.weekday]}`
  const among = [
    rule.byWeekNo.length > 0 ? `in week ${rule.byWeekNo.join(', ')}` : '',
    rule.byYearDay.length > 0 ? `on day ${rule.byYearDay.join(', ')} of the year` : '',
    rule.byMonthDay.length > 0 ? `on ${rule.byMonthDay.map(dayOfMonth).join(', ')}` : '',
    rule.byDay.length > 0 ? `on ${rule.byDay.map(weekdayWords).join(', ')}` : '',
    rule.byMonth.length > 0 ? `in ${rule.byMonth.map((month) => MONTHS[month - 1]).join(', ')}` : '',
    rule.bySetPos.length > 0 ? `of these only number ${rule.bySetPos.join(', ')}` : '',
  ].filter(Boolean)
  return [every, ...among].join(' ') + end
}

const dayWords = (day: number) =>
  day === 31
    ? 'the last day of the month'
    : day > 28
      ? `day ${day}, or the last day of a shorter month`
      : `day ${day}`
const dayOfMonth = (day: number) => (day < 0 ? `day ${-day} from the end` : `day ${day}`)
const placeWord = (place: number) => PLACES.find(({ value }) => value === place)?.label ?? `number ${place}`

function weekdayWords(text: string): string {
  const [, place, day] = /^([+-]?\d+)?([A-Z]{2})$/.exec(text) ?? []
  const name = WEEKDAYS[SHORT.indexOf(day ?? '')] ?? text
  return place === undefined ? name : `the ${placeWord(Number(place))} ${name}`
}
