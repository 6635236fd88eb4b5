import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { MailError, type Mailer, type OutgoingMail } from '#app/mail/smtp.server.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { resendMail } from '#app/services/mail-resending.server.ts'
import type { Member } from '#app/services/member.ts'
import { listDues } from '#app/services/reminder-context.server.ts'
import {
  ReminderPreferenceInput,
  ReminderSettingInput,
  ReminderStepInput,
} from '#app/services/reminder-input.ts'
import { lookForReminders, sendReminders } from '#app/services/reminder-planner.server.ts'
import {
  getReminderPreference,
  getReminderSettings,
  saveReminderPreference,
  saveReminderSettings,
} from '#app/services/reminder-settings.server.ts'
import { writeReminderTable } from '#app/services/reminder-table.ts'
import {
  countUnreadNotices,
  getReminders,
  listNotices,
  readNotices,
  takeReminderStep,
} from '#app/services/reminders.server.ts'
import { cancelRequest, revokeRequestLinks } from '#app/services/request-thread.server.ts'
import { getRuntime, type Job } from '#app/services/runtime.server.ts'
import { recordSubjectivity } from '#app/services/subjectivities.server.ts'
import { WEBHOOK_EVENT_KINDS } from '#app/services/webhook-events.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog } from '#app/services/webhook-log.server.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { insertApplication } from '#db/queries/applications.server.ts'
import { insertLink } from '#db/queries/attestation.server.ts'
import * as evidence from '#db/queries/evidence.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import { insertException } from '#db/queries/exceptions.server.ts'
import { listWaiversToReview } from '#db/queries/reminder-dues.server.ts'
import { insertReport } from '#db/queries/reports.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { condition } from './subjectivity-world.ts'
import { signed } from './waiver-world.ts'

// A Monday; Central European time begins its summer on the 29th.
const NOW = new Date('2026-03-02T08:00:00Z')
const ORIGIN = 'http://attested.test'

let world: World
let member: Member
let clientId: string
let jobs: Job[]
let received: OutgoingMail[]
let trouble: Error | null
const mailer: Mailer = {
  async send(mail) {
    if (trouble) throw trouble
    received.push(mail)
  },
  close: () => undefined,
}

beforeAll(async () => {
  world = await openWorld({ mailer })
  const runtime = getRuntime()
  runtime.settings.ownUrl = ORIGIN
  runtime.jobs = { enqueue: async (job) => void jobs.push(job) }
})
beforeEach(async () => {
  jobs = []
  received = []
  trouble = null
  getRuntime().mailer = mailer
  world.setClock(NOW)
  member = (await world.signUpMember('Mia Member')).member
  clientId = await createClient(member, demoClients(NOW).dental)
  await sendReminders(member.organisationId)
})
afterAll(() => world?.close())

const inOrganisation: ReturnType<typeof getRuntime>['database']['inOrganisation'] = (id, work) =>
  getRuntime().database.inOrganisation(id, work)

/** A request that nobody outside was sent, so that its member is reminded. */
async function request(dueOn: string, title = 'Restore test', more: Record<string, unknown> = {}) {
  const id = crypto.randomUUID()
  const { organisationId, userId } = member
  await inOrganisation(organisationId, (tx) =>
    requests.insertRequest(tx, {
      ...{ organisationId, id, clientId, title, dueOn, recipientName: 'Gus Guest', message: 'Please.' },
      ...{ recipientEmail: 'gus@client.example', requestedBy: userId, requestedByName: member.name },
      requestedAt: NOW,
      ...more,
    }),
  )
  return id
}

async function application() {
  const { organisationId, userId } = member
  const id = crypto.randomUUID()
  await inOrganisation(organisationId, (tx) =>
    insertApplication(tx, {
      ...{ organisationId, id, clientId, formCode: 'core-cyber', edition: '1' },
      ...{ editionSha256: '0'.repeat(64), createdBy: userId, createdAt: NOW },
    }),
  )
  return id
}

