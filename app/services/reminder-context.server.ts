/** Brings together what the planner of reminders decides by: what is open, who is reminded, when and how. */
import { resolveLayers } from '#app/schedule/cascade.ts'
import { firstMoment, type Habits, USUAL_HABITS } from '#app/schedule/habits.ts'
import type { Due, Ladder, Recipient, Subject } from '#app/schedule/reminder-plan.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import { findClient } from '#db/queries/clients.server.ts'
import { listMembers } from '#db/queries/members.server.ts'
import { listLeads, listSponsors } from '#db/queries/reminder-dues.server.ts'
import * as reminders from '#db/queries/reminders.server.ts'
import { REMINDER_SOURCES } from './reminder-sources/index.server.ts'

export interface ReminderFields {
  ownerDays: number[]
  leadDays: number[]
  sponsorDays: number[]
  timeZone: string
  localHour: number
}
export const REMINDER_FIELDS = ['ownerDays', 'leadDays', 'sponsorDays', 'timeZone', 'localHour'] as const

/** A client's people are not written to unless somebody decides so: their rung begins empty. */
export const BUILT_IN: ReminderFields = {
  ownerDays: [-14, -3, 0],
  leadDays: [3],
  sponsorDays: [],
  timeZone: 'UTC',
  localHour: 9,
}

/** As far as a rung may lie before its due day, and a little more. */
export const HORIZON_DAYS = 62
/** What fell due longer ago has had its last reminder. */
const REACH_BACK_DAYS = 100
/** So long after its day a thing may be put off: within what is still looked at. */
export const MOST_PUT_OFF_DAYS = 90

/** @param clientId null for what the organisation says to all */
export function resolveReminderFields(
  settings: readonly reminders.ReminderSettingRow[],
  clientId: string | null,
) {
  const own = clientId === null ? undefined : settings.find((row) => row.clientId === clientId)
  const general = settings.find((row) => row.clientId === null)
  return resolveLayers<ReminderFields>(REMINDER_FIELDS, [
    ...(own ? [{ level: 'client' as const, values: own }] : []),
    ...(general ? [{ level: 'organisation' as const, values: general }] : []),
    { level: 'built-in', values: BUILT_IN },
  ])
}

export interface People {
  /** Members by id. */
  recipientOf(userId: string, clientId: string): Recipient | null
  leadOf(clientId: string): Recipient | null
  sponsorOf(clientId: string): Recipient | null
  guest(name: string, email: string, clientId: string): Recipient
  ladderOf(clientId: string): Ladder
}

/** @param clientId whose people are asked for; all clients' where absent */
export async function loadPeople(tx: Tx, organisationId: string, clientId?: string): Promise<People> {
  const settings = await reminders.listReminderSettings(tx, organisationId)
  const preferences = new Map(
    (await reminders.listReminderPreferences(tx, organisationId)).map((row) => [row.userId, row]),
  )
  const members = new Map((await listMembers(tx, organisationId)).map((row) => [row.userId, row]))
  const [firstLead] = await listLeads(tx, organisationId)
  const sponsors = new Map(
    (await listSponsors(tx, organisationId, clientId)).map((row) => [row.clientId, row]),
  )
  const general = settings.find((row) => row.clientId === null)
  const ownOf = new Map(settings.filter((row) => row.clientId !== null).map((row) => [row.clientId, row]))
  const resolved = new Map<string, ReturnType<typeof resolveReminderFields>>()
  const fieldsOf = (clientId: string) => {
    // Most clients say nothing of their own, and those share one answer.
    const key = ownOf.has(clientId) ? clientId : ''
    const held = resolved.get(key) ?? resolveReminderFields(settings, key || null)
    resolved.set(key, held)
    return held
  }
  const usual = (clientId: string): Habits => {
    const { timeZone, localHour } = fieldsOf(clientId)
    return { ...USUAL_HABITS, timeZone: timeZone.value, hour: localHour.value }
  }
  const guest = (name: string, email: string, clientId: string): Recipient => ({
    ...{ name, email, userId: null, habits: usual(clientId) },
  })
  const recipientOf = (userId: string, clientId: string): Recipient | null => {
    const member = members.get(userId)
    if (!member) return null
    const chosen = preferences.get(userId)
    const habits = chosen ? { ...chosen, hour: chosen.localHour } : usual(clientId)
    return { name: member.name, email: member.email, userId, habits }
  }
  return {
    recipientOf,
    guest,
    leadOf(clientId) {
      const named = ownOf.get(clientId)?.leadUserId ?? general?.leadUserId
      return (
        (named ? recipientOf(named, clientId) : null) ?? (firstLead ? recipientOf(firstLead, clientId) : null)
      )
    },
    sponsorOf(clientId) {
      const own = ownOf.get(clientId)
      const named = own?.sponsorEmail ? { name: own.sponsorName, email: own.sponsorEmail } : null
      const { name, email } = named ?? sponsors.get(clientId) ?? {}
      return email ? guest(name ?? email, email, clientId) : null
    },
    ladderOf(clientId) {
      const { ownerDays, leadDays, sponsorDays } = fieldsOf(clientId)
      return { owner: ownerDays.value, lead: leadDays.value, sponsor: sponsorDays.value }
    },
  }
}

