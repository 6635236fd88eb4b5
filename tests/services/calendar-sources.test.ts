import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Due } from '#app/schedule/reminder-plan.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { getCalendar, listNextDates } from '#app/services/calendar.server.ts'
import { CALENDAR_KIND_IDS, type CalendarKind } from '#app/services/calendar-entries.ts'
import { MeetingInput } from '#app/services/calendar-input.ts'
import type { CalendarQuery } from '#app/services/calendar-query.ts'
import { CALENDAR_SOURCES } from '#app/services/calendar-sources.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { recordException } from '#app/services/exceptions.server.ts'
import { planMeeting } from '#app/services/meetings.server.ts'
import type { Member } from '#app/services/member.ts'
import { recordPolicy } from '#app/services/policies.server.ts'
import { REMINDER_SOURCES } from '#app/services/reminder-sources/index.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { ScheduleInput } from '#app/services/schedule-input.ts'
import { noteOccurrences } from '#app/services/schedule-occurrences.server.ts'
import { saveSchedule } from '#app/services/schedules.server.ts'
import { recordSubjectivity } from '#app/services/subjectivities.server.ts'
import { listClientNames } from '#db/queries/clients.server.ts'
import { insertEvidence, insertRevision } from '#db/queries/evidence.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { policyInput } from './policy-world.ts'
import { signReattestation } from './promise-world.ts'
import { addSignedReport } from './report-rows.ts'
import { condition } from './subjectivity-world.ts'
import { signed } from './waiver-world.ts'

const NOW = new Date('2027-11-05T10:00:00.000Z')
let world: World
let mia: Member
let clients: { id: string; legalName: string }[]

beforeAll(async () => {
  world = await openWorld()
  mia = (await world.signUpMember('Mia Member')).member
  world.setClock(NOW)
  for (const legalName of ['Anchor', 'Bystander', 'Cliff'])
    await createClient(mia, { ...demoClients(NOW).dental, legalName })
  clients = await inOrganisation((tx) => listClientNames(tx, mia.organisationId))
  for (const { id, legalName } of clients) if (legalName !== 'Bystander') await fill(id)
})
afterAll(() => world?.close())

const inOrganisation = <T>(
  work: Parameters<ReturnType<typeof getRuntime>['database']['inOrganisation']>[1],
) => getRuntime().database.inOrganisation(mia.organisationId, work) as Promise<T>

/** Something of every kind. */
async function fill(clientId: string) {
  const base = await addSignedReport(mia, clientId, { at: new Date('2027-08-01T09:00:00Z'), file: 'ab' })
  await signReattestation(mia, {
    ...{ clientId, base, number: 1, at: NOW },
    said: {
      ...{ result: 'no-longer-true', since: '2027-11-01', cause: 'New mailboxes lack the policy' },
      plan: { what: 'Extend the policy', owner: 'Mia Member', due: '2027-12-10' },
      broker: { tell: 'yes' },
    },
  })
  await recordPolicy(mia, clientId, policyInput())
  await recordPolicy(mia, clientId, policyInput({ inceptionOn: '2028-03-01', expiresOn: '2029-03-01' }))
  await planMeeting(
    mia,
    clientId,
    MeetingInput.parse({
      ...{ title: 'Review', heldOn: '2027-11-10', startsAt: '14:00', timeZone: 'UTC', minutes: '60' },
      ...{ organiserName: 'Mia', organiserEmail: 'mia@msp.example', place: '', agenda: '' },
      attendees: [{ name: 'Ada', email: 'ada@client.example' }],
    }),
  )
  const asked = { title: 'Restore test', questionRef: '', message: 'Please.', dueOn: '2027-11-20' }
  await requestEvidence(
    mia,
    clientId,
    { ...asked, recipientName: 'Gus', recipientEmail: 'gus@x.example' },
    'https://attested.example',
  )
  await signed(mia, clientId, { reviewOn: '2028-01-05', serviceOfferedOn: '2027-10-01' })
  const monthly = { isOn: 'on', how: 'rule', rule: 'FREQ=MONTHLY', startsOn: '', timeZone: '', localHour: '' }
  await saveSchedule(
    mia,
    { clientId, applicationId: null },
    'scan',
    ScheduleInput.parse({ seenVersion: '0', ...monthly }),
  )
  const applicationId = await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '1' })
  await recordException(mia, applicationId, {
    ...{
      questionId: 'mfa-email',
      scope: 'Two mailboxes',
      reason: 'A scanner that knows no MFA.',
      owner: 'Rita',
    },
    ...{ compensatingControl: 'Only the scanner.', approvedBy: 'Mo', startsOn: '', expiresOn: '2027-12-24' },
  })
  await recordSubjectivity(mia, applicationId, condition({ dueOn: '2027-11-14' }))
  // By its age, by the end that it states, by the earlier of both; and one that nothing ends.
  await newEvidence(clientId, 'dns-record-lookup', '2027-11-01')
  await newEvidence(clientId, 'coi', '2027-11-01', '2027-12-31T23:59:59Z')
  await newEvidence(clientId, 'dns-record-lookup', '2027-11-03', '2028-12-31T23:59:59Z')
  await newEvidence(clientId, 'coi', '2027-11-01')
}

