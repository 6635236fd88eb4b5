import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { type Purpose, ScheduleChangeInput, ScheduleInput } from '#app/services/schedule-input.ts'
import { settleOccurrence } from '#app/services/schedule-settling.server.ts'
import { changeDates, listSchedules, saveSchedule, takeBackChange } from '#app/services/schedules.server.ts'
import { insertApplication } from '#db/queries/applications.server.ts'
import { insertReport } from '#db/queries/reports.server.ts'
import { insertScheduleChange, listNotedOccurrences } from '#db/queries/schedules.server.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2026-03-10T10:00:00Z')
let world: World
let member: Member
let clientId: string

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  world.setClock(NOW)
  member = (await world.signUpMember('Mia Member')).member
  clientId = await createClient(member, demoClients(NOW).dental)
})
afterAll(() => world?.close())

const typed = (more: Record<string, string> = {}) => ({
  ...{ seenVersion: '0', isOn: 'inherit', how: 'inherit', startsOn: '', timeZone: '', localHour: '' },
  ...more,
})
const input = (more: Record<string, string> = {}) => ScheduleInput.parse(typed(more))
const ORGANISATION = { clientId: null, applicationId: null }
const ofClient = () => ({ clientId, applicationId: null })

async function shown(scope: { clientId: string | null; applicationId: string | null }, purpose: Purpose) {
  const { schedules } = await listSchedules(member, scope)
  const found = schedules.find((one) => one.purpose === purpose)
  if (!found) throw new Error('No such schedule')
  return found
}

/** Dates that are written down, with what became of them. */
async function noted() {
  const { organisationId } = member
  const rows = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    listNotedOccurrences(tx, organisationId, { from: '2000-01-01', clientId }),
  )
  return rows.map(({ plannedOn, dueOn, settledHow }) => `${plannedOn} ${dueOn} ${settledHow}`)
}
const look = async (at: string) => {
  world.setClock(new Date(at))
  await sendReminders(member.organisationId)
}
const codeOf = (work: Promise<unknown>) =>
  work.then(() => 'done').catch((error: { code: string }) => error.code)