async function workOff() {
  for (let job = jobs.shift(); job; job = jobs.shift()) await handleJob(job, false).catch(() => undefined)
}
async function look(at: string) {
  world.setClock(new Date(at))
  await sendReminders(member.organisationId)
  await workOff()
}
const subjects = () => received.map(({ subject }) => subject)
const step = (fields: Record<string, string>) => ReminderStepInput.parse(fields)
const codeOf = (work: Promise<unknown>) =>
  work.then(() => 'done').catch((error: { code: string }) => error.code)
const setting = (more: Record<string, string> = {}) =>
  ReminderSettingInput.parse({
    ...{ seenVersion: '0', ownerDays: '', leadDays: '', sponsorDays: '', leadUserId: '' },
    ...{ sponsorName: '', sponsorEmail: '', timeZone: '', localHour: '', ...more },
  })
const preference = (more: Record<string, string> = {}) =>
  ReminderPreferenceInput.parse({
    ...{ channel: 'single', digestWeekday: '1', timeZone: 'UTC', localHour: '9', quietFrom: '20' },
    ...{ quietUntil: '7', ...more },
  })

describe('a reminder', () => {
  test('goes before the day, on it, and to whoever leads after it; each once', async () => {
    await request('2026-03-20')
    await look('2026-03-06T08:59:00Z')
    expect(subjects()).toEqual([])
    await look('2026-03-06T09:01:00Z')
    expect(subjects()).toEqual(['Due in 14 days: Restore test'])
    expect(received[0]?.to).toBe(member.email)
    expect(received[0]?.text).toContain(`${ORIGIN}/requests/`)
    for (const at of ['2026-03-06T09:06:00Z', '2026-03-17T09:01:00Z', '2026-03-20T09:01:00Z']) await look(at)
    await look('2026-03-23T09:01:00Z')
    await look('2026-04-20T09:01:00Z')
    expect(subjects()).toEqual([
      'Due in 14 days: Restore test',
      'Due in 3 days: Restore test',
      'Due today: Restore test',
      'Overdue: Restore test',
    ])
  })

  test('goes no more once the thing is done', async () => {
    const id = await request('2026-03-20')
    await look('2026-03-06T09:01:00Z')
    await cancelRequest(member, id)
    await look('2026-03-20T09:01:00Z')
    expect(received).toHaveLength(1)
  })

  test('that waited for a mail server is dropped when the thing was done meanwhile, and a digest with its last one', async () => {
    const id = await request('2026-03-20')
    trouble = new MailError('away', { isFinal: false, fault: 'away' })
    await look('2026-03-06T09:01:00Z')
    trouble = null
    await cancelRequest(member, id)
    world.setClock(new Date('2026-03-06T10:01:00Z'))
    const [mail] = await listOutbox(member)
    await handleJob(
      { name: 'send-mail', organisationId: member.organisationId, mailId: mail?.id ?? '' },
      false,
    )
    expect(received).toEqual([])
    expect((await listOutbox(member))[0]).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('done'),
    })
    expect(await codeOf(resendMail(member, mail?.id ?? ''))).toBe('mail-state')
  })

  test.each([
    ['put off', { intent: 'snooze', untilOn: '2026-03-10' }],
    ['stopped', { intent: 'stop' }],
  ])('that waited for a mail server is dropped when the thing was %s meanwhile', async (_, rest) => {
    const id = await request('2026-03-20')
    trouble = new MailError('away', { isFinal: false, fault: 'away' })
    await look('2026-03-06T09:01:00Z')
    trouble = null
    await takeReminderStep(
      member,
      null,
      step({ subjectKey: `request:${id}`, reason: 'On leave', ...(rest as Record<string, string>) }),
    )
    world.setClock(new Date('2026-03-06T10:01:00Z'))
    const mailId = (await listOutbox(member))[0]?.id ?? ''
    await handleJob({ name: 'send-mail', organisationId: member.organisationId, mailId }, false)
    expect(received).toEqual([])
  })

  test('that no server took is shown as dead and can be sent again', async () => {
    await request('2026-03-20')
    trouble = new MailError('No such mailbox', { isFinal: true, fault: 'mailbox' })
    await look('2026-03-06T09:01:00Z')
    const { went } = await getReminders(member, clientId)
    expect(went[0]).toMatchObject({ mailState: 'failed', mailFailure: 'No such mailbox' })
    trouble = null
    await resendMail(member, went[0]?.mailId ?? '')
    await workOff()
    expect(subjects()).toEqual(['Due in 14 days: Restore test'])
  })

  test('that is sent again by hand is as young as that', async () => {
    await request('2026-03-20')
    trouble = new MailError('No such mailbox', { isFinal: true, fault: 'mailbox' })
    await look('2026-03-06T09:01:00Z')
    trouble = new MailError('away', { isFinal: false, fault: 'away' })
    world.setClock(new Date('2026-03-07T09:01:00Z'))
    await resendMail(member, (await listOutbox(member))[0]?.id ?? '')
    const [again] = jobs
    await look('2026-03-07T09:06:00Z')
    expect((await listOutbox(member))[0]?.state).toBe('queued')
    trouble = null
    if (again) await handleJob(again, false)
    expect(subjects()).toEqual(['Due in 14 days: Restore test'])
  })

  test('whose job was lost with a server is shown as dead half a day later', async () => {
    await request('2026-03-20')
    world.setClock(new Date('2026-03-06T09:01:00Z'))
    await sendReminders(member.organisationId)
    jobs = []
    await look('2026-03-06T20:01:00Z')
    expect((await listOutbox(member))[0]?.state).toBe('queued')
    await look('2026-03-06T21:02:00Z')
    expect((await listOutbox(member))[0]).toMatchObject({ state: 'failed', isExpired: false })
    expect(received).toEqual([])
  })

  test('is not made up for from before anybody looked, nor from before the thing was known', async () => {
    await request('2026-03-05')
    const other = (await world.signUpMember('Olga Other')).member
    member = other
    clientId = await createClient(other, demoClients(NOW).dental)
    await request('2026-03-03', 'Old one')
    await look('2026-03-03T10:00:00Z')
    expect(subjects()).toEqual([])
  })

  test('that was missed while no server ran goes once, as the last of its kind', async () => {
    await request('2026-03-20')
    await look('2026-03-21T12:00:00Z')
    expect(subjects()).toEqual([])
    // That was a Saturday.
    await look('2026-03-23T07:30:00Z')
    expect(subjects()).toEqual(['Overdue: Restore test'])
    const { went } = await getReminders(member, null)
    expect(went.map(({ outcome, offsetDays }) => `${outcome} ${offsetDays}`).sort()).toEqual([
      ...['collapsed -14', 'collapsed -3', 'mail 0'],
    ])
  })

  test('goes anew for another day', async () => {
    const id = await request('2026-03-05')
    await look('2026-03-05T09:01:00Z')
    await inOrganisation(member.organisationId, (tx) =>
      requests.updateRequest(tx, member.organisationId, id, { dueOn: '2026-03-12' }),
    )
    await look('2026-03-12T09:01:00Z')
    expect(subjects().at(-1)).toBe('Due today: Restore test')
    expect(received).toHaveLength(2)
  })
})

