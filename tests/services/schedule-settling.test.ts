import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { settledWords } from '#app/components/schedule/schedule-words.ts'
import { loader } from '#app/routes/schedules.tsx'
import { MeetingInput } from '#app/services/calendar-input.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { registerEvidence, storeFile, withdrawEvidence } from '#app/services/evidence.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { cancelMeeting, changeMeeting, planMeeting } from '#app/services/meetings.server.ts'
import type { Member } from '#app/services/member.ts'
import { updateRegister } from '#app/services/register-intake.server.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { readScan } from '#app/services/scan-reading.server.ts'
import { type Purpose, ScheduleInput } from '#app/services/schedule-input.ts'
import { saveSchedule } from '#app/services/schedules.server.ts'
import { listReminders } from '#db/queries/reminders.server.ts'
import { listNotedOccurrences } from '#db/queries/schedules.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
let cookie: string
let clientId: string

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  world.setClock(new Date('2026-03-10T10:00:00Z'))
  ;({ member, cookie } = await world.signUpMember('Mia Member'))
  clientId = await createClient(member, demoClients(getRuntime().clock()).dental)
})
afterAll(() => world?.close())

const look = async (at: string) => {
  world.setClock(new Date(at))
  await sendReminders(member.organisationId)
}
/** On the 20th of each month; those of the next two months are written down. */
async function recur(purpose: Purpose) {
  const monthly = { isOn: 'on', how: 'month-day', months: '1', day: '20', startsOn: '2026-01-01' }
  const input = ScheduleInput.parse({ seenVersion: '0', timeZone: '', localHour: '', ...monthly })
  await saveSchedule(member, { clientId, applicationId: null }, purpose, input)
  await look('2026-03-10T10:00:00Z')
}
async function dates() {
  const { organisationId } = member
  const rows = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    listNotedOccurrences(tx, organisationId, { from: '2000-01-01', clientId }),
  )
  return rows.map(({ dueOn, settledHow }) => `${dueOn} ${settledHow ?? 'open'}`)
}
/** Due days of which anybody was reminded. */
async function reminded() {
  const { organisationId } = member
  const rows = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    listReminders(tx, organisationId, { limit: 100 }),
  )
  return [...new Set(rows.map(({ reminder }) => reminder.occurrence))].sort()
}
async function shown() {
  const request = new Request(`http://attested.test/clients/${clientId}/schedules`, { headers: { cookie } })
  const { settled } = await loader({ request, params: { clientId }, context: {} } as never)
  return settled.map((date) => settledWords(date))
}
const ledgerKinds = async () => (await listLedger(member)).entries.map(({ kind }) => kind)

