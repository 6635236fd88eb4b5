/**
 * Dates of schedules that are seen to: somebody says so, or what the date is for was done, in the transaction of that.
 * A meeting, a scan or a re-attestation that counts no more opens its dates again.
 */
import { occurrencesOf } from '#app/schedule/occurrences.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import { noteSchedulesNoted } from '#db/queries/reminders.server.ts'
import * as schedules from '#db/queries/schedules.server.ts'
import * as settled from '#db/queries/settled-dates.server.ts'
import type { reviewMeeting } from '#db/schema/index.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { byScope, resolveSchedule, scheduleOf } from './schedule-resolving.ts'

/** Who settles, or whose change does. */
export interface Settler {
  /** As the ledger has it. */
  actor: string
  /** As pages show it. */
  name: string
  at: Date
}

/** The meeting, the import of a scan or the re-attestation that sees to a client's dates. */
interface Deed {
  organisationId: string
  clientId: string
  id: string
}

const ofMember = (member: Member, at: Date): Settler => ({ actor: actorOf(member), name: member.name, at })

/**
 * Somebody saw to one date, or says that it is not needed.
 * @throws NotFoundError; RefusedError `settled`
 */
export async function settleOccurrence(
  member: Member,
  clientId: string,
  occurrenceId: string,
  settledHow: 'done' | 'not-needed',
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    const noted = await schedules.listNotedOccurrences(tx, organisationId, { from: '0001-01-01', clientId })
    const row = noted.find(({ id }) => id === occurrenceId)
    if (!row) throw new NotFoundError('No such date')
    const by = ofMember(member, clock())
    const values = { settledAt: by.at, settledHow, settledByName: by.name, settledById: null }
    const changed = await schedules.settleOccurrences(tx, organisationId, [row.id], values)
    if (changed.length === 0)
      throw new RefusedError('settled', 'Somebody saw to this date before. Reload the page.')
    await recordDates(tx, 'schedule.date-settled', changed, by)
  })
}

/** What was done settles those of these dates that are open still. */
export async function settleByDeed(
  tx: Tx,
  deed: Deed,
  dates: readonly schedules.ScheduleOccurrenceRow[],
  by: Settler,
): Promise<void> {
  const changed = await schedules.settleOccurrences(tx, deed.organisationId, idsOf(dates), doneBy(deed, by))
  await recordDates(tx, 'schedule.date-settled', changed, by)
}

/** What was done counts no more: its dates wait again, and the next look overtakes those that a later one has passed. */
export async function reopenDates(tx: Tx, deed: Deed, by: Settler): Promise<void> {
  await recordDates(tx, 'schedule.date-reopened', await reopen(tx, deed, null), by)
}

async function reopen(tx: Tx, { organisationId, clientId, id }: Deed, exceptId: string | null) {
  const held = await settled.listDatesSettledBy(tx, organisationId, clientId, id)
  const given = held.filter((date) => date.id !== exceptId)
  // Before the dates themselves, as the planner does it: two who take them in another order could wait for each other.
  if (given.length > 0) await noteSchedulesNoted(tx, organisationId, null)
  return settled.reopenDates(tx, organisationId, idsOf(given))
}

/** The scan of a Monday that was planned for the Friday after is that Friday's. */
const SCAN_EARLY_DAYS = 7

/** A scan was imported: what was due by its day, or soon after, is done. Older ones settle nothing that came since. */
export async function settleByScan(tx: Tx, deed: Deed, scannedAt: Date, by: Settler): Promise<void> {
  const { organisationId, clientId } = deed
  const last = shiftDay(scannedAt.toISOString().slice(0, 10), SCAN_EARLY_DAYS)
  const open = await schedules.listNotedOccurrences(tx, organisationId, { from: '9999-12-31', clientId })
  const due = open.filter(({ purpose, dueOn }) => purpose === 'scan' && dueOn <= last)
  await settleByDeed(tx, deed, due, by)
}

type Meeting = Pick<
  typeof reviewMeeting.$inferSelect,
  'organisationId' | 'id' | 'clientId' | 'heldOn' | 'cancelledAt'