describe('what a reminder says', () => {
  test.each([
    ['Australia/Sydney', '9', '2026-03-17T22:01:00Z', '2026-03-18'],
    ['America/Los_Angeles', '17', '2026-03-26T00:01:00Z', '2026-03-25'],
    ['Asia/Calcutta', '9', '2026-03-18T03:31:00Z', '2026-03-18'],
  ])('is counted by the calendar of its reader in %s', async (timeZone, localHour, at, dueOn) => {
    await saveReminderPreference(member, preference({ timeZone, localHour }))
    await saveReminderSettings(member, null, setting({ ownerDays: '0', leadDays: '-' }))
    await request(dueOn)
    await look(at)
    expect(subjects()).toEqual(['Due today: Restore test'])
    expect(received[0]?.text).toContain('(today)')
  })

  test('does not blame anybody before the day, and opens no ticket then', async () => {
    const all = { name: 'All', url: 'https://tickets.example/', format: 'json', events: WEBHOOK_EVENT_KINDS }
    const { id: webhookId } = await addWebhook(member, WebhookInput.parse(all))
    await saveReminderSettings(
      member,
      null,
      setting({ ownerDays: '-', leadDays: '-5, 3', sponsorDays: '-2, 6' }),
    )
    await request('2026-03-18')
    for (const day of ['13', '16', '23', '24']) await look(`2026-03-${day}T09:01:00Z`)
    expect(received.map(({ text }) => text.includes('not seen to in time'))).toEqual([
      ...[false, false, true, true],
    ])
    expect(received.map(({ text }) => text.includes('It is still open'))).toEqual([true, true, false, false])
    const { deliveries } = await getWebhookLog(member, webhookId)
    const events = deliveries.map(({ body }) => JSON.parse(body).type)
    expect(events).toEqual(['reminder.escalated', 'reminder.escalated'])
  })

  test.each([
    ['a condition', 'A'.repeat(79)],
    ['an exception', 'B'.repeat(199)],
  ])('may be cut inside an emoji: %s', async (_, beginning) => {
    await request('2026-03-16')
    const applicationId = await application()
    if (beginning.startsWith('A'))
      await recordSubjectivity(
        member,
        applicationId,
        condition({ condition: `${beginning}🔥${'c'.repeat(40)}`, dueOn: '2026-03-16' }),
      )
    else
      await inOrganisation(member.organisationId, (tx) =>
        insertException(tx, {
          ...{ organisationId: member.organisationId, id: crypto.randomUUID(), applicationId },
          ...{ questionId: 'mfa-email', reason: 'Why', compensatingControl: 'c', owner: 'o' },
          ...{ approvedBy: 'a', expiresOn: '2026-03-16', recordedBy: member.userId, recordedAt: NOW },
          scope: `${beginning}🔥`,
        }),
      )
    await look('2026-03-13T09:01:00Z')
    expect(received.map(({ text }) => /[\uFFFD\p{Cs}]/u.test(text))).toEqual([false, false])
    await look('2026-03-19T09:01:00Z')
    expect(received.length).toBe(4)
  })

  test('and cannot be written holds up nobody else, and the bell tells it', async () => {
    await request('2026-03-16', 'The first')
    await request('2026-03-16', 'A harmless one')
    const runtime = getRuntime()
    const { newId } = runtime
    // What the database refuses of one mail, whatever it is.
    let calls = 0
    runtime.newId = () => (calls++ === 0 ? 'no id at all' : newId())
    await look('2026-03-13T09:01:00Z').finally(() => {
      runtime.newId = newId
    })
    expect(received).toHaveLength(1)
    expect(await countUnreadNotices(member)).toBe(2)
    await look('2026-03-13T09:06:00Z')
    expect(received).toHaveLength(1)
  })
})

