/** A job is in the queue before its cause commits: it has to wait for it, and never to take the state before for done. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Mailer, openMailer } from '#app/mail/smtp.server.ts'
import { fetchCatalogue, listCatalogues, saveCatalogueAddress } from '#app/services/catalogues.server.ts'
import { attestAsOfficer } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { failMail } from '#app/services/mail-delivery.server.ts'
import { listOutbox, writeMail } from '#app/services/mail-outbox.server.ts'
import { resendFailed } from '#app/services/mail-resending.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReportState } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { failDelivery } from '#app/services/webhook-delivery.server.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog, replaySpan, testWebhook } from '#app/services/webhook-log.server.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openWorld, type World } from '../support/world.ts'
import { requestReport } from './claim-world.ts'
import { type Receiver, startReceiver } from './webhook-receiver.ts'

let world: World
let receiver: Receiver
let server: MailServer
let mia: Member

beforeAll(async () => {
  receiver = await startReceiver()
  server = await startMailServer()
  world = await openWorld({ withJobs: true, network: receiver.network })
  mia = (await world.signUpMember('Mia Member')).member
})
afterAll(async () => {
  await world?.close()
  await server?.close()
  await receiver?.close()
})

/** Three times as long as an idle queue takes to look. */
const LATE_MS = 1500

/** What `work` enqueues is fetched while its transaction is still open. */
async function committingLate<T>(work: () => Promise<T>): Promise<T> {
  const { jobs } = getRuntime()
  getRuntime().jobs = {
    ...jobs,
    enqueue: async (job) => {
      await jobs.enqueue(job)
      await sleep(LATE_MS)
    },
  }
  try {
    return await work()
  } finally {
    getRuntime().jobs = jobs
  }
}

/** Enqueued nowhere. */
async function withoutJobs<T>(work: () => Promise<T>): Promise<T> {
  const { jobs } = getRuntime()
  getRuntime().jobs = { ...jobs, enqueue: async () => undefined }
  try {
    return await work()
  } finally {
    getRuntime().jobs = jobs
  }
}

describe('mails', () => {
  let mailer: Mailer
  beforeAll(() => {
    mailer = openMailer({ url: server.url, from: 'Attested <attested@msp.example>' })
    getRuntime().mailer = mailer
  })
  afterAll(() => {
    getRuntime().mailer = null
    mailer.close()
  })

  function write(): Promise<string> {
    const { organisationId } = mia
    const mail = { kind: 'request-link', recipient: 'oscar@client.example', subject: 'Please send' } as const
    const content = { greeting: 'Hello', paragraphs: [], code: null, action: null, closing: [] }
    const expiresAt = new Date(Date.now() + 3_600_000)
    return getRuntime().database.inOrganisation(organisationId, (tx) =>
      writeMail(tx, organisationId, { ...mail, content, expiresAt }, true),
    )
  }
  const stateOf = async (id: string) => (await listOutbox(mia)).find((row) => row.id === id)?.state

  test('leave soon after they were written, without the pause of those that were refused', async () => {
    const id = await committingLate(write)
    await expect.poll(() => stateOf(id), { timeout: 6000 }).toBe('sent')
  })

  test('that are sent again leave', async () => {
    server.received.length = 0
    const id = await withoutJobs(write)
    await failMail(mia.organisationId, id, 'The server was away.', 'connection')
    expect(await committingLate(() => resendFailed(mia, 'connection'))).toBe(1)
    await expect.poll(() => stateOf(id), { timeout: 10_000 }).toBe('sent')
    expect(server.received).toHaveLength(1)
  })
})

test('messages that are replayed are delivered', async () => {
  const { id } = await addWebhook(
    mia,
    WebhookInput.parse({ name: 'T', url: receiver.url, format: 'json', events: ['report.signed'] }),
  )
  await withoutJobs(() => testWebhook(mia, id))
  const delivery = async () => (await getWebhookLog(mia, id)).deliveries[0]
  await failDelivery(mia.organisationId, (await delivery())?.id ?? '')
  const today = new Date().toISOString().slice(0, 10)
  const span = { from: today, until: today, onlyFailed: 'on' } as const
  expect(await committingLate(() => replaySpan(mia, id, span))).toEqual({ sent: 1, left: 0 })
  await expect.poll(async () => (await delivery())?.state, { timeout: 10_000 }).toBe('delivered')
  expect(receiver.taken).toHaveLength(1)
})

test('a list is fetched', async () => {
  await saveCatalogueAddress(mia, 'epss', `${receiver.url}/scores.csv`)
  const loadId = await committingLate(() => fetchCatalogue(mia, 'epss', false))
  const state = async () => (await listCatalogues(mia)).loads.find(({ id }) => id === loadId)?.state
  // What it answers is no list; here it counts that it was asked.
  await expect.poll(state, { timeout: 10_000 }).toBe('failed')
})

test('a report is certified and attested', async () => {
  const now = new Date()
  const { dental } = demoClients(now)
  const application = await prepareClient(
    mia,
    dental,
    dentalAnswers(now),
    dentalFiles(now).slice(2),
    () => undefined,
  )
  const reportId = await committingLate(() => requestReport(mia, application))
  const state = async () => (await getReportState(mia, reportId)).state
  await expect.poll(state, { timeout: 60_000 }).toBe('awaiting-attestation')
  await committingLate(() =>
    attestAsOfficer(mia, reportId, { name: 'Oscar Officer', address: '127.0.0.1', userAgent: 'vitest' }),
  )
  await expect.poll(state, { timeout: 60_000 }).toBe('signed')
}, 150_000)
