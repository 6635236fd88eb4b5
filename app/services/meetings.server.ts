/** Review meetings with a client: planned, moved, cancelled; each time with an invitation of a higher number. */
import { DateTime } from 'luxon'
import { listTimeZones } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/calendars.server.ts'
import { listPolicies } from '#db/queries/policies.server.ts'
import { writeInvitation } from './calendar-file.server.ts'
import type { MeetingInput } from './calendar-input.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { listMailings } from './meeting-mailings.server.ts'
import { isOver } from './meeting-times.ts'
import { actorOf, type Member } from './member.ts'
import { lockActiveClient } from './policy-lock.server.ts'
import { getRuntime } from './runtime.server.ts'
import { settleByMeeting } from './schedule-settling.server.ts'

/** @throws NotFoundError also when the client is another organisation's */
export async function getMeetingStart(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const [policy] = await listPolicies(tx, organisationId, { clientId })
    return { client, timeZone: policy?.current.timeZone ?? null, timeZones: listTimeZones() }
  })
}

/** With what was mailed of it, newest first. @throws NotFoundError */
export async function getMeeting(member: Member, meetingId: string) {
  const { organisationId } = member
  const { database, clock } = getRuntime()
  return database.inOrganisation(organisationId, async (tx) => {
    const meeting = await requireMeeting(tx, organisationId, meetingId)
    const client = await getClientRow(tx, organisationId, meeting.clientId)
    const mailings = await listMailings(tx, organisationId, meetingId)
    return { meeting, client, mailings, isPast: isOver(meeting, clock()), timeZones: listTimeZones() }
  })
}

export async function listMeetings(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    rows.listMeetingsOfClient(tx, organisationId, clientId),
  )
}

/** @returns the new meeting's id; @throws NotFoundError; RefusedError `archived`, `no-such-time` */
export async function planMeeting(member: Member, clientId: string, input: MeetingInput): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  refuseSkippedTime(input)
  const id = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    await lockActiveClient(tx, organisationId, clientId)
    const values = { ...toRow(input), recordedByName: member.name, changedAt: at }
    await rows.insertMeeting(tx, { ...values, organisationId, id, clientId, sequence: 0 })
    const meeting = { organisationId, id, clientId, heldOn: input.heldOn, cancelledAt: null }
    await settleByMeeting(tx, meeting, { actor: actorOf(member), name: member.name, at })
    const payload = { clientId, meetingId: id, ...input }
    await recordInLedger(tx, organisationId, {
      ...{ kind: 'meeting.planned', actor: actorOf(member), at, payload },
    })
  })
  return id
}

/** @returns `conflict` when somebody changed it since; @throws as `planMeeting`, and RefusedError `cancelled` */
export async function changeMeeting(
  member: Member,
  meetingId: string,
  seenSequence: number,
  input: MeetingInput,
): Promise<'saved' | 'conflict'> {
  refuseSkippedTime(input)
  return change(member, meetingId, seenSequence, 'meeting.changed', toRow(input), { ...input })
}

/** It stays, and its invitation takes itself back. @returns and @throws as `changeMeeting` */
export async function cancelMeeting(
  member: Member,
  meetingId: string,
  seenSequence: number,
  reason: string,
): Promise<'saved' | 'conflict'> {
  const values = { cancelledAt: getRuntime().clock(), cancelledReason: reason }
  return change(member, meetingId, seenSequence, 'meeting.cancelled', values, { reason })
}

async function change(
  member: Member,
  meetingId: string,
  seenSequence: number,
  kind: 'meeting.changed' | 'meeting.cancelled',
  values: Parameters<typeof rows.updateMeeting>[4],
  said: Record<string, unknown>,
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { clientId } = await requireMeeting(tx, organisationId, meetingId)
    await lockActiveClient(tx, organisationId, clientId)
    const current = await requireMeeting(tx, organisationId, meetingId)
    if (current.sequence !== seenSequence) return 'conflict'
    if (current.cancelledAt)
      throw new RefusedError('cancelled', 'This meeting was cancelled. Plan another one instead.')
    const recorded = { recordedByName: member.name, changedAt: at }
    if (!(await rows.updateMeeting(tx, organisationId, meetingId, seenSequence, { ...values, ...recorded })))
      throw new Error('A meeting changed under the lock of its client')
    const changed = await requireMeeting(tx, organisationId, meetingId)
    await settleByMeeting(tx, changed, { actor: actorOf(member), name: member.name, at })
    const payload = { clientId, meetingId, sequence: seenSequence + 1, ...said }
    await recordInLedger(tx, organisationId, { kind, actor: actorOf(member), at, payload })
    return 'saved'
  })
}

/** The invitation as it stands now, the meeting that it was written of, and what was mailed of it. @throws NotFoundError */
export async function writeMeetingFile(member: Member, meetingId: string) {
  const { organisationId } = member
  const { meeting, mailings } = await getRuntime().database.inOrganisation(organisationId, async (tx) => ({
    meeting: await requireMeeting(tx, organisationId, meetingId),
    mailings: await listMailings(tx, organisationId, meetingId),
  }))
  const { id, sequence, changedAt, heldOn, startsAt, timeZone, minutes, title, place, agenda } = meeting
  const text = writeInvitation(
    {
      // Not that of the entry in calendars, which an invitation must not replace.
      uid: `invitation-${id}@attested`,
      ...{ sequence, changedAt, day: heldOn, at: { time: startsAt, timeZone, minutes } },
      ...{ summary: title, description: agenda, place, category: null, href: null },
    },
    {
      organiser: meeting.organiser,
      attendees: meeting.attendees,
      isCancelled: meeting.cancelledAt !== null,
    },
  )
  return { text, meeting, mailings, isCancelled: meeting.cancelledAt !== null }
}

async function requireMeeting(tx: Tx, organisationId: string, meetingId: string) {
  const meeting = await rows.findMeeting(tx, organisationId, meetingId)
  if (!meeting) throw new NotFoundError('No such meeting')
  return meeting
}

function toRow({ organiserName, organiserEmail, ...rest }: MeetingInput) {
  return { ...rest, organiser: { name: organiserName, email: organiserEmail } }
}

/** When clocks go forward an hour is left out; whoever plans for it means another. */
function refuseSkippedTime({ heldOn, startsAt, timeZone }: MeetingInput): void {
  const there = DateTime.fromISO(`${heldOn}T${startsAt}`, { zone: timeZone })
  if (!there.isValid || there.toFormat('HH:mm') !== startsAt)
    throw new RefusedError(
      'no-such-time',
      'At that time clocks go forward there, so it does not exist. Choose another time.',
    )
}