describe('whoever was asked', () => {
  const ask = (dueOn: string) =>
    requestEvidence(
      member,
      clientId,
      {
        ...{ title: 'Restore test', questionRef: '', message: 'Please send it.', dueOn },
        ...{ recipientName: 'Gus Guest', recipientEmail: 'gus@client.example' },
      },
      ORIGIN,
    )

  test('gets the request again with a link that opens it, and the thread and the ledger tell it', async () => {
    const { requestId } = await ask('2026-03-20')
    await workOff()
    received = []
    await look('2026-03-06T09:01:00Z')
    expect(received.map(({ to, subject }) => [to, subject])).toEqual([
      ['gus@client.example', 'Reminder, please send: Restore test'],
    ])
    expect(received[0]?.text).toMatch(/http:\/\/attested\.test\/request\/\S+/)
    const entries = (await listLedger(member)).entries
    expect(entries[0]).toMatchObject({ kind: 'request.reminded', actor: 'Attested' })
    expect(entries[0]?.payload).toContain(requestId)
  })

  test('is not asked again by a mail that waited while they answered', async () => {
    const { requestId } = await ask('2026-03-20')
    await workOff()
    received = []
    trouble = new MailError('away', { isFinal: false, fault: 'away' })
    await look('2026-03-06T09:01:00Z')
    trouble = null
    const { organisationId } = member
    await inOrganisation(organisationId, (tx) =>
      requests.updateRequest(tx, organisationId, requestId, { state: 'answered' }),
    )
    world.setClock(new Date('2026-03-06T10:01:00Z'))
    const mailId = (await listOutbox(member))[0]?.id ?? ''
    await handleJob({ name: 'send-mail', organisationId, mailId }, false)
    expect(received).toEqual([])
  })

  test('hears nothing more within a day of being asked', async () => {
    await ask('2026-03-16')
    await workOff()
    received = []
    await look('2026-03-02T09:01:00Z')
    expect(received).toEqual([])
    await look('2026-03-13T09:01:00Z')
    expect(received).toHaveLength(1)
  })

  test('is not written to when their links were taken back: then it is the member’s again', async () => {
    const { requestId } = await ask('2026-03-20')
    await revokeRequestLinks(member, requestId)
    await workOff()
    received = []
    await look('2026-03-06T09:01:00Z')
    expect(received.map(({ to }) => to)).toEqual([member.email])
  })
})

