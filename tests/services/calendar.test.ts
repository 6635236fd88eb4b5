import ICAL from 'ical.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loader as exportLoader } from '#app/routes/calendar-export.ts'
import { loader as feedLoader } from '#app/routes/calendar-feed-file.ts'
import { action as feedAction } from '#app/routes/calendar-feeds.tsx'
import { action as meetingAction } from '#app/routes/meeting.tsx'
import { action as newMeetingAction } from '#app/routes/meeting-new.tsx'
import { getCalendar } from '#app/services/calendar.server.ts'
import { readCalendarSearch } from '#app/services/calendar-entries.ts'
import { createFeed, listCalendarFeeds, renewFeed, revokeFeed } from '#app/services/calendar-feeds.server.ts'
import { type FileEntry, writeFeed } from '#app/services/calendar-file.server.ts'
import { FeedInput, MeetingInput } from '#app/services/calendar-input.ts'
import { addMonths, lastDayOf, weeksOf } from '#app/services/calendar-month.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { NotFoundError } from '#app/services/errors.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { mailInvitation } from '#app/services/meeting-mails.server.ts'
import { isOver } from '#app/services/meeting-times.ts'
import {
  cancelMeeting,
  changeMeeting,
  getMeeting,
  planMeeting,
  writeMeetingFile,
} from '#app/services/meetings.server.ts'
import type { Member } from '#app/services/member.ts'
import { changePolicy, recordPolicy } from '#app/services/policies.server.ts'
import { getPolicyPage } from '#app/services/policy-page.server.ts'
import { settleStep } from '#app/services/renewal-plan.server.ts'
import { getRuntime, setRuntime } from '#app/services/runtime.server.ts'
import { calendarFeed } from '#db/schema/index.ts'
import { post } from '../routes/form-calls.ts'
import { openWorld, type World } from '../support/world.ts'
import { policyInput } from './policy-world.ts'

const NOW = new Date('2027-11-05T10:00:00.000Z')
const ORIGIN = 'http://attested.test'

let world: World
let mia: Member
let cookie: string
let stranger: Member

beforeAll(async () => {
  world = await openWorld()
  const signedUp = await world.signUpMember('Mia Member')
  mia = signedUp.member
  cookie = signedUp.cookie
  stranger = (await world.signUpMember('Sam Stranger')).member
})
beforeEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const newClient = (words: object = {}) => createClient(mia, { ...demoClients(NOW).dental, ...words })
const newPolicy = async (words: Record<string, unknown> = {}, legalName = 'Harbour Street Dental') => {
  const clientId = await newClient({ legalName })
  return { clientId, policyId: await recordPolicy(mia, clientId, policyInput(words)) }
}
const everything = {
  reader: 'me',
  name: 'Cyber insurance',
  kinds: ['policy', 'renewal-step', 'meeting', 'evidence'],
}
const feed = (words: object = {}) => FeedInput.parse({ ...everything, ...words })
const tokenOf = (path: string) => path.split('/')[2] ?? ''

async function fetchFeed(path: string, headers: Record<string, string> = {}) {
  const request = new Request(`${ORIGIN}${path}`, { headers })
  const params = { token: tokenOf(path) }
  const reply = await feedLoader({ request, params, context: {} } as never).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown
    throw thrown
  })
  return reply
}

/** By another library than the one that writes: an error in either would show. */
function parse(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  ICAL.TimezoneService.reset()
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  return { calendar, events }
}
const eventOf = (text: string, uid: string) => {
  const event = parse(text).events.find((one) => one.uid === uid)
  if (!event) throw new Error(`No event ${uid}`)
  return event
}

const ENTRY: FileEntry = {
  ...{
    uid: 'a@attested',
    sequence: 0,
    changedAt: new Date('2027-01-02T03:04:05Z'),
    day: '2028-02-29',
    at: null,
  },
  ...{ summary: 'Leap day', description: null, place: null, category: null, href: null },
}
const written = (words: Partial<FileEntry>) => writeFeed('Test', [{ ...ENTRY, ...words }])
const at = (timeZone: string, time = '00:01', minutes = 0) => ({ time, timeZone, minutes })

