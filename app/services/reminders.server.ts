/** What people are reminded of, as pages show it, and what is done about a single thing. */
import { keyOf, type Planned } from '#app/schedule/reminder-plan.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import { getOrganisation } from '#db/queries/members.server.ts'
import * as reminders from '#db/queries/reminders.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { listDues, MOST_PUT_OFF_DAYS } from './reminder-context.server.ts'
import type { ReminderStepInput } from './reminder-input.ts'
import { planFor } from './reminder-planner.server.ts'
import { sendBatches } from './reminder-sending.server.ts'
import { getRuntime } from './runtime.server.ts'

export interface UpcomingReminder {
  subjectKey: string
  clientId: string
  clientName: string
  title: string
  href: string
  dueOn: string
  rung: Planned['rung']
  offsetDays: number
  recipientName: string
  recipientEmail: string
  moment: Date
}

const SHOWN = 200
const EXPORTED = 50_000

/** @param most of either list; all for an export. @throws NotFoundError */
export async function getReminders(member: Member, clientId: string | null, most = SHOWN) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    if (clientId !== null) await getClientRow(tx, organisationId, clientId)
    const { upcoming, subjects } = await listUpcoming(tx, organisationId, now, clientId)
    const resting = new Set(
      subjects.flatMap(({ due, restsUntil }) => (restsUntil === null ? [] : [due.subjectKey])),
    )
    const held = (await listStanding(tx, organisationId, now)).filter((one) => resting.has(one.subjectKey))
    const went = await reminders.listReminders(tx, organisationId, {
      limit: Math.min(most, EXPORTED),
      ...(clientId === null ? {} : { clientId }),
    })
    return {
      upcoming: upcoming.slice(0, most).map(showPlanned),
      held: held
        .filter((hold) => clientId === null || hold.clientId === clientId)
        .map(({ organisationId: _, ...hold }) => hold),
      went: went.map(({ reminder: { organisationId: _, ...row }, ...more }) => ({ ...row, ...more })),
    }
  })
}
export type RemindersPage = Awaited<ReturnType<typeof getReminders>>

/** What waits to go now comes first. */
async function listUpcoming(tx: Tx, organisationId: string, now: Date, clientId: string | null) {
  const look = await reminders.findLook(tx, organisationId)
  const { send, later, subjects } = await planFor(
    tx,
    organisationId,
    now,
    look?.firstAt ?? now,
    clientId ?? undefined,
  )
  return { upcoming: [...send, ...later], subjects }
}

/** What is put off beyond today, or stopped. */
const listStanding = (tx: Tx, organisationId: string, now: Date) =>
  reminders.listHolds(tx, organisationId, shiftDay(now.toISOString().slice(0, 10), 1))

const showPlanned = ({ due, rung, offsetDays, recipient, moment }: Planned): UpcomingReminder => ({
  ...{ subjectKey: due.subjectKey, clientId: due.clientId, clientName: due.clientName },
  ...{ title: due.title, href: due.href, dueOn: due.dueOn, rung, offsetDays, moment },
  ...{ recipientName: recipient.name, recipientEmail: recipient.email },
})

/**
 * @param clientId only what concerns this client
 * @throws NotFoundError for what nobody is reminded of; RefusedError `sent`, `past-date`, `late-date`, `held`
 */
export async function takeReminderStep(
  member: Member,
  clientId: string | null,
  step: ReminderStepInput,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    if (clientId !== null) await getClientRow(tx, organisationId, clientId)
    // As the planner does, so that a press of the button and the clock never send the same.
    await reminders.takeReminderLock(tx, organisationId)
    if (step.intent === 'send-now') return sendNow(tx, member, clientId, step, now)
    if (step.intent === 'resume') return resume(tx, member, clientId, step.subjectKey, now)
    return hold(tx, member, clientId, step, now)
  })
}