describe('the nearest level that says a field counts', () => {
  test('and each says where it comes from', async () => {
    const before = await shown(ofClient(), 'review-meeting')
    expect(before.resolved).toMatchObject({
      isOn: { value: false, from: 'built-in' },
      rule: { value: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10', from: 'built-in' },
    })
    await saveSchedule(member, ORGANISATION, 'review-meeting', input({ isOn: 'on', localHour: '14' }))
    const half = { how: 'weekday', months: '6', place: '1', weekday: '0', timeZone: 'Europe/Berlin' }
    await saveSchedule(member, ofClient(), 'review-meeting', input(half))
    const after = await shown(ofClient(), 'review-meeting')
    expect(after.resolved).toMatchObject({
      isOn: { value: true, from: 'organisation' },
      rule: { value: 'FREQ=MONTHLY;INTERVAL=6;BYDAY=1MO', from: 'client' },
      timeZone: { value: 'Europe/Berlin', from: 'client' },
      localHour: { value: 14, from: 'organisation' },
    })
    expect(after.ruleWords).toBe('every 6 months on the first Monday')
    expect(after.next.map(({ on }) => on)).toEqual([
      ...['2026-09-07', '2027-03-01', '2027-09-06', '2028-03-06', '2028-09-04'],
    ])
    expect(after.next[0]?.at.toISOString()).toBe('2026-09-07T12:00:00.000Z')
    // Resetting a field gives it back to the level above.
    await saveSchedule(member, ofClient(), 'review-meeting', input({ seenVersion: '1' }))
    expect((await shown(ofClient(), 'review-meeting')).resolved.rule.from).toBe('built-in')
    expect((await listLedger(member)).entries[0]?.kind).toBe('schedule.changed')
  })

  test('two who change it at once are told', async () => {
    await saveSchedule(member, ofClient(), 'scan', input({ isOn: 'on' }))
    expect(await saveSchedule(member, ofClient(), 'scan', input({ isOn: 'off' }))).toBe('conflict')
    expect(await saveSchedule(member, ofClient(), 'scan', input({ isOn: 'off', seenVersion: '1' }))).toBe(
      'saved',
    )
  })

  test('only owners change the defaults, and nobody those of a stranger', async () => {
    const technician: Member = { ...member, role: 'technician' }
    expect(await codeOf(saveSchedule(technician, ORGANISATION, 'scan', input()))).toBe('owner')
    const stranger = (await world.signUpMember('Sam Stranger')).member
    await expect(saveSchedule(stranger, ofClient(), 'scan', input())).rejects.toThrow('No such client')
    await expect(listSchedules(member, { clientId, applicationId: crypto.randomUUID() })).rejects.toThrow(
      'No such application',
    )
  })
})

describe('a form that is wrong', () => {
  const problems = (more: Record<string, string>) =>
    ScheduleInput.safeParse(typed(more)).error?.issues.map(({ path, message }) => `${path}: ${message}`) ?? []

  test.each([
    [{ how: 'rule', rule: 'FREQ=SECONDLY' }, 'rule: FREQ=SECONDLY is too often'],
    [{ how: 'rule', rule: `FREQ=DAILY;${'X'.repeat(100_000)}` }, 'rule: A rule has at most'],
    [{ how: 'rule' }, 'rule: '],
    [{ how: 'month-day', months: '0', day: '1' }, 'months: Enter a number of months'],
    [{ how: 'month-day', months: '3', day: '32' }, 'day: Enter a day'],
    [{ how: 'weekday', months: '3', place: '9', weekday: '0' }, 'place: Choose which'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone: Choose a time zone'],
    [{ timeZone: '+02:00' }, 'timeZone: Choose a time zone'],
    [{ localHour: '24' }, 'localHour: Choose an hour'],
    [{ startsOn: '2026-02-30' }, 'startsOn: Enter a day'],
    [{ startsOn: '9999-01-01' }, 'startsOn: Choose a day from'],
    [{ how: 'sometimes' }, 'how: Choose one'],
  ])('%o is told at its field', (more, expected) => {
    expect(problems(more).join('; ')).toContain(expected)
  })

  test('a rule that never gives a day is refused when it is saved', async () => {
    const never = input({ how: 'rule', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' })
    await expect(saveSchedule(member, ofClient(), 'scan', never)).rejects.toMatchObject({ code: 'never' })
  })
})

describe('the dates of a schedule', () => {
  const monthly = { isOn: 'on', how: 'month-day', months: '1', day: '20', startsOn: '2026-01-01' }
  const change = (more: Record<string, string>) =>
    ScheduleChangeInput.parse({ untilOn: '', movedTo: '', reason: 'On leave', ...more })

  test('are written down once they are near, once each, and end as done', async () => {
    await saveSchedule(member, ofClient(), 'scan', input(monthly))
    await look('2026-03-10T10:00:00Z')
    await look('2026-03-10T22:00:00Z')
    expect(await noted()).toEqual(['2026-03-20 2026-03-20 null', '2026-04-20 2026-04-20 null'])
    const { noted: open } = await listSchedules(member, ofClient())
    await settleOccurrence(member, clientId, open[0]?.id ?? '', 'done')
    expect(await codeOf(settleOccurrence(member, clientId, open[0]?.id ?? '', 'done'))).toBe('settled')
    expect((await noted())[0]).toBe('2026-03-20 2026-03-20 done')
    const stranger = (await world.signUpMember('Sam Stranger')).member
    await expect(settleOccurrence(stranger, clientId, open[1]?.id ?? '', 'done')).rejects.toThrow(
      'No such date',
    )
  })

  test('are moved, left out and paused by hand, and come back when that is taken back', async () => {
    await saveSchedule(member, ofClient(), 'scan', input(monthly))
    await look('2026-03-10T10:00:00Z')
    await changeDates(
      member,
      ofClient(),
      'scan',
      change({ kind: 'move', fromOn: '2026-03-20', movedTo: '2026-03-24' }),
    )
    await changeDates(
      member,
      ORGANISATION,
      'scan',
      change({ kind: 'pause', fromOn: '2026-04-01', untilOn: '2026-04-30' }),
    )
    await look('2026-03-10T10:10:00Z')
    expect(await noted()).toEqual(['2026-03-20 2026-03-24 null', '2026-04-20 2026-04-20 rescheduled'])
    const { changes } = await shown(ORGANISATION, 'scan')
    await takeBackChange(member, null, changes[0]?.id ?? '')
    await look('2026-03-10T10:20:00Z')
    expect(await noted()).toEqual(['2026-03-20 2026-03-24 null', '2026-04-20 2026-04-20 null'])
    expect(
      await codeOf(
        changeDates(
          member,
          ofClient(),
          'scan',
          change({ kind: 'move', fromOn: '2026-03-20', movedTo: '2027-03-24' }),
        ),
      ),
    ).toBe('too-far')
  })

  test('are changed a second time: the newer change takes the place of the earlier', async () => {
    await saveSchedule(member, ofClient(), 'scan', input(monthly))
    const move = (movedTo: string) =>
      changeDates(member, ofClient(), 'scan', change({ kind: 'move', fromOn: '2026-03-20', movedTo }))
    await move('2026-03-24')
    world.setClock(new Date('2026-03-10T10:01:00Z'))
    await move('2026-03-27')
    await look('2026-03-10T10:05:00Z')
    expect((await noted())[0]).toBe('2026-03-20 2026-03-27 null')
    const { changes, next } = await shown(ofClient(), 'scan')
    expect(changes).toMatchObject([{ movedTo: '2026-03-27' }])
    expect(next[0]?.on).toBe('2026-03-27')
    await takeBackChange(member, clientId, changes[0]?.id ?? '')
    expect((await shown(ofClient(), 'scan')).next[0]?.on).toBe('2026-03-20')
  })

  test('that stand twice from before count by the newest', async () => {
    await saveSchedule(member, ofClient(), 'scan', input(monthly))
    const { organisationId } = member
    await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      for (const [hour, movedTo] of [
        ['08', '2026-03-24'],
        ['09', '2026-03-27'],
      ])
        await insertScheduleChange(tx, {
          ...{ organisationId, id: crypto.randomUUID(), scopeId: clientId, clientId, purpose: 'scan' },
          ...{ kind: 'move', fromOn: '2026-03-20', movedTo, reason: 'On leave', recordedByName: 'Mia' },
          recordedAt: new Date(`2026-03-10T${hour}:00:00Z`),
        })
    })
    expect((await shown(ofClient(), 'scan')).next[0]?.on).toBe('2026-03-27')
  })

  test('that the rule does not give are not changed; the nearest are named', async () => {
    await saveSchedule(member, ofClient(), 'scan', input(monthly))
    const skip = (scope: Parameters<typeof changeDates>[1], fromOn: string) =>
      changeDates(member, scope, 'scan', change({ kind: 'skip', fromOn }))
    const sentence =
      'The schedule gives no date on 21 March 2026. The nearest that it gives: 20 March 2026 and 20 April 2026. Enter one of these.'
    await expect(skip(ofClient(), '2026-03-21')).rejects.toMatchObject({
      code: 'no-such-date',
      message: sentence,
    })
    // What is said for all clients counts where one of them has the date.
    await expect(skip(ORGANISATION, '2026-03-21')).rejects.toMatchObject({ code: 'no-such-date' })
    await skip(ORGANISATION, '2026-03-20')
    expect((await shown(ofClient(), 'scan')).next[0]?.on).toBe('2026-04-20')
  })

  test('of a year without any server, only the last still waits', async () => {
    await saveSchedule(member, ofClient(), 'scan', input(monthly))
    await look('2026-03-10T10:00:00Z')
    await look('2027-01-25T10:00:00Z')
    expect(await noted()).toEqual([
      '2026-03-20 2026-03-20 overtaken',
      '2026-04-20 2026-04-20 overtaken',
      '2027-01-20 2027-01-20 null',
      '2027-02-20 2027-02-20 null',
      '2027-03-20 2027-03-20 null',
    ])
  })

  test('end with the schedule, and with the client', async () => {
    await saveSchedule(member, ofClient(), 'scan', input(monthly))
    await look('2026-03-10T10:00:00Z')
    await saveSchedule(member, ofClient(), 'scan', input({ isOn: 'off', seenVersion: '1' }))
    await look('2026-03-10T10:10:00Z')
    expect(await noted()).toEqual(['2026-03-20 2026-03-20 rescheduled', '2026-04-20 2026-04-20 rescheduled'])
    await saveSchedule(member, ofClient(), 'scan', input({ ...monthly, seenVersion: '2' }))
    await look('2026-03-10T10:20:00Z')
    await setClientArchived(member, clientId, true)
    await look('2026-03-11T10:20:00Z')
    expect((await noted()).every((line) => line.endsWith('rescheduled'))).toBe(true)
  })

  test('what was attested is attested again every quarter, unless its application says something else', async () => {
    const { organisationId, userId } = member
    const applicationId = crypto.randomUUID()
    const attestedAt = new Date('2026-01-30T10:00:00Z')
    await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      await insertApplication(tx, {
        ...{ organisationId, id: applicationId, clientId, formCode: 'core-cyber', edition: '1' },
        ...{ editionSha256: '0'.repeat(64), createdBy: userId, createdAt: NOW },
      })
      await insertReport(tx, {
        ...{
          organisationId,
          id: crypto.randomUUID(),
          applicationId,
          clientId,
          state: 'signed',
          statement: '{}',
        },
        ...{ statementSha256: '0'.repeat(64), createdBy: userId, createdAt: NOW, attestedAt },
      })
    })
    const scope = { clientId, applicationId }
    expect((await shown(scope, 're-attestation')).next.map(({ on }) => on).slice(0, 2)).toEqual([
      ...['2026-04-30', '2026-07-30'],
    ])
    await look('2026-03-10T10:00:00Z')
    expect(await noted()).toEqual(['2026-04-30 2026-04-30 null'])
    for (const rule of ['FREQ=DAILY;INTERVAL=90', 'FREQ=WEEKLY'])
      await expect(
        saveSchedule(member, scope, 're-attestation', input({ how: 'rule', rule })),
      ).rejects.toMatchObject({ code: 'too-often' })
    const often = { how: 'month-day', months: '1', day: '15', startsOn: '2026-02-01' }
    await saveSchedule(member, scope, 're-attestation', input(often))
    await look('2026-03-10T10:10:00Z')
    expect(await noted()).toEqual([
      ...['2026-03-15 2026-03-15 null', '2026-04-15 2026-04-15 null', '2026-04-30 2026-04-30 rescheduled'],
    ])
  })
})