test('every kind of thing with a day is told by its source, and none of an archived client', async () => {
  const { organisationId, userId } = member
  const applicationId = crypto.randomUUID()
  const reportId = crypto.randomUUID()
  const evidenceId = crypto.randomUUID()
  const zeros = '0'.repeat(64)
  await request('2026-03-10')
  await inOrganisation(organisationId, async (tx) => {
    await insertApplication(tx, {
      ...{ organisationId, id: applicationId, clientId, formCode: 'core-cyber', edition: '1' },
      ...{ editionSha256: zeros, createdBy: userId, createdAt: NOW },
    })
    await insertException(tx, {
      ...{ organisationId, id: crypto.randomUUID(), applicationId, questionId: 'mfa-email', reason: 'Why' },
      ...{ compensatingControl: 'c', owner: 'o', approvedBy: 'a', expiresOn: '2026-03-11' },
      ...{ recordedBy: userId, recordedAt: NOW, scope: 'Two mailboxes' },
    })
    await evidence.insertEvidence(tx, {
      ...{ organisationId, id: evidenceId, clientId, kind: 'coi', title: 'Certificate', createdBy: userId },
      createdAt: NOW,
    })
    await evidence.insertRevision(tx, {
      ...{ organisationId, id: crypto.randomUUID(), evidenceId, sequence: 1, sha256: zeros, sizeBytes: 1 },
      ...{ mediaType: 'application/pdf', fileName: 'a.pdf', observedAt: NOW, receivedAt: NOW },
      ...{ validUntil: new Date('2026-03-12T23:00:00Z'), collector: 'x', receivedBy: userId },
    })
    await insertReport(tx, {
      ...{ organisationId, id: reportId, applicationId, clientId, state: 'awaiting-attestation' },
      ...{ statement: '{}', statementSha256: zeros, createdBy: userId, createdAt: NOW },
    })
    await insertLink(tx, {
      ...{ organisationId, id: crypto.randomUUID(), reportId, recipient: 'ada@client.example' },
      ...{ tokenSha256: zeros, delivery: 'mail-server', sentBy: userId, sentByName: member.name },
      ...{ sentAt: NOW, expiresAt: new Date('2026-03-16T08:00:00Z') },
    })
  })
  await recordSubjectivity(member, applicationId, condition({ dueOn: '2026-03-14' }))
  world.setClock(new Date())
  const waiverId = await signed(member, clientId)
  world.setClock(NOW)
  const dues = await inOrganisation(organisationId, (tx) => listDues(tx, organisationId, NOW))
  const found = dues.map(({ kind, title, dueOn }) => `${kind} ${title} ${dueOn}`)
  expect(found).toEqual(
    expect.arrayContaining([
      'request Restore test 2026-03-10',
      'exception Two mailboxes 2026-03-11',
      'evidence Certificate 2026-03-12',
      expect.stringContaining('subjectivity Close RDP'),
      'attestation Signature of ada@client.example 2026-03-15',
    ]),
  )
  const otherId = await createClient(member, { ...demoClients(NOW).dental, legalName: 'Another client' })
  const ofClient = (id: string) =>
    inOrganisation(organisationId, (tx) => listDues(tx, organisationId, NOW, { clientId: id }))
  expect(await ofClient(clientId)).toEqual(dues.filter((due) => due.clientId === clientId))
  expect(await ofClient(otherId)).toEqual([])
  expect(await ofClient(crypto.randomUUID())).toEqual([])
  const waivers = await inOrganisation(organisationId, (tx) =>
    listWaiversToReview(tx, organisationId, '2999-01-01'),
  )
  expect(waivers.map(({ waiver }) => waiver.id)).toEqual([waiverId])
  await setClientArchived(member, clientId, true)
  expect(await inOrganisation(organisationId, (tx) => listDues(tx, organisationId, NOW))).toEqual([])
  expect(await ofClient(clientId)).toEqual([])
})

