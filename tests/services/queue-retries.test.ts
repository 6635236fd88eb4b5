/** What the queue does with mails and messages that are not taken: tries again, gives up, and finds what was lost. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { type StartedQueue, startQueue } from '#app/jobs/queue.server.ts'
import { type Mailer, openMailer } from '#app/mail/smtp.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listOutbox, writeMail } from '#app/services/mail-outbox.server.ts'
import { listMailFailures, resendMail } from '#app/services/mail-resending.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime, type Job } from '#app/services/runtime.server.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog, replayDelivery, testWebhook } from '#app/services/webhook-log.server.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { giveCountersignature } from '#db/queries/countersignatures.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addReport } from './report-rows.ts'
import { type Receiver, startReceiver } from './webhook-receiver.ts'

let world: World
let receiver: Receiver
let server: MailServer
let mailer: Mailer
let queue: StartedQueue
let olive: Member
let webhookId: string

/** Four tries, as soon as the queue looks again. */
const hurry = { retries: { retryLimit: 9, retryDelay: 0, expireInSeconds: 600 }, faults: 3 }
const TRIES = 4
const ORDER: Job['name'][] = ['attest-report', 'render-report', 'countersign-report']

beforeAll(async () => {
  receiver = await startReceiver()
  server = await startMailServer()
  mailer = openMailer({ url: server.url, from: 'Attested <attested@msp.example>' })
  world = await openWorld({ network: receiver.network, mailer })
  queue = await startQueue({
    url: getRuntime().database.ownerUrl,
    soleOwner: true,
    handle: handleJob,
    log: () => undefined,
    patience: { 'send-mail': hurry, 'deliver-webhook': hurry },
  })
  olive = (await world.signUpMember('Olive Owner')).member
  const input = { name: 'T', url: receiver.url, format: 'json', events: ['report.signed'] }
  webhookId = (await addWebhook(olive, WebhookInput.parse(input))).id
})
beforeEach(() => {
  getRuntime().jobs = queue
  receiver.answer = { kind: 'status', status: 204 }
  receiver.taken.length = 0
  server.mood = { kind: 'well' }
  server.received.length = 0
})
afterAll(async () => {
  await queue?.stop()
  mailer?.close()
  await world?.close()
  await server?.close()
  await receiver?.close()
})

function write(): Promise<string> {
  const { organisationId } = olive
  const mail = { kind: 'request-link', recipient: 'oscar@client.example', subject: 'Please send' } as const
  const content = { greeting: 'Hello', paragraphs: [], code: null, action: null, closing: [] }
  const expiresAt = new Date(Date.now() + 3_600_000)
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    writeMail(tx, organisationId, { ...mail, content, expiresAt }, true),
  )
}
const mail = async (id: string) => (await listOutbox(olive)).find((row) => row.id === id)
const newest = async () => (await getWebhookLog(olive, webhookId)).deliveries[0]
const waiting = { timeout: 20_000, interval: 50 }
/** Longer than the queue needs to look again. */
const aWhile = () => sleep(1500)