describe('a calendar file', () => {
  test('has a day as a day, over a leap day and the end of a year', () => {
    const leap = eventOf(written({}), 'a@attested')
    expect([leap.startDate.isDate, leap.startDate.toString(), leap.endDate.toString()]).toEqual([
      true,
      '2028-02-29',
      '2028-03-01',
    ])
    expect(eventOf(written({ day: '2027-12-31' }), 'a@attested').endDate.toString()).toBe('2028-01-01')
  })

  test.each([
    ['America/New_York', '2027-03-14', '2027-03-14T05:01:00.000Z'],
    ['America/New_York', '2027-03-15', '2027-03-15T04:01:00.000Z'],
    ['America/New_York', '2027-11-07', '2027-11-07T04:01:00.000Z'],
    ['America/New_York', '2027-11-08', '2027-11-08T05:01:00.000Z'],
    ['Europe/Berlin', '2027-03-28', '2027-03-27T23:01:00.000Z'],
    ['Europe/Berlin', '2027-03-29', '2027-03-28T22:01:00.000Z'],
    ['Europe/Berlin', '2027-10-31', '2027-10-30T22:01:00.000Z'],
    ['Australia/Sydney', '2027-04-05', '2027-04-04T14:01:00.000Z'],
    ['Asia/Kolkata', '2028-02-29', '2028-02-28T18:31:00.000Z'],
    ['UTC', '2027-06-01', '2027-06-01T00:01:00.000Z'],
  ])('tells 00:01 in %s on %s by rules of its own', (zone, day, moment) => {
    const { calendar } = parse(written({ day, at: at(zone) }))
    const event = eventOf(written({ day, at: at(zone) }), 'a@attested')
    expect(event.startDate.toJSDate().toISOString()).toBe(moment)
    expect(calendar.getAllSubcomponents('vtimezone')).toHaveLength(1)
    expect(event.startDate.zone.tzid).not.toBe('floating')
  })

  test('has a meeting of an hour across the night on which clocks go back', () => {
    const event = eventOf(
      written({ day: '2027-11-07', at: at('America/New_York', '01:30', 60) }),
      'a@attested',
    )
    expect(event.duration.toSeconds()).toBe(3600)
  })

  test('folds its lines at 75 bytes and ends each as it must', () => {
    const text = written({ summary: 'Prüfung der Maßnahmen 漢字 👩‍💻 '.repeat(12) })
    const lines = text.split('\r\n')
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(eventOf(text, 'a@attested').summary).toBe('Prüfung der Maßnahmen 漢字 👩‍💻 '.repeat(12).trim())
  })

  test('is not broken by what people type', () => {
    const hostile = 'A\r\nEND:VEVENT\r\nBEGIN:VALARM;,\\n "x" \u0000\u0007\u202e end'
    const entry = { ...ENTRY, summary: hostile, description: hostile, place: hostile, category: hostile }
    const text = writeFeed(hostile, [entry])
    const { calendar, events } = parse(text)
    expect(events).toHaveLength(1)
    expect(calendar.getAllSubcomponents()).toHaveLength(1)
    expect(events[0]?.component.getAllSubcomponents()).toHaveLength(0)
    expect(events[0]?.summary).toBe('A END:VEVENT BEGIN:VALARM;,\\n "x" end')
    expect(events[0]?.description).toContain('A\nEND:VEVENT\nBEGIN:VALARM;,\\n "x"')
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toContain('BEGIN:VALARM')
  })
})