describe('a member', () => {
  test('may have one mail a day for everything, or none: the bell tells it all', async () => {
    await request('2026-03-20', 'First thing')
    await request('2026-03-20', 'Second thing')
    await saveReminderPreference(member, preference({ channel: 'daily', timeZone: 'Europe/Berlin' }))
    await look('2026-03-06T08:01:00Z')
    expect(subjects()).toEqual(['2 things wait for you'])
    expect(received[0]?.text).toContain('First thing')
    expect(received[0]?.text).toContain('Second thing')
    await saveReminderPreference(member, preference({ channel: 'none' }))
    await look('2026-03-17T09:01:00Z')
    expect(received).toHaveLength(1)
    expect(await countUnreadNotices(member)).toBe(4)
    const notices = await listNotices(member)
    await readNotices(member, notices[0]?.id)
    expect(await countUnreadNotices(member)).toBe(3)
    // Somebody else’s stay as they are.
    await readNotices({ ...member, userId: crypto.randomUUID() })
    expect(await countUnreadNotices(member)).toBe(3)
    await readNotices(member)
    expect(await countUnreadNotices(member)).toBe(0)
  })

  test('gets everything of a week on one day of it', async () => {
    await request('2026-03-20')
    await saveReminderPreference(member, preference({ channel: 'weekly', digestWeekday: '4' }))
    for (const day of ['06', '09', '10', '11']) await look(`2026-03-${day}T12:01:00Z`)
    expect(received).toEqual([])
    await look('2026-03-12T09:01:00Z')
    expect(subjects()).toEqual(['One thing waits for you'])
    expect(await getReminderPreference(member)).toMatchObject({ channel: 'weekly', digestWeekday: 4 })
  })

  test('is told by the bell alone where no mail server is', async () => {
    getRuntime().mailer = null
    await request('2026-03-20')
    await look('2026-03-06T09:01:00Z')
    expect(await listOutbox(member)).toEqual([])
    expect(await countUnreadNotices(member)).toBe(1)
  })
})

