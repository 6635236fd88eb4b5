/**
 * What reminders should go, decided the plain way: walk through the hours, ask Intl what the clock shows there, and keep
 * a list. Shares no code with the product; its moments are found by walking, not by arithmetic on time zones.
 */
export interface Person {
  email: string
  zone: string
  hour: number
  /** 1 to 7 for somebody who gets everything on one day of the week; null for others. */
  weekly: number | null
  quietFrom: number
  quietUntil: number
  onWeekends: boolean
}

export interface Thing {
  title: string
  /** From which moment on it is due when; the first one says when it became known. */
  dues: { at: Date; dueOn: string }[]
  doneAt: Date | null
  /** Rests from a moment until a day. */
  rest: { at: Date; untilOn: string | null } | null
  rungs: { rung: string; offset: number; person: Person }[]
}

export interface Expected {
  title: string
  dueOn: string
  rung: string
  offset: number
  email: string
  at: string
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Some time zones stand half an hour from the others. */
const STEP = HOUR / 2
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const clocks = new Map<string, Intl.DateTimeFormat>()
const seen = new Map<string, { day: string; hour: number; weekday: number }>()

export function clockIn(zone: string, at: number): { day: string; hour: number; weekday: number } {
  const key = `${zone} ${at}`
  const held = seen.get(key)
  if (held) return held
  let clock = clocks.get(zone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      weekday: 'short',
    })
    clocks.set(zone, clock)
  }
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
  const shown = {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    hour: Number(parts.hour),
    weekday: WEEKDAYS.indexOf(parts.weekday ?? '') + 1,
  }
  seen.set(key, shown)
  return shown
}

const isQuiet = (hour: number, { quietFrom, quietUntil }: Person) =>
  quietFrom > quietUntil ? hour >= quietFrom || hour < quietUntil : hour >= quietFrom && hour < quietUntil

function isFree(person: Person, at: number): boolean {
  const { hour, weekday } = clockIn(person.zone, at)
  const isWeekday = person.onWeekends || person.weekly !== null || weekday <= 5
  return isWeekday && !isQuiet(hour, person)
}

const steps = new Map<string, number>()

/** Hour by hour from the day before: the first that this person is to be written to on or after a day. */
export function walkTo(day: string, person: Person): number {
  const key = `${day} ${JSON.stringify(person)}`
  const held = steps.get(key)
  if (held !== undefined) return held
  let at = Date.parse(`${day}T00:00:00Z`) - 24 * HOUR
  for (;;) {
    const local = clockIn(person.zone, at)
    const isDay = person.weekly === null || local.weekday === person.weekly
    if (local.day >= day && local.hour >= person.hour && isDay && isFree(person, at)) break
    at += STEP
  }
  steps.set(key, at)
  return at
}

function plusDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

const daysFrom = (from: string, to: string) => {
  let days = 0
  for (let day = from; day !== to; day = plusDays(from, days)) days += from < to ? 1 : -1
  return days
}

/** @param looks when the planner looked, in order */
export function expectReminders(things: readonly Thing[], looks: readonly Date[]): Expected[] {
  const expected: Expected[] = []
  const firstLook = looks[0]?.getTime() ?? 0
  for (const thing of things) {
    const soonest = Math.min(...thing.rungs.map(({ offset }) => offset))
    const over = new Map<string, { at: number; outcome: 'said' | 'dropped'; moment: number; who: string }>()
    for (const look of looks) {
      const now = look.getTime()
      if (thing.doneAt && thing.doneAt.getTime() <= now) break
      const due = thing.dues.filter(({ at }) => at.getTime() <= now).at(-1)
      // Nobody's first reminder comes more than two days before its day anywhere on earth.
      if (!due || (!thing.rest && now < Date.parse(due.dueOn) + (soonest - 2) * DAY)) continue
      // Another due day is another occasion, which nobody put off.
      const dueAtRest = thing.dues.filter(({ at }) => thing.rest !== null && at <= thing.rest.at).at(-1)
      const isResting = thing.rest && thing.rest.at.getTime() <= now && dueAtRest?.dueOn === due.dueOn
      const rests = isResting ? thing.rest : null
      if (rests && rests.untilOn === null) continue
      // What fell due long ago has had its last reminder.
      if (now - Date.parse(due.dueOn) > 95 * 24 * HOUR) continue
      const knownAt = thing.dues[0]?.at.getTime() ?? 0
      const since = Math.max(firstLook, knownAt)
      // The end of a rest is a rung of its own to whoever is asked first.
      const first = thing.rungs.find(({ rung }) => rung === 'owner')
      const resumed = rests?.untilOn && first ? daysFrom(due.dueOn, rests.untilOn) : null
      const isNamed = thing.rungs.some(({ rung, offset }) => rung === 'owner' && offset === resumed)
      const rungs =
        first && resumed !== null && !isNamed ? [...thing.rungs, { ...first, offset: resumed }] : thing.rungs
      const waiting = rungs.flatMap(({ rung, offset, person }) => {
        const name = `${due.dueOn} ${rung} ${offset}`
        if (over.has(name)) return []
        const raw = walkTo(plusDays(due.dueOn, offset), person)
        if (raw < since) return []
        if (offset < 0 && !(rung === 'owner' && offset === resumed) && raw < knownAt + DAY) return []
        const moment = rests?.untilOn ? Math.max(raw, walkTo(rests.untilOn, person)) : raw
        const isOld = [...over.entries()].some(
          ([said, { outcome, moment: earlier, who }]) =>
            outcome === 'said' && who === person.email && said.startsWith(due.dueOn) && earlier > moment,
        )
        if (isOld) {
          over.set(name, { at: now, outcome: 'dropped', moment, who: person.email })
          return []
        }
        return moment <= now ? [{ name, rung, offset, person, moment }] : []
      })
      for (const email of new Set(waiting.map(({ person }) => person.email))) {
        const theirs = waiting.filter(({ person }) => person.email === email)
        const order = ['owner', 'lead', 'sponsor']
        theirs.sort((a, b) => a.offset - b.offset || order.indexOf(a.rung) - order.indexOf(b.rung))
        const last = theirs.pop()
        for (const one of theirs)
          over.set(one.name, { at: now, outcome: 'dropped', moment: one.moment, who: email })
        if (!last || !isFree(last.person, now)) continue
        over.set(last.name, { at: now, outcome: 'said', moment: last.moment, who: email })
        const { rung, offset } = last
        expected.push({ title: thing.title, dueOn: due.dueOn, rung, offset, email, at: look.toISOString() })
      }
    }
  }
  return expected
}
