import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getCalendar } from '#app/services/calendar.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { ScheduleChangeInput, ScheduleInput } from '#app/services/schedule-input.ts'
import { settleOccurrence } from '#app/services/schedule-settling.server.ts'
import { changeDates, listSchedules, saveSchedule } from '#app/services/schedules.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
let clientId: string
const scope = () => ({ clientId, applicationId: null })

beforeAll(async () => {
  world = await openWorld()
})
/** A client of January, for whom a weekly scan is switched on in the middle of June. */
beforeEach(async () => {
  world.setClock(new Date('2026-01-05T10:00:00Z'))
  member = (await world.signUpMember('Mia Member')).member
  clientId = await createClient(member, demoClients(new Date('2026-01-05T10:00:00Z')).dental)
  world.setClock(new Date('2026-06-15T10:00:00Z'))
  const weekly = { isOn: 'on', how: 'rule', rule: 'FREQ=WEEKLY', startsOn: '2026-01-06', timeZone: '' }
  await saveSchedule(
    member,
    scope(),
    'scan',
    ScheduleInput.parse({ seenVersion: '0', localHour: '', ...weekly }),
  )
})
afterAll(() => world?.close())

const look = async (at: string) => {
  world.setClock(new Date(at))
  await sendReminders(member.organisationId)
}
const scansOf = async (month: string) => {
  const { entries, overdue } = await getCalendar(member, new URLSearchParams(`kind=schedule&month=${month}`))
  const days = (list: typeof entries) =>
    list.map(({ day, isSettled }) => `${day}${isSettled ? ' settled' : ''}`)
  return { entries: days(entries), overdue: days(overdue) }
}
const openDates = async () => (await listSchedules(member, scope())).noted
const settle = async (plannedOn: string) =>
  settleOccurrence(
    member,
    clientId,
    (await openDates()).find((row) => row.plannedOn === plannedOn)?.id ?? '',
    'done',
  )

test('dates of before the first look are past nobody’s day', async () => {
  await look('2026-06-15T10:00:00Z')
  expect((await scansOf('2026-03')).entries).toEqual([])
  const june = await scansOf('2026-06')
  expect(june.overdue).toEqual([])
  expect(june.entries).toEqual(['2026-06-16', '2026-06-23', '2026-06-30'])
})

test('whatever is overdue was written down, and is gone once somebody saw to it', async () => {
  await look('2026-06-15T10:00:00Z')
  await look('2026-07-16T10:00:00Z')
  const { overdue, entries } = await scansOf('2026-07')
  expect(overdue).toEqual(['2026-07-14'])
  expect(entries.slice(0, 3)).toEqual(['2026-06-30 settled', '2026-07-07 settled', '2026-07-14'])
  await settle('2026-07-14')
  expect((await scansOf('2026-07')).overdue).toEqual([])
})

test('ahead of today the rule counts as it stands, and what was seen to before its day stays so', async () => {
  await look('2026-06-15T10:00:00Z')
  await settle('2026-06-23')
  const moved = { kind: 'move', fromOn: '2026-06-30', movedTo: '2026-07-02', untilOn: '', reason: 'On leave' }
  await changeDates(member, scope(), 'scan', ScheduleChangeInput.parse(moved))
  const { entries } = await scansOf('2026-06')
  expect(entries).toEqual(['2026-06-16', '2026-06-23 settled', '2026-07-02'])
  expect((await scansOf('2027-06')).entries).toHaveLength(5)
})