describe('who is reminded how early', () => {
  test('comes from the client, else the organisation, else what is built in; sponsors only when somebody says so', async () => {
    await saveReminderSettings(member, null, setting({ ownerDays: '-7', localHour: '11' }))
    await saveReminderSettings(
      member,
      clientId,
      setting({ sponsorDays: '1, 5', leadDays: '-', sponsorName: 'Sue', sponsorEmail: 'SUE@client.example' }),
    )
    const { resolved } = await getReminderSettings(member, clientId)
    expect(resolved).toMatchObject({
      ownerDays: { value: [-7], from: 'organisation' },
      leadDays: { value: [], from: 'client' },
      sponsorDays: { value: [1, 5], from: 'client' },
      timeZone: { value: 'UTC', from: 'built-in' },
    })
    await request('2026-03-10')
    for (const day of ['03', '10', '11', '13', '16']) await look(`2026-03-${day}T11:01:00Z`)
    expect(received.map(({ to, subject }) => `${to} ${subject}`)).toEqual([
      `${member.email} Due in 7 days: Restore test`,
      'sue@client.example Overdue: Restore test',
      'sue@client.example Overdue: Restore test',
    ])
    // Somebody without an account has nothing to open.
    expect(received[1]?.text).not.toContain(ORIGIN)
  })

  test.each([
    [{ ownerDays: 'soon' }, 'ownerDays'],
    [{ ownerDays: '-61' }, 'ownerDays'],
    [{ ownerDays: '1,2,3,4,5,6,7,8,9' }, 'ownerDays'],
    [{ sponsorName: 'Sue' }, 'sponsorEmail'],
    [{ sponsorName: 'Sue', sponsorEmail: 'nobody' }, 'sponsorEmail'],
    [{ leadUserId: 'me' }, 'leadUserId'],
    [{ timeZone: "'; drop table reminder" }, 'timeZone'],
  ])('%o is refused at its field', (more, field) => {
    const fields = { seenVersion: '0', ownerDays: '', leadDays: '', sponsorDays: '', leadUserId: '' }
    const rest = { sponsorName: '', sponsorEmail: '', timeZone: '', localHour: '' }
    const { error } = ReminderSettingInput.safeParse({ ...fields, ...rest, ...more })
    expect(error?.issues[0]?.path).toEqual([field])
  })

  test('is a matter of owners for all clients, and nobody else’s member leads', async () => {
    expect(await codeOf(saveReminderSettings({ ...member, role: 'technician' }, null, setting()))).toBe(
      'owner',
    )
    const stranger = (await world.signUpMember('Sam Stranger')).member
    expect(await codeOf(saveReminderSettings(member, null, setting({ leadUserId: stranger.userId })))).toBe(
      'unknown-member',
    )
    await expect(saveReminderSettings(stranger, clientId, setting())).rejects.toThrow('No such client')
    expect(await saveReminderSettings(member, null, setting())).toBe('saved')
    expect(await saveReminderSettings(member, null, setting())).toBe('conflict')
  })
})

