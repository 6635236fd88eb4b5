/**
 * Which reminders are to go now, which later, and which were overtaken: pure. Every reminder is known by its subject,
 * the due day, the rung and the days from the due day; what went under that name never goes again.
 */
import { firstMoment, type Habits, mayWriteAt } from './habits.ts'
import { daysBetween, shiftDay } from './zone.ts'

export const RUNGS = ['owner', 'lead', 'sponsor'] as const
export type Rung = (typeof RUNGS)[number]

const DAY_MS = 86_400_000

/** Days from the due day, negative before it. */
export type Ladder = Record<Rung, readonly number[]>

/** Something that somebody must see to by a day. */
export interface Due {
  /** Kind and id: the same for as long as the thing is. */
  subjectKey: string
  kind: string
  clientId: string
  clientName: string
  title: string
  /** YYYY-MM-DD: another day makes another occasion, with reminders of its own. */
  dueOn: string
  /** When it became known: nothing that would have been said before is said. */
  since: Date
  owner: { kind: 'member'; userId: string } | { kind: 'guest'; name: string; email: string }
  /** Where it is seen to, as a path. */
  href: string
}

export interface Recipient {
  name: string
  email: string
  /** null: somebody without an account. */
  userId: string | null
  habits: Habits
}

export interface Planned {
  due: Due
  rung: Rung
  offsetDays: number
  recipient: Recipient
  /** From when on it may go. */
  moment: Date
}

/** As the database keeps it. */
export interface Said {
  subjectKey: string
  occurrence: string
  rung: Rung
  offsetDays: number
  recipientEmail: string
  plannedAt: Date
  outcome: string
}

export interface Subject {
  due: Due
  ladder: Ladder
  recipients: Partial<Record<Rung, Recipient>>
  /** The first day on which reminders go again; `never` while it is stopped. */
  restsUntil: string | 'never' | null
}

export interface ReminderPlan {
  send: Planned[]
  /** Overtaken by a later one to the same person: written down and not sent. */
  collapse: Planned[]
  /** Not due yet, or due and waiting for the end of a night or weekend; the soonest first. */
  later: Planned[]
}

export const keyOf = (one: { subjectKey: string; occurrence: string; rung: Rung; offsetDays: number }) =>
  `${one.subjectKey} ${one.occurrence} ${one.rung} ${one.offsetDays}`

const keyOfPlanned = ({ due, rung, offsetDays }: Planned) =>
  keyOf({ subjectKey: due.subjectKey, occurrence: due.dueOn, rung, offsetDays })

/** @param firstLook nothing of before it is made up for */
export function planReminders(
  subjects: readonly Subject[],
  said: readonly Said[],
  { now, firstLook }: { now: Date; firstLook: Date },
): ReminderPlan {
  const known = new Set(said.map(keyOf))
  const lastSaid = new Map<string, number>()
  for (const one of said) {
    if (one.outcome === 'collapsed') continue
    const person = `${one.subjectKey} ${one.occurrence} ${one.recipientEmail}`
    lastSaid.set(person, Math.max(lastSaid.get(person) ?? 0, one.plannedAt.getTime()))
  }
  const plan: ReminderPlan = { send: [], collapse: [], later: [] }
  for (const subject of subjects) {
    if (subject.restsUntil === 'never') continue
    const open = listRungs(subject, firstLook).filter((one) => !known.has(keyOfPlanned(one)))
    sortOut(open, lastSaid, now, plan)
  }
  plan.later.sort((a, b) => a.moment.getTime() - b.moment.getTime())
  return plan
}

function listRungs({ due, ladder, recipients, restsUntil }: Subject, firstLook: Date): Planned[] {
  const from = due.since > firstLook ? due.since : firstLook
  const restsTo = restsUntil === 'never' ? null : restsUntil
  return RUNGS.flatMap((rung) => {
    const recipient = recipients[rung]
    if (!recipient) return []
    const { habits } = recipient
    const rested = restsTo === null ? null : firstMoment(restsTo, habits)
    // Whoever put it off hears of it once it rests no more, also where the ladder would say nothing else.
    const resumes = restsTo !== null && rung === 'owner' ? daysBetween(due.dueOn, restsTo) : null
    const offsets = new Set(resumes === null ? ladder[rung] : [...ladder[rung], resumes])
    return [...offsets].flatMap((offsetDays): Planned[] => {
      const moment = firstMoment(shiftDay(due.dueOn, offsetDays), habits)
      // What became known within the last day needs no warning yet; its due day and what follows is said.
      const isFresh =
        offsetDays < 0 && offsetDays !== resumes && moment.getTime() < due.since.getTime() + DAY_MS
      if (moment < from || isFresh) return []
      const later = rested !== null && rested > moment ? rested : moment
      return [{ due, rung, offsetDays, recipient, moment: later }]
    })
  })
}

/** Of several that wait for one person about one thing, only the last still says something. */
function sortOut(open: Planned[], lastSaid: Map<string, number>, now: Date, plan: ReminderPlan): void {
  const newest = new Map<string, Planned>()
  const overtakes = (a: Planned, b: Planned) =>
    a.offsetDays !== b.offsetDays
      ? a.offsetDays > b.offsetDays
      : RUNGS.indexOf(a.rung) > RUNGS.indexOf(b.rung)
  for (const one of open) {
    const { due, recipient, moment } = one
    const person = `${due.subjectKey} ${due.dueOn} ${recipient.email}`
    if ((lastSaid.get(person) ?? Number.NEGATIVE_INFINITY) > moment.getTime()) plan.collapse.push(one)
    else if (moment > now) plan.later.push(one)
    else {
      const held = newest.get(recipient.email)
      if (!held) newest.set(recipient.email, one)
      else if (overtakes(one, held)) {
        plan.collapse.push(held)
        newest.set(recipient.email, one)
      } else plan.collapse.push(one)
    }
  }
  for (const one of newest.values())
    (mayWriteAt(now, one.recipient.habits) ? plan.send : plan.later).push(one)
}
