import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { loader } from '#app/routes/calendar-feed-file.ts'
import { READS_A_MINUTE, readFeed } from '#app/services/calendar-feed-reading.server.ts'
import { createFeed } from '#app/services/calendar-feeds.server.ts'
import { FeedInput } from '#app/services/calendar-input.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { ScheduleInput } from '#app/services/schedule-input.ts'
import { saveSchedule } from '#app/services/schedules.server.ts'
import { insertMeeting } from '#db/queries/calendars.server.ts'
import { get } from '../routes/form-calls.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2027-11-05T10:00:00.000Z')
const ORIGIN = 'https://attested.example'
const MANY = 600

let world: World
let mia: Member
let clientId: string

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  world.setClock(NOW)
  mia = (await world.signUpMember('Mia Member')).member
  clientId = await createClient(mia, demoClients(NOW).dental)
})
afterAll(() => world?.close())

async function newFeed(kinds: string[]) {
  const path = await createFeed(mia, FeedInput.parse({ reader: 'me', name: 'Everything', kinds }))
  return path.split('/')[2] ?? ''
}

async function addMeetings(count: number) {
  const { organisationId } = mia
  const person = { name: 'Ada', email: 'ada@client.example' }
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    for (let number = 0; number < count; number += 1)
      await insertMeeting(tx, {
        ...{ organisationId, id: crypto.randomUUID(), clientId, title: `Review ${number}`, sequence: 0 },
        ...{ heldOn: '2027-11-20', startsAt: '14:00', timeZone: 'Europe/Berlin', minutes: 60 },
        ...{ organiser: person, attendees: [person], recordedByName: 'Mia', changedAt: NOW },
      })
  })
}

/** Which transaction wrote each row last: it changes with every writing, also of the same. */
const writings = () =>
  getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
    tx.execute<{ entry_key: string; xmin: string; xmax: string }>(
      `select entry_key, xmin::text, xmax::text from calendar_entry_state order by entry_key`,
    ),
  )

test('nothing is written of entries that say what they said before', async () => {
  await addMeetings(3)
  const token = await newFeed(['meeting'])
  const first = await readFeed(token, ORIGIN)
  const before = [...(await writings())]
  expect(before).toHaveLength(3)
  world.setClock(new Date('2027-11-05T11:00:00Z'))
  const second = await readFeed(token, ORIGIN)
  expect([...(await writings())]).toEqual(before)
  expect(second.sha256).toBe(first.sha256)
})

test('what shapes the file shows in its tag: its entries, and where they are reached', async () => {
  await addMeetings(1)
  const token = await newFeed(['meeting'])
  const { sha256 } = await readFeed(token, ORIGIN)
  expect((await readFeed(token, 'https://elsewhere.example')).sha256).not.toBe(sha256)
  await addMeetings(1)
  expect((await readFeed(token, ORIGIN)).sha256).not.toBe(sha256)
})

test('a large calendar is written aside, so that others are answered meanwhile', async () => {
  await addMeetings(MANY)
  const { write } = await readFeed(await newFeed(['meeting']), ORIGIN)
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 5)
  const text = await write()
  clearInterval(timer)
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(MANY)
  expect(text).toContain('LAST-MODIFIED:20271105T100000Z')
  expect(turns).toBeGreaterThan(3)
})

test('schedules are told as far ahead as their dates are written down, not for a year', async () => {
  const daily = { isOn: 'on', how: 'rule', rule: 'FREQ=DAILY', startsOn: '', timeZone: '', localHour: '' }
  const input = ScheduleInput.parse({ seenVersion: '0', ...daily })
  await saveSchedule(mia, { clientId, applicationId: null }, 'scan', input)
  const text = await (await readFeed(await newFeed(['schedule']), ORIGIN)).write()
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(62)
})

test('an address that is read too often is told when to come back', async () => {
  const token = await newFeed(['meeting'])
  const read = () => get(loader, `/feeds/${token}/calendar.ics`, { params: { token } })
  for (let count = 0; count < READS_A_MINUTE; count += 1) expect((await read()).status).toBe(200)
  const refused = await read()
  expect(refused.status).toBe(429)
  const other = await newFeed(['meeting'])
  expect((await get(loader, '/feeds/x/calendar.ics', { params: { token: other } })).status).toBe(200)
})