describe('a review meeting', () => {
  const on = (heldOn: string) =>
    MeetingInput.parse({
      ...{ title: 'Quarterly review', heldOn, startsAt: '14:00', timeZone: 'UTC', minutes: '60' },
      ...{ place: '', agenda: '', organiserName: 'Mia Member', organiserEmail: 'mia@msp.example' },
      attendees: [{ name: 'Ada Approver', email: 'ada@client.example' }],
    })

  test('settles its date when it is planned, and nobody is reminded of it', async () => {
    await recur('review-meeting')
    const id = await planMeeting(member, clientId, on('2026-03-18'))
    expect(await dates()).toEqual(['2026-03-20 done', '2026-04-20 open'])
    expect(await shown()).toEqual([
      { words: 'Meeting planned for Wednesday 18 March 2026', href: `/meetings/${id}` },
    ])
    expect((await ledgerKinds()).slice(0, 2)).toEqual(['meeting.planned', 'schedule.date-settled'])
    for (const day of ['17', '20', '24']) await look(`2026-03-${day}T10:00:00Z`)
    expect(await reminded()).toEqual([])
  })

  test('that is cancelled gives its date back, which is reminded of again', async () => {
    await recur('review-meeting')
    const id = await planMeeting(member, clientId, on('2026-03-18'))
    await cancelMeeting(member, id, 0, 'The client is on leave')
    expect(await dates()).toEqual(['2026-03-20 open', '2026-04-20 open'])
    expect((await ledgerKinds()).slice(0, 2)).toEqual(['meeting.cancelled', 'schedule.date-reopened'])
    await look('2026-03-20T10:00:00Z')
    expect(await reminded()).toEqual(['2026-03-20'])
  })

  test('that is cancelled late does not bring back what a later date has overtaken', async () => {
    await recur('review-meeting')
    const id = await planMeeting(member, clientId, on('2026-03-18'))
    await look('2026-04-21T10:00:00Z')
    await cancelMeeting(member, id, 0, 'It was not held after all')
    await look('2026-04-21T10:05:00Z')
    expect((await dates()).slice(0, 2)).toEqual(['2026-03-20 overtaken', '2026-04-20 open'])
  })

  test('takes its date along when it is moved, and keeps it where the nearest is the same', async () => {
    await recur('review-meeting')
    const id = await planMeeting(member, clientId, on('2026-03-18'))
    await changeMeeting(member, id, 0, on('2026-03-26'))
    expect(await dates()).toEqual(['2026-03-20 done', '2026-04-20 open'])
    await changeMeeting(member, id, 1, on('2026-04-16'))
    expect(await dates()).toEqual(['2026-03-20 open', '2026-04-20 done'])
  })

  test('is about the nearest date only: a second one does not settle the next', async () => {
    await recur('review-meeting')
    await planMeeting(member, clientId, on('2026-03-18'))
    await planMeeting(member, clientId, on('2026-03-31'))
    await look('2026-03-10T17:00:00Z')
    expect(await dates()).toEqual(['2026-03-20 done', '2026-04-20 open'])
  })

  test('that is planned long before its date is written down settles it then', async () => {
    await planMeeting(member, clientId, on('2026-04-22'))
    await recur('review-meeting')
    expect(await dates()).toEqual(['2026-03-20 open', '2026-04-20 done'])
  })
})

describe('a scan', () => {
  async function imported(day: string) {
    const text = [
      'Plugin ID,CVE,Risk,Host,Protocol,Port,Name,Solution,Plugin Output,Host End',
      `50000,CVE-2026-1,High,10.0.0.5,tcp,443,Old library,Update it.,,${day}T10:00:00Z`,
    ].join('\r\n')
    const stored = await storeFile(
      member,
      (async function* () {
        yield new TextEncoder().encode(text)
      })(),
    )
    const held = await registerEvidence(member, clientId, stored, 'scan.csv', {
      ...{ kind: 'vuln-scan-summary', title: 'Scan', observedOn: '2026-03-10', validUntil: null },
      ...{ collector: '', controlIds: [], questionRefs: [], viewpoint: 'internal' },
    })
    if (held.outcome !== 'received' || !held.importId) throw new Error('Not taken as a scan')
    await readScan(member.organisationId, held.importId, () => undefined)
    return { evidenceId: held.evidenceId, importId: held.importId }
  }

  test('settles what was due by its day or soon after, and nobody is reminded of it', async () => {
    await recur('scan')
    world.setClock(new Date('2026-03-16T12:00:00Z'))
    const { importId } = await imported('2026-03-16')
    expect(await dates()).toEqual(['2026-03-20 done', '2026-04-20 open'])
    expect(await shown()).toEqual([{ words: 'Scan of Monday 16 March 2026', href: `/scans/${importId}` }])
    for (const day of ['17', '20', '24']) await look(`2026-03-${day}T10:00:00Z`)
    expect(await reminded()).toEqual([])
  })

  test('of long before settles nothing, whenever it is imported', async () => {
    await recur('scan')
    await imported('2026-02-16')
    expect(await dates()).toEqual(['2026-03-20 open', '2026-04-20 open'])
  })

  test('that is withdrawn gives its date back', async () => {
    await recur('scan')
    world.setClock(new Date('2026-03-16T12:00:00Z'))
    const { evidenceId } = await imported('2026-03-16')
    await withdrawEvidence(member, evidenceId, 'It is of another client')
    await updateRegister(member.organisationId, clientId)
    expect(await dates()).toEqual(['2026-03-20 open', '2026-04-20 open'])
  })
})
