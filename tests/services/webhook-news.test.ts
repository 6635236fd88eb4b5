/** What webhooks hear of: each cause by its own service, and what only time brings. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startApplication } from '#app/services/applications.server.ts'
import { setClientArchived } from '#app/services/clients.server.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { listLedgers } from '#app/services/ledger-check.server.ts'
import type { Member } from '#app/services/member.ts'
import { withdrawReport } from '#app/services/reports.server.ts'
import { cancelRequest, closeRequest } from '#app/services/request-thread.server.ts'
import { replyToRequest } from '#app/services/request-visit.server.ts'
import { decide } from '#app/services/review-visit.server.ts'
import { getRuntime, setRuntime } from '#app/services/runtime.server.ts'
import { recordSubjectivity } from '#app/services/subjectivities.server.ts'
import { lookForDue, tellWhatIsDue } from '#app/services/webhook-due.server.ts'
import { WEBHOOK_EVENT_KINDS } from '#app/services/webhook-events.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog } from '#app/services/webhook-log.server.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import { countQueries } from '../support/count-queries.ts'
import { openWorld, type World } from '../support/world.ts'
import { addSignedReport, signApplication } from './report-rows.ts'
import { enter, invite, itemOf, ORIGIN } from './review-world.ts'
import { condition, dayIn } from './subjectivity-world.ts'
import { claimMfa, newClient, signed } from './waiver-world.ts'

let world: World
let olive: Member
let clientId: string
let webhookId: string

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  world.setClock(null)
  olive = (await world.signUpMember('Olive Owner')).member
  clientId = await newClient(olive)
  const all = { name: 'All', url: 'https://tickets.example/', format: 'json', events: WEBHOOK_EVENT_KINDS }
  webhookId = (await addWebhook(olive, WebhookInput.parse(all))).id
})
afterAll(() => world?.close())

/** The newest first. */
async function told(): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const { deliveries } = await getWebhookLog(olive, webhookId)
  return deliveries.map(({ body }) => JSON.parse(body))
}
const kinds = async () => (await told()).map(({ type }) => type)
const later = (days: number) => world.setClock(new Date(Date.now() + days * 86_400_000))

async function ask(dueOn: string) {
  const person = { recipientName: 'Fiona Finance', recipientEmail: 'fiona@client.example' }
  const asked = { ...person, title: 'Firewall log', questionRef: '', message: 'Please', dueOn }
  return requestEvidence(olive, clientId, asked, ORIGIN)
}

test('a request that is fulfilled', async () => {
  const { requestId, href } = await ask(dayIn(5))
  const key = { token: href.split('/').at(-1), session: null }
  await replyToRequest(key, { intent: 'reply', text: 'It is in the portal.' }, ORIGIN)
  expect(await kinds()).toEqual([])
  await closeRequest(olive, requestId)
  expect(await told()).toMatchObject([
    {
      type: 'request.fulfilled',
      data: { subject: { id: requestId, title: 'Firewall log' }, urgency: 'low' },
    },
  ])
})

test('a request that is due, once for each day that it is due on', async () => {
  await ask(dayIn(2))
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual([])
  later(2)
  await lookForDue()
  await lookForDue()
  later(3)
  await lookForDue()
  expect(await told()).toMatchObject([{ type: 'request.due', data: { dueOn: dayIn(2) } }])
})

test('nothing that a client of the archive was asked for', async () => {
  await ask(dayIn(0))
  await setClientArchived(olive, clientId, true)
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual([])
})

describe('a webhook that came later', () => {
  const replacing = { name: 'New', url: 'https://new.example/', format: 'json', events: ['request.due'] }
  const statesOf = async (id: string) =>
    (await getWebhookLog(olive, id)).deliveries.map(({ kind, state }) => `${kind} ${state}`)

  test('is told what is still due, once, and nobody else twice', async () => {
    const { requestId } = await ask(dayIn(0))
    await ask(dayIn(0))
    await tellWhatIsDue(olive.organisationId)
    await cancelRequest(olive, requestId)
    const { id: later } = await addWebhook(olive, WebhookInput.parse(replacing))
    // Two instances may look at once.
    await Promise.all([tellWhatIsDue(olive.organisationId), tellWhatIsDue(olive.organisationId)])
    await tellWhatIsDue(olive.organisationId)
    expect(await statesOf(later)).toEqual(['request.due queued'])
    expect((await kinds()).filter((kind) => kind === 'request.due')).toHaveLength(2)
  })

  test('costs no look more for what was told before', async () => {
    await ask(dayIn(0))
    await tellWhatIsDue(olive.organisationId)
    const one = await countQueries(() => tellWhatIsDue(olive.organisationId))
    for (let times = 0; times < 10; times += 1) await ask(dayIn(0))
    await tellWhatIsDue(olive.organisationId)
    expect(await countQueries(() => tellWhatIsDue(olive.organisationId))).toBe(one)
  })
})

test('what is due in one organisation though another one’s look fails', async () => {
  const { member: eve } = await world.signUpMember('Eve Elsewhere')
  const runtime = getRuntime()
  const all = await listLedgers(runtime.database)
  // Whoever comes first fails; the other one is looked at afterwards.
  const isOliveFirst = all.indexOf(olive.organisationId) < all.indexOf(eve.organisationId)
  const [failing, other] = isOliveFirst ? [olive, eve] : [eve, olive]
  olive = other
  clientId = await newClient(olive)
  const input = { name: 'All', url: 'https://tickets.example/', format: 'json', events: WEBHOOK_EVENT_KINDS }
  webhookId = (await addWebhook(olive, WebhookInput.parse(input))).id
  await ask(dayIn(0))
  setRuntime({
    ...runtime,
    database: {
      ...runtime.database,
      inOrganisation: async (id, work) => {
        if (id === failing.organisationId) throw new Error('A row that nobody can read')
        return runtime.database.inOrganisation(id, work)
      },
    },
  })
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  try {
    await lookForDue()
    expect(said).toHaveBeenCalledWith(expect.stringContaining(failing.organisationId), expect.anything())
  } finally {
    said.mockRestore()
    setRuntime(runtime)
  }
  expect(await kinds()).toEqual(['request.due'])
})