describe('a single thing', () => {
  test('is reminded of now, once, whoever presses and whatever the clock does', async () => {
    const id = await request('2026-03-20')
    const now = step({
      ...{ intent: 'send-now', subjectKey: `request:${id}`, occurrence: '2026-03-20' },
      ...{ rung: 'owner', offsetDays: '-14' },
    })
    const pressed = [takeReminderStep(member, clientId, now), takeReminderStep(member, clientId, now)]
    expect((await Promise.all(pressed.map(codeOf))).sort()).toEqual(['done', 'sent'])
    await workOff()
    await look('2026-03-06T09:01:00Z')
    expect(received).toHaveLength(1)
    const { went } = await getReminders(member, clientId)
    expect(went[0]?.sentByName).toBe(member.name)
  })

  test('rests until a day, or altogether, until somebody resumes it', async () => {
    const id = await request('2026-03-20')
    const subjectKey = `request:${id}`
    const rest = { subjectKey, reason: 'They are on leave' }
    await takeReminderStep(member, clientId, step({ intent: 'snooze', untilOn: '2026-03-18', ...rest }))
    for (const day of ['06', '17']) await look(`2026-03-${day}T09:01:00Z`)
    expect(received).toEqual([])
    await look('2026-03-18T09:01:00Z')
    expect(subjects()).toEqual(['Due in 2 days: Restore test'])
    await takeReminderStep(member, null, step({ intent: 'stop', ...rest }))
    const page = await getReminders(member, clientId)
    expect(page.upcoming).toEqual([])
    expect(page.held).toMatchObject([{ untilOn: null, reason: 'They are on leave' }])
    await look('2026-03-20T09:01:00Z')
    expect(received).toHaveLength(1)
    await takeReminderStep(member, null, step({ intent: 'resume', subjectKey }))
    expect(await codeOf(takeReminderStep(member, null, step({ intent: 'resume', subjectKey })))).toBe('held')
    await look('2026-03-20T09:06:00Z')
    expect(received).toHaveLength(2)
  })

  test('that was put off is told of when it rests no more, though its ladder says nothing else', async () => {
    const id = await request('2026-03-10')
    for (const day of ['05', '10', '13']) await look(`2026-03-${day}T09:01:00Z`)
    received = []
    const later = { intent: 'snooze', subjectKey: `request:${id}`, reason: 'They are on leave' }
    const putOff = (untilOn: string) => takeReminderStep(member, clientId, step({ ...later, untilOn }))
    expect(await codeOf(putOff('2026-06-09'))).toBe('late-date')
    await putOff('2026-06-08')
    expect((await getReminders(member, null)).held).toHaveLength(1)
    await look('2026-05-01T09:01:00Z')
    expect(received).toEqual([])
    await look('2026-06-08T09:01:00Z')
    await look('2026-06-09T09:01:00Z')
    expect(subjects()).toEqual(['Overdue: Restore test'])
    expect((await getReminders(member, null)).held).toEqual([])
  })

  test('that was stopped is reminded of again for another day', async () => {
    const id = await request('2026-03-10')
    const { organisationId } = member
    await takeReminderStep(
      member,
      clientId,
      step({ intent: 'stop', subjectKey: `request:${id}`, reason: 'They are on leave' }),
    )
    await look('2026-03-10T09:01:00Z')
    expect(received).toEqual([])
    await inOrganisation(organisationId, (tx) =>
      requests.updateRequest(tx, organisationId, id, { dueOn: '2026-03-20' }),
    )
    await look('2026-03-20T09:01:00Z')
    expect(subjects()).toEqual(['Due today: Restore test'])
    expect((await getReminders(member, null)).held).toEqual([])
  })

  test('of a stranger, or that nobody is reminded of, is not found; hostile forms are refused', async () => {
    const id = await request('2026-03-20')
    const stranger = (await world.signUpMember('Sam Stranger')).member
    const stop = step({ intent: 'stop', subjectKey: `request:${id}`, reason: 'Because I say so' })
    await expect(takeReminderStep(stranger, null, stop)).rejects.toThrow('Nobody is reminded')
    await expect(takeReminderStep(stranger, clientId, stop)).rejects.toThrow('No such client')
    const past = step({
      intent: 'snooze',
      untilOn: '2026-03-02',
      subjectKey: `request:${id}`,
      reason: 'Leave',
    })
    expect(await codeOf(takeReminderStep(member, clientId, past))).toBe('past-date')
    for (const fields of [
      { intent: 'stop', subjectKey: "request:' or 1=1", reason: 'Why not' },
      { intent: 'stop', subjectKey: `request:${id}`, reason: '' },
      { intent: 'stop', subjectKey: `request:${id}`, reason: 'x'.repeat(501) },
      { intent: 'delete', subjectKey: `request:${id}` },
    ])
      expect(ReminderStepInput.safeParse(fields).success).toBe(false)
  })
})

test('the list is exported, and a formula in a title stays a text', async () => {
  await request('2026-03-20', '=HYPERLINK("x")')
  await look('2026-03-06T09:01:00Z')
  const table = writeReminderTable(await getReminders(member, null))
  expect(table).toContain("'=HYPERLINK")
  expect(table.split('\r\n').filter((line) => line.startsWith('to go'))).toHaveLength(3)
  expect(table.split('\r\n').filter((line) => line.startsWith('sent'))).toHaveLength(1)
})

test('a demo shows what would go and sends nothing', async () => {
  const { adminUrl = '' } = getRuntime().database as { adminUrl?: string }
  const admin = connectTo(adminUrl, { max: 1 })
  await admin`update organisation set is_demo = true where id = ${member.organisationId}`
  await admin.end()
  await request('2026-03-20')
  await look('2026-03-06T09:01:00Z')
  expect(received).toEqual([])
  expect((await getReminders(member, null)).upcoming).toHaveLength(4)
})

test('one look for all asks for each organisation by its id', async () => {
  jobs = []
  await lookForReminders()
  expect(jobs).toContainEqual({ name: 'send-reminders', organisationId: member.organisationId })
})