describe('a calendar address', () => {
  test('opens the calendar, is kept as a hash only, and says when it was read', async () => {
    const { policyId } = await newPolicy()
    const path = await createFeed(mia, feed())
    const reply = await fetchFeed(path)
    expect(reply.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(reply.headers.get('cache-control')).toContain('private')
    const text = await reply.text()
    const expiry = eventOf(text, `policy-${policyId}@attested`)
    expect(expiry.startDate.toJSDate().toISOString()).toBe('2028-03-01T05:01:00.000Z')
    expect(expiry.summary).toBe('Harbour Street Dental: Policy of Harbor Mutual expires')
    expect(expiry.component.getFirstPropertyValue('url')).toBe(`${ORIGIN}/policies/${policyId}`)
    const rows = await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
      tx.select().from(calendarFeed),
    )
    expect(JSON.stringify(rows)).not.toContain(tokenOf(path))
    expect((await listCalendarFeeds(mia)).feeds[0]?.lastFetchedAt).toEqual(NOW)
  })

  test('answers 304 to whoever has the newest, and not after a change', async () => {
    const { policyId } = await newPolicy()
    const path = await createFeed(mia, feed())
    const etag = (await fetchFeed(path)).headers.get('etag') ?? ''
    expect((await fetchFeed(path, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304)
    const longer = policyInput({ expiresOn: '2028-04-01' })
    await changePolicy(mia, policyId, { seenVersion: 1, reason: 'Extended' }, longer)
    expect((await fetchFeed(path, { 'if-none-match': etag })).status).toBe(200)
  })

  test('tells a change under the same name with a higher number and its time, and leaves the rest alone', async () => {
    const { policyId } = await newPolicy()
    const [step, other] = (await getPolicyPage(mia, policyId)).steps
    const path = await createFeed(mia, feed())
    const uid = `renewal-step-${step?.id}@attested`
    const before = eventOf(await (await fetchFeed(path)).text(), uid)
    expect(before.sequence).toBe(0)
    const later = new Date('2027-11-06T08:00:00Z')
    world.setClock(later)
    const done = { stepId: step?.id ?? '', seenVersion: 1, state: 'done' as const, note: null }
    await settleStep(mia, policyId, { ...done, sortedAs: 'clean' })
    const text = await (await fetchFeed(path)).text()
    const after = eventOf(text, uid)
    expect(after.sequence).toBe(1)
    expect(after.summary).toBe(`Harbour Street Dental: Done: ${step?.title}`)
    expect(String(after.component.getFirstPropertyValue('last-modified'))).toBe('2027-11-06T08:00:00Z')
    expect(eventOf(text, `renewal-step-${other?.id}@attested`).sequence).toBe(0)
    // Read again, from another address: the same number.
    const second = await (await fetchFeed(await createFeed(mia, feed()))).text()
    expect(eventOf(second, uid).sequence).toBe(1)
  })

  test('of a client has that client alone, without names, details and links', async () => {
    const { clientId, policyId } = await newPolicy({}, 'Lake Law')
    await newPolicy({}, 'Other Client')
    const path = await createFeed(mia, feed({ reader: clientId }))
    const text = await (await fetchFeed(path)).text()
    expect(text).not.toMatch(/Other Client|Lake Law|attested\.test/)
    expect(eventOf(text, `policy-${policyId}@attested`).summary).toBe('Policy of Harbor Mutual expires')
    await setClientArchived(mia, clientId, true)
    expect((await fetchFeed(path)).status).toBe(404)
  })

  test('of some clients and kinds has those alone', async () => {
    const { clientId, policyId } = await newPolicy({}, 'Chosen Client')
    await newPolicy({}, 'Other Client')
    const path = await createFeed(mia, feed({ clientIds: [clientId], kinds: ['policy'] }))
    const { events } = parse(await (await fetchFeed(path)).text())
    expect(events.map(({ uid }) => uid)).toEqual([`policy-${policyId}@attested`])
  })

  test('opens nothing once it was renewed or revoked, and nothing where it was made up', async () => {
    const path = await createFeed(mia, feed({ name: 'To be ended' }))
    const made = (await listCalendarFeeds(mia)).feeds.find(({ name }) => name === 'To be ended')
    const renewed = await renewFeed(mia, made?.id ?? '')
    expect((await fetchFeed(path)).status).toBe(404)
    expect((await fetchFeed(renewed)).status).toBe(200)
    await revokeFeed(mia, made?.id ?? '')
    expect((await fetchFeed(renewed)).status).toBe(404)
    await expect(renewFeed(mia, made?.id ?? '')).rejects.toMatchObject({ code: 'revoked' })
    const foreign = stranger.organisationId.replaceAll('-', '')
    const moved = Buffer.concat([
      Buffer.from(foreign, 'hex'),
      Buffer.from(tokenOf(renewed), 'base64url').subarray(16),
    ]).toString('base64url')
    for (const token of ['x', `${tokenOf(renewed)}x`, moved, '..'])
      expect((await fetchFeed(`/feeds/${token}/calendar.ics`)).status).toBe(404)
  })

  test('is nobody else’s to renew, and is about no client of others', async () => {
    await createFeed(mia, feed())
    const [made] = (await listCalendarFeeds(mia)).feeds
    await expect(revokeFeed(stranger, made?.id ?? '')).rejects.toThrow(NotFoundError)
    const clientId = await newClient()
    await expect(createFeed(stranger, feed({ reader: clientId }))).rejects.toThrow(NotFoundError)
    await expect(createFeed(stranger, feed({ clientIds: [clientId] }))).rejects.toThrow(NotFoundError)
    const reply = await post(feedAction, '/calendar/feeds', { intent: 'revoke', feedId: 'x' }, { cookie })
    expect(reply.status).toBe(404)
  })
})

describe('the calendar', () => {
  test('shows what its sources have, and what is past its day until it is settled', async () => {
    const { clientId, policyId } = await newPolicy()
    const stored = await storeFile(
      mia,
      (async function* () {
        yield new TextEncoder().encode('a plan')
      })(),
    )
    const held = await registerEvidence(mia, clientId, stored, 'plan.txt', {
      ...{ kind: 'plan-document', title: 'The plan', observedOn: '2027-11-01', validUntil: '2027-12-31' },
      ...{ collector: '', controlIds: ['ir-plan'], questionRefs: [], viewpoint: 'statement' },
    } as never)
    expect(held.outcome).toBe('received')
    const look = (query: string) => getCalendar(mia, new URLSearchParams(`client=${clientId}&${query}`))
    const december = await look('month=2027-12')
    expect(december.entries.map(({ kind, day }) => `${kind} ${day}`)).toContain('evidence 2027-12-31')
    expect(december.entries.map(({ day }) => day)).toEqual(december.entries.map(({ day }) => day).sort())
    expect(december.overdue.map(({ title }) => title)).toEqual(['Sort the account'])
    expect((await look('month=2028-03&kind=policy')).entries.map(({ href }) => href)).toEqual([
      `/policies/${policyId}`,
    ])
    expect((await look('month=2028-03&kind=nonsense')).entries.length).toBeGreaterThan(1)
    expect((await getCalendar(stranger, new URLSearchParams(`client=${clientId}`))).entries).toEqual([])
  })

  test('is exported without formulas', async () => {
    await newPolicy({ insurer: '=HYPERLINK("x")' })
    const request = new Request(`${ORIGIN}/calendar/export?month=2028-03`, { headers: { cookie } })
    const text = await (await exportLoader({ request, params: {}, context: {} } as never)).text()
    expect(text).toContain('Policy of =HYPERLINK')
    expect(text).not.toMatch(/(^|,)"?=/m)
  })

  test('reads its address as far as it makes sense', () => {
    const search = readCalendarSearch(
      new URLSearchParams('month=2027-13&client=1;drop&kind=policy&kind=x&view=year'),
      '2027-11-05',
    )
    expect(search).toEqual({ view: 'month', month: '2027-11', client: null, kinds: ['policy'] })
  })

  test('has whole weeks, also where February fits into four', () => {
    expect(weeksOf('2027-02')).toHaveLength(4)
    expect(weeksOf('2028-02').flat()).toContain('2028-02-29')
    expect(weeksOf('2027-08')).toHaveLength(6)
    expect([addMonths('2027-01', -1), addMonths('2027-12', 1), addMonths('2027-11', 14)]).toEqual([
      '2026-12',
      '2028-01',
      '2029-01',
    ])
    expect([lastDayOf('2028-02'), lastDayOf('2100-02')]).toEqual(['2028-02-29', '2100-02-28'])
  })
})

describe('a review meeting', () => {
  const typed = (words: object = {}) => ({
    ...{ title: 'Quarterly review', heldOn: '2027-11-10', startsAt: '14:00', timeZone: 'America/New_York' },
    ...{ minutes: '60', place: 'Room 1; floor 2', agenda: 'Drift,\nexceptions' },
    ...{ organiserName: 'Mia "M" Member', organiserEmail: 'mia@msp.example' },
    attendees: [{ name: 'Ada, Approver', email: 'ada@client.example' }],
    ...words,
  })
  const meeting = (words: object = {}) => MeetingInput.parse(typed(words))

  test('is an invitation, then a change and its end under the same name with higher numbers', async () => {
    const clientId = await newClient()
    const id = await planMeeting(mia, clientId, meeting())
    const file = async () => parse((await writeMeetingFile(mia, id)).text)
    const read = ({ calendar, events }: ReturnType<typeof parse>) => ({
      method: calendar.getFirstPropertyValue('method'),
      uid: events[0]?.uid,
      sequence: events[0]?.sequence,
      status: events[0]?.component.getFirstPropertyValue('status'),
      start: events[0]?.startDate.toJSDate().toISOString(),
    })
    const uid = `invitation-${id}@attested`
    const first = await file()
    expect(read(first)).toEqual({
      ...{ method: 'REQUEST', uid, sequence: 0, status: 'CONFIRMED', start: '2027-11-10T19:00:00.000Z' },
    })
    expect(first.events[0]?.location).toBe('Room 1; floor 2')
    expect(first.events[0]?.description).toBe('Drift,\nexceptions')
    expect(String(first.events[0]?.organizer).toLowerCase()).toBe('mailto:mia@msp.example')
    expect(first.events[0]?.attendees.map((one) => String(one.getFirstValue()).toLowerCase())).toEqual([
      'mailto:ada@client.example',
    ])
    expect(await changeMeeting(mia, id, 0, meeting({ heldOn: '2028-04-05' }))).toBe('saved')
    expect(read(await file())).toMatchObject({ uid, sequence: 1, start: '2028-04-05T18:00:00.000Z' })
    expect(await changeMeeting(mia, id, 0, meeting())).toBe('conflict')
    await cancelMeeting(mia, id, 1, 'The client is away')
    expect(read(await file())).toMatchObject({ method: 'CANCEL', uid, sequence: 2, status: 'CANCELLED' })
    await expect(changeMeeting(mia, id, 2, meeting())).rejects.toMatchObject({ code: 'cancelled' })
    await expect(writeMeetingFile(stranger, id)).rejects.toThrow(NotFoundError)
  })

  test('is not planned for the hour that clocks leave out', async () => {
    const gap = meeting({ heldOn: '2028-03-12', startsAt: '02:30' })
    await expect(planMeeting(mia, await newClient(), gap)).rejects.toMatchObject({ code: 'no-such-time' })
  })

  test.each([
    ['nobody invited', { attendees: [] }, 'attendees'],
    [
      'an address with a line break',
      { attendees: [{ name: 'Ada', email: 'a@b.example\r\nX:1' }] },
      'attendees.0.email',
    ],
    [
      'one person twice',
      { attendees: [1, 2].map(() => ({ name: 'Ada', email: 'ada@b.example' })) },
      'attendees',
    ],
    ['a time that there is not', { startsAt: '24:00' }, 'startsAt'],
    ['no time at all', { minutes: '0' }, 'minutes'],
  ])('with %s is refused at its field', (_, words, field) => {
    const { error } = MeetingInput.safeParse(typed(words))
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('is mailed to each who is invited, with the calendar’s own part, and again as cancelled', async () => {
    const id = await planMeeting(mia, await newClient(), meeting())
    const { attendees } = (await getMeeting(mia, id)).meeting
    expect(await mailInvitation(mia, id)).toEqual({ count: attendees.length, leaves: false })
    await cancelMeeting(mia, id, 0, 'The client moved its office')
    await mailInvitation(mia, id)
    const mails = (await listOutbox(mia)).filter(({ kind }) => kind === 'meeting-invitation')
    expect(mails).toHaveLength(2 * attendees.length)
    const methods = mails.map(({ content }) => content?.calendar?.method)
    expect(new Set(methods)).toEqual(new Set(['REQUEST', 'CANCEL']))
    for (const { content } of mails)
      expect(content?.calendar?.text).toContain(`METHOD:${content?.calendar?.method}`)
    await expect(mailInvitation(stranger, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  const mailsOf = async (title: string) =>
    (await listOutbox(mia)).filter(
      ({ kind, subject }) => kind === 'meeting-invitation' && subject.includes(title),
    )

  test('that was moved says so to whoever was mailed the old hour, and to nobody else', async () => {
    const title = 'Moved by a week'
    const id = await planMeeting(mia, await newClient(), meeting({ title }))
    await mailInvitation(mia, id)
    const attendees = [
      { name: 'Ada, Approver', email: 'ADA@client.example' },
      { name: 'Nell Newcomer', email: 'nell@client.example' },
    ]
    await changeMeeting(mia, id, 0, meeting({ title, heldOn: '2027-11-17', startsAt: '09:30', attendees }))
    await mailInvitation(mia, id)
    const again = (await mailsOf(title)).filter(({ subject }) => subject !== title)
    expect(again.map(({ recipient, subject }) => [recipient, subject])).toEqual([
      ['ADA@client.example', `Moved: ${title}, from 10 November 2027, 14:00 to 17 November 2027, 09:30`],
    ])
    const paragraphs = again[0]?.content?.paragraphs
    expect(paragraphs).toContain('Until now: 10 November 2027, 14:00 (America/New York).')
    expect(paragraphs).toContain('From now on: 17 November 2027, 09:30 (America/New York), 60 minutes.')
    const { mailings } = await getMeeting(mia, id)
    expect(mailings.map(({ sequence, recipients, time }) => [sequence, recipients, time?.heldOn])).toEqual([
      [1, ['ADA@client.example', 'nell@client.example'], '2027-11-17'],
      [0, ['ada@client.example'], '2027-11-10'],
    ])
  })

  test('that has another place is mailed as changed, and what did not change as it was', async () => {
    const title = 'In another room'
    const id = await planMeeting(mia, await newClient(), meeting({ title }))
    await mailInvitation(mia, id)
    await mailInvitation(mia, id)
    await changeMeeting(mia, id, 0, meeting({ title, place: 'Room 2' }))
    await mailInvitation(mia, id)
    const subjects = (await mailsOf(title)).map(({ subject }) => subject)
    expect(subjects.sort()).toEqual([`Changed: ${title}`, title, title])
  })

  test('that is over is recorded, and nobody is invited to it; its end can still be mailed', async () => {
    const title = 'Held already'
    const past = meeting({ title, heldOn: '2025-01-01' })
    const id = await planMeeting(mia, await newClient(), past)
    expect((await getMeeting(mia, id)).isPast).toBe(true)
    await expect(mailInvitation(mia, id)).rejects.toMatchObject({ code: 'past' })
    expect(await mailsOf(title)).toEqual([])
    await cancelMeeting(mia, id, 0, 'It was never held')
    expect(await mailInvitation(mia, id)).toMatchObject({ count: 1 })
  })

  test('is over once it has ended where it is held', () => {
    const { heldOn, startsAt, timeZone, minutes } = meeting()
    const at = (moment: string) => isOver({ heldOn, startsAt, timeZone, minutes }, new Date(moment))
    expect([at('2027-11-10T19:59:59Z'), at('2027-11-10T20:00:00Z')]).toEqual([false, true])
  })

  test('is mailed with one hour in the words and in the file, though somebody moves it meanwhile', async () => {
    const id = await planMeeting(mia, await newClient(), meeting({ title: 'Moved meanwhile' }))
    const runtime = getRuntime()
    let isMoved = false
    const moveAfterFirst: typeof runtime.database.inOrganisation = async (organisationId, work) => {
      const result = await runtime.database.inOrganisation(organisationId, work)
      if (!isMoved) {
        isMoved = true
        await changeMeeting(mia, id, 0, meeting({ title: 'Moved meanwhile', startsAt: '16:00' }))
      }
      return result
    }
    setRuntime({ ...runtime, database: { ...runtime.database, inOrganisation: moveAfterFirst } })
    await mailInvitation(mia, id).finally(() => setRuntime(runtime))
    const mail = (await listOutbox(mia)).find(({ subject }) => subject === 'Moved meanwhile')
    const said = mail?.content?.paragraphs.join(' ').match(/\d\d:\d\d/)?.[0]
    const { events } = parse(mail?.content?.calendar?.text ?? '')
    expect(events[0]?.startDate.toString()).toContain(`T${said}`)
    expect(String(events[0]?.sequence)).toBe(said === '14:00' ? '0' : '1')
  })

  test('is posted by its form, and a late change is told with the newest page', async () => {
    const clientId = await newClient()
    const { attendees: _, ...fields } = typed()
    const form = { ...fields, 'attendees.7.name': 'Ada', 'attendees.7.email': 'ada@client.example' }
    const made = await post(newMeetingAction, '/x', form, { cookie, params: { clientId } })
    const meetingId = made.response?.headers.get('location')?.split('/').at(-1) ?? ''
    const params = { meetingId }
    const save = { ...form, intent: 'save' }
    await post(meetingAction, '/x', { ...save, seenSequence: '0' }, { cookie, params })
    const late = await post(meetingAction, '/x', { ...save, seenSequence: '0' }, { cookie, params })
    expect([late.status, JSON.stringify(late.body)]).toEqual([200, expect.stringContaining('isConflict')])
  })
})
