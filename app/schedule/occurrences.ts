/** On which days a schedule falls: pure, so that pages, the planner and tests share it. */
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { parseRule, type Rule, writeRule } from './rule.ts'
import { laterDay, momentOf, shiftDay } from './zone.ts'

export interface Pause {
  /** First and last day of it; no end where it was not said when. */
  from: string
  until: string | null
}

/** Of one date: left out, or held on another day. */
export interface DateChange {
  on: string
  /** null: left out. */
  movedTo: string | null
}

export interface Schedule {
  rule: string
  /** The first day that may be one. */
  startsOn: string
  timeZone: string
  hour: number
  pauses: readonly Pause[]
  /** Of several for one date the first counts. */
  changes: readonly DateChange[]
}

export interface Occurrence {
  /** By the rule: what the occurrence is known by, wherever it was moved. */
  plannedOn: string
  /** When it is held. */
  on: string
  at: Date
}

/** A rule that gives no day for so long never does: 29 February is away for eight years at most. */
const NEVER_YEARS = 12
/** Moves go this far, so the days around a window are looked at, too. */
export const MOST_MOVED_DAYS = 92
/** The library's own guard: days, weeks, months or years that it goes through in vain. */
const MOST_STEPS = 5000

/**
 * Days of the rule alone, by the calendar and in UTC: time zones come in with the hour, so no clock change can lose a day.
 * @returns those from `from` to `until`, both included, in order
 */
export function daysOfRule(rule: Rule, startsOn: string, from: string, until: string): readonly string[] {
  const key = [writeRule(rule), startsOn, from, until].join(' ')
  const held = knownDays.get(key)
  if (held) return held
  const found = findDays(rule, startsOn, from, until)
  if (knownDays.size >= MOST_KNOWN) knownDays.clear()
  knownDays.set(key, found)
  return found
}

// Most clients of a portfolio share the rule of their organisation.
const knownDays = new Map<string, readonly string[]>()
const MOST_KNOWN = 500

function findDays(rule: Rule, startsOn: string, from: string, until: string): string[] {
  const last = rule.until !== null && rule.until < until ? rule.until : until
  const first = from > startsOn ? from : startsOn
  if (first > last) return []
  const recurrence = new RRuleTemporal({
    rruleString: `DTSTART:${startsOn.replaceAll('-', '')}T000000Z\nRRULE:${writeRule({ ...rule, until: null })}`,
    maxIterations: MOST_STEPS,
  })
  const midnight = (day: string) => new Date(`${day}T00:00:00Z`)
  try {
    return recurrence
      .between(midnight(first), midnight(last), true)
      .map((one) => Temporal.PlainDate.from(one).toString())
  } catch {
    // Gone through in vain: there is no such day.
    return []
  }
}

/**
 * @param window first and last day on which they are held, both included
 * @returns in the order in which they are held; nothing for a rule that cannot be read
 */
export function occurrencesOf(schedule: Schedule, window: { from: string; until: string }): Occurrence[] {
  const parsed = parseRule(schedule.rule)
  if (!parsed.ok) return []
  const days = daysOfRule(
    parsed.rule,
    schedule.startsOn,
    shiftDay(window.from, -MOST_MOVED_DAYS),
    shiftDay(window.until, MOST_MOVED_DAYS),
  )
  return days
    .flatMap((plannedOn) => hold(plannedOn, schedule))
    .filter(({ on }) => on >= window.from && on <= window.until)
    .sort((a, b) => (a.on === b.on ? (a.plannedOn < b.plannedOn ? -1 : 1) : a.on < b.on ? -1 : 1))
}

/** A date that somebody moved is held although the day it was moved to lies in a pause: it was chosen by hand. */
function hold(plannedOn: string, { changes, pauses, timeZone, hour }: Schedule): Occurrence[] {
  const change = changes.find(({ on }) => on === plannedOn)
  if (change && change.movedTo === null) return []
  const isPaused = pauses.some(
    ({ from, until }) => plannedOn >= from && (until === null || plannedOn <= until),
  )
  if (!change && isPaused) return []
  const on = change?.movedTo ?? plannedOn
  return [{ plannedOn, on, at: momentOf(on, hour, timeZone) }]
}

/** @returns the next ones whose hour is still to come, at most `count` and as far as a rule may leap */
export function nextOccurrences(schedule: Schedule, now: Date, count: number): Occurrence[] {
  const today = now.toISOString().slice(0, 10)
  const from = shiftDay(laterDay(today, schedule.startsOn), -1)
  // Most rules give enough soon; only the others are looked at further.
  for (const days of [100, 2 * 366]) {
    const next = nextWithin(schedule, now, from, days).slice(0, count)
    if (next.length === count) return next
  }
  return nextWithin(schedule, now, from, NEVER_YEARS * 366).slice(0, count)
}

const nextWithin = (schedule: Schedule, now: Date, from: string, days: number) =>
  occurrencesOf(schedule, { from, until: shiftDay(from, days) }).filter(({ at }) => at > now)

/** The next one, or null where none comes any more. */
export const nextOccurrence = (schedule: Schedule, now: Date): Occurrence | null =>
  nextOccurrences(schedule, now, 1)[0] ?? null

/**
 * The days around one that the rule gives, whatever is left out, moved or paused.
 * @returns that day alone where it is one of them; else the last before it and the first after it, where there are
 */
export function daysAround({ rule, startsOn }: Pick<Schedule, 'rule' | 'startsOn'>, day: string): string[] {
  const parsed = parseRule(rule)
  if (!parsed.ok) return []
  for (const days of [100, 2 * 366, NEVER_YEARS * 366]) {
    const near = daysOfRule(parsed.rule, startsOn, shiftDay(day, -days), shiftDay(day, days))
    if (near.includes(day)) return [day]
    const around = [near.filter((one) => one < day).at(-1), near.find((one) => one > day)]
    const found = around.filter((one) => one !== undefined)
    if (found.length === 2 || days > 2 * 366) return found
  }
  return []
}

/** @returns a sentence where a rule can be read but gives no day at all, such as 30 February; null otherwise */
export function findNever(rule: Rule, startsOn: string): string | null {
  return daysOfRule(rule, startsOn, startsOn, shiftDay(startsOn, NEVER_YEARS * 366)).length > 0
    ? null
    : 'This rule never gives a day. Check the day and the month.'
}