describe('a message', () => {
  test('that is refused is tried until it is taken, under one id', async () => {
    receiver.next = [{ kind: 'status', status: 500 }, { kind: 'dropping' }]
    await testWebhook(olive, webhookId)
    await expect.poll(async () => (await newest())?.state, waiting).toBe('delivered')
    expect((await newest())?.attempts.map(({ status }) => status)).toEqual([500, null, 204])
    expect(new Set(receiver.taken.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    await aWhile()
    expect(receiver.taken).toHaveLength(3)
  })

  test('that nobody takes is given up after the last try, and can be replayed', async () => {
    receiver.answer = { kind: 'status', status: 503 }
    await testWebhook(olive, webhookId)
    await expect.poll(async () => (await newest())?.state, waiting).toBe('failed')
    await aWhile()
    expect(receiver.taken).toHaveLength(TRIES)
    const given = await newest()
    expect(given?.attempts.map(({ failure }) => failure)).toEqual(Array(TRIES).fill('It answered 503.'))
    expect((await getWebhookLog(olive, webhookId)).webhook.failed).toBe(1)
    receiver.answer = { kind: 'status', status: 204 }
    await replayDelivery(olive, webhookId, given?.id ?? '')
    await expect.poll(async () => (await newest())?.state, waiting).toBe('delivered')
    expect(await newest()).toMatchObject({ replays: 1, attempts: { length: TRIES + 1 } })
  })
})

describe('a mail', () => {
  test('that the server wants later is tried until it is taken', async () => {
    server.mood = { kind: 'refusing', code: 450, words: '4.7.1 Come back later', times: 2 }
    const id = await write()
    await expect.poll(async () => (await mail(id))?.state, waiting).toBe('sent')
    await aWhile()
    expect(server.received).toHaveLength(1)
    expect(server.mood).toMatchObject({ times: 0 })
  })

  test('that the server never takes is given up with its words, and can be sent again', async () => {
    server.mood = { kind: 'refusing', code: 451, words: '4.3.0 Out of order', times: 100 }
    const id = await write()
    await expect.poll(async () => (await mail(id))?.state, waiting).toBe('failed')
    await aWhile()
    expect(server.mood).toMatchObject({ times: 100 - TRIES })
    expect(await mail(id)).toMatchObject({
      failure: expect.stringContaining('Out of order'),
      canResend: true,
    })
    expect(await listMailFailures(olive)).toMatchObject([{ mails: 1 }])
    server.mood = { kind: 'well' }
    await resendMail(olive, id)
    await expect.poll(async () => (await mail(id))?.state, waiting).toBe('sent')
    expect(server.received).toHaveLength(1)
  })
})

test.each(['render-report', 'attest-report', 'countersign-report', 'send-mail', 'deliver-webhook'] as const)(
  '%s of a killed instance is another’s after ten minutes',
  async (name) => {
    const owner = connectTo(getRuntime().database.ownerUrl, { max: 1 })
    const organisationId = crypto.randomUUID()
    const id = crypto.randomUUID()
    await queue.enqueue({ name, organisationId, reportId: id, slot: 'x', mailId: id, deliveryId: id } as Job)
    const [job] = await owner`select extract(epoch from expire_in)::int as seconds
    from pgboss.job where name = ${name} and data->>'organisationId' = ${organisationId}`
    await owner.end()
    expect(job?.seconds).toBe(600)
  },
)

describe('what waits without a job', () => {
  const look = () => handleJob({ name: 'look-for-lost' }, false)
  /** As after a crash in the last try. */
  const losing = async <T>(work: () => Promise<T>): Promise<T> => {
    getRuntime().jobs = { ...queue, enqueue: async () => undefined }
    const result = await work()
    getRuntime().jobs = queue
    return result
  }

  test('is found: a mail and a message', async () => {
    const id = await losing(write)
    await losing(() => testWebhook(olive, webhookId))
    await look()
    await expect.poll(async () => (await mail(id))?.state, waiting).toBe('sent')
    await expect.poll(async () => (await newest())?.state, waiting).toBe('delivered')
  })

  test('is left alone while its job is still there', async () => {
    server.mood = { kind: 'slow', ms: 1500 }
    const id = await write()
    await expect.poll(() => server.received.length, waiting).toBe(1)
    await look()
    await look()
    const owner = connectTo(getRuntime().database.ownerUrl, { max: 1 })
    const [jobs] = await owner`select count(*)::int from pgboss.job where data->>'mailId' = ${id}`
    await owner.end()
    expect(jobs?.count).toBe(1)
    await expect.poll(async () => (await mail(id))?.state, waiting).toBe('sent')
  })

  test('is found: reports and signatures, each with its own job', async () => {
    const { organisationId } = olive
    const clientId = await createClient(olive, demoClients(new Date()).dental)
    const applicationId = await startApplication(olive, clientId, { formCode: 'core-cyber', edition: '1' })
    const add = () => addReport(olive, { clientId, applicationId, at: new Date(), file: 'a'.repeat(64) })
    const [rendering, attesting, waitingForTwo, withdrawn] = [
      await add(),
      await add(),
      await add(),
      await add(),
    ]
    await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      await reports.updateReport(tx, organisationId, rendering, { state: 'rendering' })
      await reports.updateReport(tx, organisationId, attesting, { state: 'attesting' })
      await reports.updateReport(tx, organisationId, withdrawn, { state: 'withdrawn' })
      for (const reportId of [waitingForTwo, withdrawn]) {
        const given = { reportId, slot: 'reviewer', givenAt: new Date(), record: '{}' }
        await giveCountersignature(tx, organisationId, given)
      }
    })
    const found: Job[] = []
    getRuntime().jobs = { ...queue, enqueueLost: async (jobs) => void found.push(...jobs) }
    await look()
    expect(found.sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name))).toEqual([
      { name: 'attest-report', organisationId, reportId: attesting },
      { name: 'render-report', organisationId, reportId: rendering },
      { name: 'countersign-report', organisationId, reportId: waitingForTwo, slot: 'reviewer' },
    ])
  })
})
