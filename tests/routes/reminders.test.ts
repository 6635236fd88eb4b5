import { afterAll, beforeAll, expect, test } from 'vitest'
import { action as notificationsAction } from '#app/routes/notifications.tsx'
import { loader as exportLoader } from '#app/routes/reminder-export.ts'
import { action as preferencesAction } from '#app/routes/reminder-preferences.tsx'
import { action as settingsAction } from '#app/routes/reminder-settings.tsx'
import { action as remindersAction } from '#app/routes/reminders.tsx'
import { action as scheduleAction, loader as scheduleLoader } from '#app/routes/schedule-edit.tsx'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import type { Member } from '#app/services/member.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let cookie: string
let clientId: string
let member: Member

beforeAll(async () => {
  world = await openWorld()
  const mia = await world.signUpMember('Mia Member')
  cookie = mia.cookie
  member = mia.member
  clientId = await createClient(mia.member, demoClients(new Date()).dental)
})
afterAll(() => world?.close())

type Call = (args: never) => Promise<unknown>
interface Reply {
  status?: number
  data?: Record<string, unknown>
  init?: { status?: number }
}

const call = (handler: Call, params: Record<string, string>, fields?: Record<string, string>) =>
  handler({
    request: new Request('http://attested.test/x', {
      headers: { cookie },
      ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
    }),
    params,
    context: {},
  } as never) as Promise<Reply>

const SCHEDULE = { seenVersion: '0', isOn: 'on', startsOn: '', timeZone: '', localHour: '' }
const REVIEW = { purpose: 'review-meeting' }

test('a rule that is refused comes back with its sentence and what was typed', async () => {
  const hourly = { ...SCHEDULE, how: 'rule', rule: 'FREQ=HOURLY' }
  const { data, init } = await call(scheduleAction, { clientId, ...REVIEW }, hourly)
  expect(init?.status).toBe(400)
  expect(data).toMatchObject({
    fieldErrors: { rule: expect.stringContaining('too often') },
    typed: { rule: 'FREQ=HOURLY' },
  })
  const never = { ...SCHEDULE, how: 'rule', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31' }
  const refused = await call(scheduleAction, { clientId, ...REVIEW }, never)
  expect(refused.init?.status).toBe(409)
  expect(refused.data).toMatchObject({ refusal: { message: expect.stringContaining('never gives a day') } })
})

test('a schedule is saved once for each version that was seen', async () => {
  const monthly = { ...SCHEDULE, how: 'month-day', months: '1', day: '31' }
  expect((await call(scheduleAction, { clientId, ...REVIEW }, monthly)).status).toBe(302)
  expect(await call(scheduleAction, { clientId, ...REVIEW }, monthly)).toEqual({ outcome: 'conflict' })
  const page = (await call(scheduleLoader, { clientId, ...REVIEW })) as {
    schedule?: { ruleWords: string; next: unknown[] }
  }
  expect(page.schedule).toMatchObject({ ruleWords: 'every month on the last day of the month' })
  expect(page.schedule?.next).toHaveLength(5)
  await expect(call(scheduleLoader, { clientId, purpose: 'tea' })).rejects.toMatchObject({
    status: 404,
  })
})

test.each([
  [remindersAction, { intent: 'stop', subjectKey: 'x', reason: 'Because' }],
  [settingsAction, { ownerDays: 'soon' }],
  [preferencesAction, { channel: 'pigeon' }],
])('a form that makes no sense is answered with 400', async (action, fields) => {
  const { init } = await call(action, { clientId }, fields)
  expect(init?.status).toBe(400)
})

test('notifications are read one by one or all, and nothing else', async () => {
  expect(await call(notificationsAction, {}, { id: 'all' })).toEqual({ outcome: 'read' })
  expect(await call(notificationsAction, {}, { id: crypto.randomUUID() })).toEqual({ outcome: 'read' })
  await expect(call(notificationsAction, {}, { id: "' or 1=1" })).rejects.toMatchObject({
    status: 400,
  })
})

test('the export is a table even when there is nothing', async () => {
  const reply = (await call(exportLoader, {})) as unknown as Response
  expect(reply.headers.get('content-type')).toContain('text/csv')
  expect(await reply.text()).toContain('State,Kind,Client')
})

test('a day until which nothing can rest is refused beside its field, in the form of its row', async () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const asked = { recipientName: 'Ada Asked', recipientEmail: 'ada@client.example', questionRef: '' }
  const about = { title: 'Restore test', message: 'Please send the record.', dueOn: day(5) }
  const { requestId } = await requestEvidence(
    member,
    clientId,
    { ...asked, ...about },
    'http://attested.test',
  )
  const subjectKey = `request:${requestId}`
  for (const untilOn of [day(-1), day(200)]) {
    const fields = { intent: 'snooze', subjectKey, reason: 'They are away', untilOn }
    const { data, init } = await call(remindersAction, {}, fields)
    expect(init?.status).toBe(400)
    expect(data).toMatchObject({ subjectKey, fieldErrors: { untilOn: expect.stringContaining('Choose') } })
  }
})