>

/**
 * A meeting is held when people are free: some weeks from its date, before it as often as after. Of a quarterly rhythm
 * a month is a third; of a shorter one the nearest date is nearer than that.
 */
const MEETING_DAYS = 30

/** A meeting was planned, moved or cancelled: its date is the one that is nearest to it, and no other. */
export async function settleByMeeting(tx: Tx, meeting: Meeting, by: Settler): Promise<void> {
  const date = meeting.cancelledAt ? null : await findDateOf(tx, meeting)
  const opened = await reopen(tx, meeting, date?.id ?? null)
  const ids = date ? [date.id] : []
  const { organisationId } = meeting
  const changed = await schedules.settleOccurrences(tx, organisationId, ids, doneBy(meeting, by))
  await recordDates(tx, 'schedule.date-reopened', opened, by)
  await recordDates(tx, 'schedule.date-settled', changed, by)
}

/** The nearest by the schedule, and not of those that wait: a second meeting about one date is not the next one's. */
async function findDateOf(tx: Tx, { organisationId, clientId, heldOn }: Meeting) {
  const { createdAt: since } = await getClientRow(tx, organisationId, clientId)
  const subject = { organisationId, clientId, applicationId: null, since }
  const settings = byScope(await schedules.listScheduleSettings(tx, organisationId, clientId))
  const changes = byScope(await schedules.listScheduleChanges(tx, organisationId, clientId))
  const resolved = resolveSchedule('review-meeting', subject, settings)
  if (!resolved.isOn.value) return null
  const window = { from: shiftDay(heldOn, -MEETING_DAYS), until: shiftDay(heldOn, MEETING_DAYS) }
  const away = (day: string) => Math.abs(Date.parse(day) - Date.parse(heldOn))
  const [nearest] = occurrencesOf(scheduleOf('review-meeting', subject, resolved, changes), window).sort(
    (a, b) => away(a.on) - away(b.on),
  )
  if (!nearest) return null
  const noted = await schedules.listNotedOccurrences(tx, organisationId, {
    ...{ from: nearest.plannedOn, clientId },
  })
  return noted.find((row) => row.purpose === 'review-meeting' && row.plannedOn === nearest.plannedOn) ?? null
}

/** For dates that were written down, or opened again, after their meeting was planned. */
export async function settleByEarlierMeetings(tx: Tx, organisationId: string, at: Date): Promise<void> {
  const noted = await schedules.listNotedOccurrences(tx, organisationId, { from: '9999-12-31' })
  const open = noted.filter(({ purpose }) => purpose === 'review-meeting')
  const [first, last] = [open[0], open.at(-1)]
  if (!first || !last) return
  const from = shiftDay(first.dueOn, -MEETING_DAYS)
  const until = shiftDay(last.dueOn, MEETING_DAYS)
  const waiting = new Set(open.map(({ clientId }) => clientId))
  for (const meeting of await settled.listMeetingsWithoutDate(tx, organisationId, from, until))
    if (waiting.has(meeting.clientId))
      await settleByMeeting(tx, meeting, { actor: 'Attested', name: meeting.recordedByName, at })
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

const doneBy = (deed: Pick<Deed, 'id'>, { at, name }: Settler) => ({
  ...{ settledAt: at, settledHow: 'done' as const, settledByName: name, settledById: deed.id },
})

/** Last, because it holds the ledger to the end of the transaction. */
async function recordDates(
  tx: Tx,
  kind: 'schedule.date-settled' | 'schedule.date-reopened',
  dates: readonly schedules.ScheduleOccurrenceRow[],
  { actor, at }: Settler,
): Promise<void> {
  for (const { id: occurrenceId, organisationId, ...date } of dates) {
    const { clientId, purpose, plannedOn, dueOn, settledHow: how, settledById } = date
    await recordInLedger(tx, organisationId, {
      ...{ kind, actor, at },
      payload: {
        ...{ occurrenceId, clientId, purpose, plannedOn, dueOn },
        ...(how ? { how } : {}),
        ...(settledById ? { settledById } : {}),
      },
    })
  }
}