/** What is asked for; everything where nothing is said. */
export interface WhichDues {
  clientId?: string | undefined
  /** Only these sources. */
  kinds?: ReadonlySet<string> | undefined
}

export async function listDues(
  tx: Tx,
  organisationId: string,
  now: Date,
  { clientId, kinds }: WhichDues = {},
): Promise<Due[]> {
  if (clientId !== undefined && (await findClient(tx, organisationId, clientId))?.archivedAt !== null)
    return []
  const today = now.toISOString().slice(0, 10)
  const horizon = shiftDay(today, HORIZON_DAYS)
  const oldest = shiftDay(today, -REACH_BACK_DAYS)
  const dues: Due[] = []
  for (const [kind, source] of Object.entries(REMINDER_SOURCES)) {
    if (!kinds || kinds.has(kind))
      dues.push(...(await source(tx, organisationId, { now, horizon, clientId })))
  }
  return dues.filter(({ dueOn }) => dueOn >= oldest)
}

/** @param which as `listDues` */
export async function loadSubjects(
  tx: Tx,
  organisationId: string,
  now: Date,
  which: WhichDues = {},
): Promise<Subject[]> {
  const people = await loadPeople(tx, organisationId, which.clientId)
  const standing = await reminders.listHolds(tx, organisationId, oldestOccurrence(now))
  const holds = new Map(standing.map((hold) => [hold.subjectKey, hold]))
  return (await listDues(tx, organisationId, now, which)).map((due): Subject => {
    const { clientId, owner } = due
    const held = holds.get(due.subjectKey)
    // Another due day is another occasion, which nobody put off: a next revision is reminded of, say.
    const hold = held && (held.occurrence ?? due.dueOn) === due.dueOn ? held : undefined
    const lead = people.leadOf(clientId)
    const first =
      owner.kind === 'guest'
        ? people.guest(owner.name, owner.email, clientId)
        : (people.recipientOf(owner.userId, clientId) ?? lead)
    const sponsor = people.sponsorOf(clientId)
    return {
      due,
      ladder: people.ladderOf(clientId),
      recipients: {
        ...(first ? { owner: first } : {}),
        ...(lead ? { lead } : {}),
        ...(sponsor ? { sponsor } : {}),
      },
      restsUntil: hold ? (hold.untilOn ?? 'never') : null,
    }
  })
}

/** What went is asked for as far back as anything is still planned. */
export const oldestOccurrence = (now: Date): string =>
  shiftDay(now.toISOString().slice(0, 10), -REACH_BACK_DAYS)

/** Of what was said, what still has to be: not done, not put off, and still to the same person. */
export async function listWaiting(
  tx: Tx,
  organisationId: string,
  now: Date,
  said: readonly reminders.ReminderRow[],
): Promise<reminders.ReminderRow[]> {
  const kinds = new Set(said.map(({ subjectKey }) => subjectKey.split(':')[0] ?? ''))
  // Nearly every mail is about one client; a digest of many asks for all.
  const [clientId, another] = new Set(said.map((one) => one.clientId))
  const which = { kinds, clientId: another === undefined ? clientId : undefined }
  const subjects = new Map(
    (await loadSubjects(tx, organisationId, now, which)).map((subject) => [
      `${subject.due.subjectKey} ${subject.due.dueOn}`,
      subject,
    ]),
  )
  return said.filter(({ subjectKey, occurrence, rung, recipientEmail, sentByName }) => {
    const subject = subjects.get(`${subjectKey} ${occurrence}`)
    const recipient = subject?.recipients[rung]
    if (!subject || recipient?.email !== recipientEmail) return false
    // Who pressed “Send now” meant it although it rests.
    return sentByName !== null || !restsAt(subject, recipient.habits, now)
  })
}

function restsAt({ restsUntil }: Subject, habits: Habits, now: Date): boolean {
  if (restsUntil === null) return false
  return restsUntil === 'never' || firstMoment(restsUntil, habits) > now
}
