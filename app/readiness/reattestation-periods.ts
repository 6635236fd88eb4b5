/** The periods in which a signed application is re-attested, and which of them are attested: days as YYYY-MM-DD. */

/** Nobody demands another interval (practice.md §4); a quarter is the rhythm of reviews. */
export const QUARTER_MONTHS = 3

export interface Period {
  first: string
  last: string
}

const DAY_MS = 86_400_000

const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** The same day of a later month, or that month's last: 31 January and a month is 28 or 29 February. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Counted from the first day, so that a 31st comes back after a shorter month. Number 0 is the first period. */
export function periodOf(start: string, months: number, number: number): Period {
  return {
    first: addMonths(start, months * number),
    last: addDays(addMonths(start, months * (number + 1)), -1),
  }
}

export interface Begun extends Period {
  number: number
}

const monthsBetween = (from: string, to: string): number => {
  const [year = 0, month = 1] = from.split('-').map(Number)
  const [laterYear = 0, laterMonth = 1] = to.split('-').map(Number)
  return 12 * (laterYear - year) + laterMonth - month
}

/** The length of a period, in months. */
export const monthsIn = ({ first, last }: Period): number => monthsBetween(first, addDays(last, 1))

/**
 * The period to re-attest on a day, numbered from 1. Periods that were begun keep their days, whatever interval is
 * asked for later; those that nobody began are passed over and stay gaps.
 * @param start the first day for which the application was signed
 * @param begun in any order, without discarded ones
 * @returns the first day of the next one where the day lies before every period that is to be re-attested
 */
export function periodToReattest(
  start: string,
  months: number,
  begun: readonly Begun[],
  day: string,
): { period: Begun } | { next: string } {
  const current = begun.find(({ first, last }) => first <= day && day <= last)
  if (current) return { period: current }
  const before = begun
    .filter(({ last }) => last < day)
    .sort((a, b) => a.first.localeCompare(b.first))
    .at(-1)
  // From the last one that was begun on, so that another interval never cuts into it.
  const from = before ? addDays(before.last, 1) : start
  const offset = before ? before.number + 1 : 0
  for (let index = before ? 0 : 1; ; index += 1) {
    const period = periodOf(from, months, index)
    if (day < period.first) return { next: period.first }
    if (day <= period.last) return { period: { ...period, number: offset + index } }
  }
}

export interface AttestedPeriod extends Period {
  number: number
  /** `application`: the signed application itself answers. `due`: it runs and is not signed yet. */
  state: 'application' | 'attested' | 'due' | 'missed'
  attestedOn: string | null
}

/**
 * Every period from the first day of the application up to a day: what a claims handler looks through for gaps.
 * @param months length of the periods after the last one that was begun
 * @param signed those that were begun, with the day of their signature; without discarded ones
 */
export function attestedPeriods(
  start: string,
  months: number,
  signed: readonly (Begun & { attestedOn: string | null })[],
  day: string,
): AttestedPeriod[] {
  const byFirst = new Map(signed.map((one) => [one.first, one]))
  const inOrder = [...signed].sort((a, b) => a.first.localeCompare(b.first))
  const periods: AttestedPeriod[] = []
  // Periods that nobody began are counted from the end of the last one that was.
  let from = { day: start, number: 0 }
  for (let first = start, number = 0; first <= day; number += 1) {
    const held = byFirst.get(first)
    if (held) number = held.number
    const last = held?.last ?? lastOfGap({ from, first, number, months }, inOrder)
    const attestedOn = number === 0 ? null : (held?.attestedOn ?? null)
    const state =
      number === 0 ? 'application' : attestedOn !== null ? 'attested' : day <= last ? 'due' : 'missed'
    periods.push({ number, first, last, state, attestedOn })
    first = addDays(last, 1)
    if (held) from = { day: first, number: number + 1 }
  }
  return periods
}

/** The number of the next one that was begun says how many lie before it, whatever interval counts now. */
function lastOfGap(
  gap: { from: { day: string; number: number }; first: string; number: number; months: number },
  begun: readonly Begun[],
): string {
  const { from, first, number, months } = gap
  const next = begun.find((one) => one.first > first)
  const parts = next ? next.number - from.number : 0
  const length =
    next && parts > 0 ? Math.max(1, Math.round(monthsBetween(from.day, next.first) / parts)) : months
  const { last } = periodOf(from.day, length, number - from.number)
  const isBeforeNext = next && (next.number === number + 1 || next.first <= last)
  return isBeforeNext ? addDays(next.first, -1) : last
}