async function sendNow(
  tx: Tx,
  member: Member,
  clientId: string | null,
  step: Extract<ReminderStepInput, { intent: 'send-now' }>,
  now: Date,
): Promise<void> {
  const { organisationId } = member
  const planned = (await listUpcoming(tx, organisationId, now, clientId)).upcoming.find(
    ({ due, rung, offsetDays }) =>
      keyOf({ subjectKey: due.subjectKey, occurrence: due.dueOn, rung, offsetDays }) === keyOf(step),
  )
  if (!planned)
    throw new RefusedError('sent', 'This reminder went already, or the thing was done. Reload the page.')
  const organisation = await getOrganisation(tx, organisationId)
  await sendBatches(
    tx,
    organisation,
    [{ recipient: planned.recipient, planned: [planned] }],
    now,
    member.name,
  )
}

async function hold(
  tx: Tx,
  member: Member,
  clientId: string | null,
  step: Extract<ReminderStepInput, { intent: 'snooze' | 'stop' }>,
  now: Date,
): Promise<void> {
  const { organisationId } = member
  const due = (await listDues(tx, organisationId, now, { clientId: clientId ?? undefined })).find(
    ({ subjectKey }) => subjectKey === step.subjectKey,
  )
  if (!due) throw new NotFoundError('Nobody is reminded of this')
  const untilOn = step.intent === 'snooze' ? step.untilOn : null
  if (untilOn !== null && untilOn <= now.toISOString().slice(0, 10))
    throw new RefusedError('past-date', 'Choose a day after today until which it rests.')
  const last = shiftDay(due.dueOn, MOST_PUT_OFF_DAYS)
  if (untilOn !== null && untilOn > last)
    throw new RefusedError('late-date', `Choose ${last} or a day before, or stop its reminders.`)
  // A new decision takes the place of the one before.
  await reminders.liftHolds(tx, organisationId, step.subjectKey, {
    ...{ liftedAt: now, liftedByName: member.name },
  })
  const { subjectKey, title } = due
  await reminders.insertHold(tx, {
    ...{ organisationId, id: getRuntime().newId(), subjectKey, clientId: due.clientId, title, untilOn },
    occurrence: due.dueOn,
    ...{ reason: step.reason, recordedByName: member.name, recordedAt: now },
  })
  await recordInLedger(tx, organisationId, {
    kind: step.intent === 'snooze' ? 'reminder.snoozed' : 'reminder.stopped',
    actor: actorOf(member),
    at: now,
    payload: { subjectKey, clientId: due.clientId, title, untilOn, reason: step.reason },
  })
}

async function resume(
  tx: Tx,
  member: Member,
  clientId: string | null,
  subjectKey: string,
  now: Date,
): Promise<void> {
  const { organisationId } = member
  const standing = (await listStanding(tx, organisationId, now)).find(
    (one) => one.subjectKey === subjectKey && (clientId === null || one.clientId === clientId),
  )
  if (!standing) throw new RefusedError('held', 'Its reminders go already. Reload the page.')
  await reminders.liftHolds(tx, organisationId, subjectKey, { liftedAt: now, liftedByName: member.name })
  await recordInLedger(tx, organisationId, {
    kind: 'reminder.resumed',
    actor: actorOf(member),
    at: now,
    payload: { subjectKey, clientId: standing.clientId, title: standing.title },
  })
}

/** The bell: what this member was told and has not read. */
export async function countUnreadNotices({ organisationId, userId }: Member): Promise<number> {
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    reminders.countUnread(tx, organisationId, userId),
  )
}

export async function listNotices({ organisationId, userId }: Member) {
  const rows = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    reminders.listNotices(tx, organisationId, userId, SHOWN),
  )
  return rows.map(({ reminder, clientName }) => {
    const { id, subjectKey, title, href, occurrence, at, readAt } = reminder
    return { id, subjectKey, title, href, dueOn: occurrence, at, readAt, clientName }
  })
}

/** @param id all of them where absent; what is somebody else's stays as it is */
export async function readNotices({ organisationId, userId }: Member, id?: string): Promise<void> {
  const { database, clock } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, (tx) =>
    reminders.markRead(tx, organisationId, userId, at, id),
  )
}