test('what an assessor asks or rejects, and not what they accept', async () => {
  const applicationId = await claimMfa(olive, clientId)
  const key = await enter(olive, await invite(olive, applicationId, { lastDay: dayIn(20) }))
  const say = async (kind: 'accepted' | 'asked', seen: number) => {
    const { basisSha256: basis } = await itemOf(key, 'mfa-email')
    const note = kind === 'asked' ? 'For which mailboxes?' : ''
    expect(
      await decide(key, { questionId: 'mfa-email', seen, basis, kind, ground: null, note }),
    ).toMatchObject({
      outcome: 'decided',
    })
  }
  await say('accepted', 0)
  expect(await kinds()).toEqual([])
  await say('asked', 1)
  expect(await told()).toMatchObject([
    { type: 'review.decided', data: { text: expect.stringContaining('For which mailboxes?') } },
  ])
})

test('a waiver that is signed, and the answer that it contradicts', async () => {
  const applicationId = await claimMfa(olive, clientId)
  await signed(olive, clientId)
  expect(await kinds()).toEqual(['waiver.signed'])
  await tellWhatIsDue(olive.organisationId)
  await tellWhatIsDue(olive.organisationId)
  expect((await told())[0]).toMatchObject({
    type: 'answer.contradicted',
    data: { subject: { id: applicationId }, urgency: 'high' },
  })
  expect(await kinds()).toHaveLength(2)
})

test('an answer that was signed and is contradicted since, told with what to do about it', async () => {
  const applicationId = await claimMfa(olive, clientId)
  const signedOn = new Date(Date.now() - 40 * 86_400_000)
  await signApplication(olive, { clientId, applicationId, at: signedOn, file: 'ab' })
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual([])
  await signed(olive, clientId)
  await tellWhatIsDue(olive.organisationId)
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual(['answer.contradicted', 'waiver.signed'])
  expect((await told())[0]?.data).toMatchObject({
    subject: { id: applicationId },
    urgency: 'high',
    text: expect.stringContaining(`which was signed on ${dayIn(-40)} and is in force`),
  })
})

test('nothing of an answer whose report was withdrawn', async () => {
  const applicationId = await claimMfa(olive, clientId)
  const at = new Date(Date.now() - 86_400_000)
  const { reportId } = await signApplication(olive, { clientId, applicationId, at, file: 'cd' })
  await withdrawReport(olive, reportId, 'An answer turned out to be wrong.')
  await signed(olive, clientId)
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual(['waiver.signed', 'report.withdrawn'])
})

test('a report that is withdrawn', async () => {
  const { reportId } = await addSignedReport(olive, clientId, { at: new Date(), file: 'ab' })
  await withdrawReport(olive, reportId, 'An answer turned out to be wrong.')
  expect(await told()).toMatchObject([
    {
      type: 'report.withdrawn',
      data: { text: expect.stringContaining('An answer turned out to be wrong.') },
    },
  ])
})

test('a subjectivity whose day is near', async () => {
  const applicationId = await startApplication(olive, clientId, { formCode: 'core-cyber', edition: '1' })
  await recordSubjectivity(olive, applicationId, condition({ dueOn: dayIn(20) }))
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual([])
  later(14)
  await tellWhatIsDue(olive.organisationId)
  expect(await told()).toMatchObject([
    { type: 'subjectivity.due', data: { dueOn: dayIn(20), urgency: 'high' } },
  ])
})

async function register(more: { kind?: string; observedOn?: string; validUntil?: string | null }) {
  const stored = await storeFile(
    olive,
    (async function* () {
      yield Buffer.from(`a policy ${crypto.randomUUID()}`)
    })(),
  )
  await registerEvidence(olive, clientId, stored, 'policy.txt', {
    ...{ kind: 'idp-policy-export', title: 'MFA policy', observedOn: dayIn(0), validUntil: null },
    ...{ collector: '', controlIds: ['mfa-email'], questionRefs: [], viewpoint: 'internal' },
    ...more,
  })
}

test('evidence that expires soon', async () => {
  await register({ validUntil: dayIn(40) })
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual([])
  later(15)
  await tellWhatIsDue(olive.organisationId)
  expect(await told()).toMatchObject([
    { type: 'evidence.expiring', data: { dueOn: dayIn(40), subject: { title: 'MFA policy' } } },
  ])
})

test('evidence that grows too old to count, though it names no end', async () => {
  await register({ observedOn: dayIn(-50) })
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual([])
  later(15)
  await tellWhatIsDue(olive.organisationId)
  expect(await told()).toMatchObject([{ type: 'evidence.expiring', data: { dueOn: dayIn(40) } }])
})

test('nothing of evidence that ended before anybody looked, or is as fresh as its kind can be', async () => {
  await register({ observedOn: dayIn(-60), validUntil: dayIn(-10) })
  await register({ observedOn: dayIn(-91) })
  // A lookup counts for 30 days in all.
  await register({ kind: 'dns-record-lookup' })
  await tellWhatIsDue(olive.organisationId)
  expect(await kinds()).toEqual([])
  later(8)
  await tellWhatIsDue(olive.organisationId)
  expect(await told()).toMatchObject([{ type: 'evidence.expiring', data: { dueOn: dayIn(30) } }])
})