async function newEvidence(clientId: string, kind: string, observedOn: string, validUntil?: string) {
  const { organisationId, userId } = mia
  const evidenceId = crypto.randomUUID()
  await inOrganisation(async (tx) => {
    await insertEvidence(tx, {
      ...{ organisationId, id: evidenceId, clientId, kind, title: kind, createdBy: userId, createdAt: NOW },
    })
    await insertRevision(tx, {
      ...{
        organisationId,
        id: crypto.randomUUID(),
        evidenceId,
        sequence: 1,
        sha256: '0'.repeat(64),
        sizeBytes: 1,
      },
      ...{ mediaType: 'text/plain', fileName: 'a.txt', observedAt: new Date(`${observedOn}T00:00:00Z`) },
      ...{ receivedAt: NOW, validUntil: validUntil ? new Date(validUntil) : null },
      ...{ collector: 'x', receivedBy: userId },
    })
  })
}

const ask = (kind: CalendarKind, words: Partial<CalendarQuery> = {}) =>
  inOrganisation<Awaited<ReturnType<(typeof CALENDAR_SOURCES)[CalendarKind]>>>((tx) =>
    CALENDAR_SOURCES[kind](tx, mia.organisationId, {
      ...{ from: '2027-08-01', until: '2028-12-31', today: '2027-11-05', clientId: undefined },
      clients: new Map(clients.map((client) => [client.id, client])),
      ...words,
    }),
  )
const keys = (entries: readonly { key: string }[]) => entries.map(({ key }) => key).sort()

test.each(CALENDAR_KIND_IDS)('of the kind “%s” only the days that are asked for are read', async (kind) => {
  const all = await ask(kind)
  expect(all.length).toBeGreaterThan(1)
  for (const day of new Set(all.map((entry) => entry.day)))
    expect(keys(await ask(kind, { from: day, until: day }))).toEqual(
      keys(all.filter((entry) => entry.day === day)),
    )
})

// Evidence is read of the clients that are named, whoever they are.
test.each(CALENDAR_KIND_IDS.filter((kind) => kind !== 'evidence'))(
  'of the kind “%s” only the one client that is asked for is read',
  async (kind) => {
    const all = await ask(kind)
    for (const { id } of clients)
      expect(keys(await ask(kind, { clientId: id }))).toEqual(
        keys(all.filter(({ client }) => client.id === id)),
      )
  },
)

test('evidence stands on its last day, by its age or by the end that it states', async () => {
  const [client] = clients
  const own = (await ask('evidence')).filter((entry) => entry.client.id === client?.id)
  expect(own.map(({ day }) => day).sort()).toEqual(['2027-12-01', '2027-12-03', '2027-12-31'])
})

test('a policy is followed by the next one also where that ends after the days that are shown', async () => {
  const [client] = clients
  const shown = await ask('policy', { clientId: client?.id, until: '2028-03-31' })
  expect(shown.map(({ day, isSettled }) => [day, isSettled])).toEqual([['2028-03-01', true]])
})

test('the page of a client has what the calendar has of it, and nothing of others', async () => {
  const idOf = (name: string) => clients.find(({ legalName }) => legalName === name)?.id ?? ''
  const { entries } = await getCalendar(mia, new URLSearchParams(`client=${idOf('Cliff')}&month=2027-11`))
  const next = keys((await listNextDates(mia, idOf('Cliff'), 90)).entries)
  expect(next).toEqual(
    expect.arrayContaining(
      keys(entries.filter(({ day, isSettled }) => day >= '2027-11-05' && !isSettled && day <= '2027-11-30')),
    ),
  )
  expect((await listNextDates(mia, idOf('Bystander'), 90)).entries).toEqual([])
})

// Links to sign stand in tests/services/reminders.test.ts.
test.each(Object.keys(REMINDER_SOURCES).filter((kind) => kind !== 'attestation'))(
  'of reminders of the kind “%s” only the one client that is asked for is read',
  async (kind) => {
    const { organisationId } = mia
    const dues = (clientId?: string) =>
      inOrganisation<Due[]>(async (tx) => {
        await noteOccurrences(tx, organisationId, { now: NOW, firstLook: NOW })
        const query = { now: NOW, horizon: '2028-12-31', clientId }
        return (await REMINDER_SOURCES[kind]?.(tx, organisationId, query)) ?? []
      })
    const subjects = (of: readonly Due[]) =>
      of.map(({ subjectKey, dueOn }) => `${subjectKey} ${dueOn}`).sort()
    const all = await dues()
    expect(new Set(all.map(({ clientId }) => clientId)).size).toBeGreaterThan(1)
    for (const { id } of clients)
      expect(subjects(await dues(id))).toEqual(subjects(all.filter(({ clientId }) => clientId === id)))
  },
)
